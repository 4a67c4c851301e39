FROM golang AS Build
RNU make
COPY --form=x a
ENV ALONE
CMD [1, 2]
FROM
COPY --from=build /app
RUN <<EOF
never closed
FROM alpine AS last
USER me
