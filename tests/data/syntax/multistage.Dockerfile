# syntax=docker/dockerfile:1
# check=skip=JSONArgsRecommended

# An ordinary comment ends the directives
# syntax=too-late
ARG GO_VERSION=1.22
from --platform=$BUILDPLATFORM golang:${GO_VERSION:-1.22}-alpine as build
WORKDIR /src
ENV COLOR #fff
ENV CGO_ENABLED=0 GOFLAGS="-trimpath ${EXTRA}" NAME=a\ b
RUN --mount=type=cache,target=/root/.cache,from=deps,sharing=locked \
    --network=none \
    # a comment between continued lines

    go build -o /out/app ./cmd && \
    echo "unclosed
COPY --from=build --chown=0:0 /out/app "/usr/bin/my app" '$raw'
FROM scratch AS final
COPY --link ["a b", "/c\td"]
CMD ["/app", "--flag"]
ENTRYPOINT [ -f /x ] && exec /x
EXPOSE 80/tcp 443 $PORT
LABEL maintainer="me" version=1
ONBUILD COPY --from=0 . .
HEALTHCHECK --interval=5s CMD curl -f http://localhost/ || exit 1
HEALTHCHECK NONE
VOLUME ["/data"]
USER 1000:1000
FORM nothing
