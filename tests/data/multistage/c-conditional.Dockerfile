FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev
WORKDIR /usr/src
COPY . .
RUN gcc -static -o /usr/bin/probe probe.c
RUN [ "$(uname -m)" = "x86_64" ] && gcc -m32 -nostdlib -o /usr/bin/probe32 probe32.s || true
