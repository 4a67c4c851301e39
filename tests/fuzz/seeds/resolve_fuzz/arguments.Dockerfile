ARG VERSION=1.22
ARG BASE=build
FROM --platform=$BUILDPLATFORM golang:${VERSION:-1} AS build
ARG TARGETOS
ARG VERSION
ENV OUT=/out GOOS=${TARGETOS}
ONBUILD COPY --from=tools /x ${OUT}/y
RUN --mount=type=bind,from=tools,target=/t --mount=type=cache,target=/c go build -o $OUT/app
FROM ${BASE} AS test
COPY --from=build ${OUT%/*}/app /
FROM scratch AS tools
COPY --from=3 /a /b
COPY --from=tools /a /b
FROM ${TARGETSTAGE:-build}
# choices: 1A131241403B