# syntax=docker/dockerfile:1
# check=skip=MaintainerDeprecated

ARG VERSION=1.22 \
    FLAVOUR

# The builder.
FROM --platform=$BUILDPLATFORM golang:${VERSION} AS build
MAINTAINER Somebody <somebody@example.org>
SHELL ["/bin/sh", "-ec"]
WORKDIR /src
ENV CGO_ENABLED=0 GOFLAGS="-trimpath -mod=readonly" PS1='$ '
ENV LEGACY one  two
LABEL org.opencontainers.image.title="A \"quoted\" title"
COPY --link go.mod go.sum ./
RUN --mount=type=cache,target=/root/.cache \
    --network=none \
    go mod download
COPY ["a file", "another", "/dest dir/"]
ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d https://example.org/x.tgz /tmp/
RUN go build -o /out/app ./... && \
    # a comment in between
    strip /out/app

FROM scratch
ONBUILD COPY --from=build /etc/passwd /etc/passwd
COPY --from=build --chown=1000:1000 /out/app /app
EXPOSE 80 443/tcp
VOLUME ["/data"]
VOLUME /a /b
USER 1000:1000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=3s CMD ["/app", "health"]
ENTRYPOINT ["/app"]
CMD serve --port 80
