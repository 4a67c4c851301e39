# syntax=docker/dockerfile:1
ARG VERSION=1.22
FROM --platform=$BUILDPLATFORM golang:${VERSION} AS build
WORKDIR /src
COPY go.mod go.sum ./
RUN --mount=type=cache,target=/root/.cache --mount=type=bind,from=tools,source=/bin,target=/tools \
    # why
    go build -o /out/app .

FROM build AS test
RUN ["go", "test", "./..."]

FROM scratch
COPY --from=build --chown=1000:1000 /out/app /usr/bin/
COPY --from=0 ["/a b", "/c d"]
COPY --from=busybox:1 /bin/sh /bin/sh
USER 1000
ENTRYPOINT ["/usr/bin/app"]
# choices: 000000000001