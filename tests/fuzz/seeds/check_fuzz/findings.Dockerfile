# syntax=docker/dockerfile:1
# check=experimental=all
ARG TAG
# something else
from alpine:${TAG} As Base
MAINTAINER me
env KEY value
ENV API_TOKEN=x PATH=/a
WORKDIR app
RUN make \

  install
CMD run $UNDEFINED
CMD again
EXPOSE 80/TCP 127.0.0.1:80:80
FROM --platform=$TARGETPLATFORM debian AS base
# check=skip=CopyIgnoredFile
COPY secret.txt /
COPY docs/a.md /
COPY --from=bse /a /b
FROM --platform=linux/arm64 debian AS scratch
ENTRYPOINT x
----
# comment
secret.*
docs/**
!docs/README.md
# choices: 101101011111