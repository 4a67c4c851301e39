# What ships and what stays behind, without a registry: both stages start from `scratch` and take all they hold from
# this folder, and no command is run, so this builds anywhere, in a second.
#
# `builder` holds what a small web site is made from: the artwork in full size, the drafts, and the finished pages.
# `site` ships the pages alone. Its style sheet is still missing: drag /site/style.css from `builder` onto `site`, to
# /www/style.css, build again, and compare the sizes.
#   docker build -f no-registry.Dockerfile .

FROM scratch AS builder
WORKDIR /site
COPY no-registry/artwork/ ./artwork/
COPY no-registry/drafts/ ./drafts/
COPY no-registry/pages/ ./pages/
COPY no-registry/style.css ./style.css

FROM scratch AS site
LABEL org.opencontainers.image.title="A walk in the mountains"
COPY --from=builder /site/pages /www
USER 65534:65534
# Nothing runs in here. A command is what `docker create` asks for, to take the files out again.
CMD ["/www/index.html"]
