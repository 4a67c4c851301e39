FROM alpine:3.20
RUN apk add --no-cache build-base cmake openssl-dev libstdc++
WORKDIR /code
COPY CMakeLists.txt main.cpp ./
RUN cmake -B build && cmake --build build && cmake --install build --prefix /opt/probe
ENTRYPOINT ["/opt/probe/bin/probe"]
