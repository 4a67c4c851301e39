FROM golang AS build
RUN make
FROM build AS Test
# about it
COPY --from=0 /a /b
RUN --mount=from=build,target=/x --mount=type=bind,from=busybox,target=/y \
  ls
ONBUILD COPY --from=build /c /d
FROM alpine

FROM test
COPY --from=2 ["/a b", "/c/"]
ADD x y /z/
COPY <<EOF /etc/a
text
EOF
USER 1000
CMD ["app"]
# choices: 123456789abc