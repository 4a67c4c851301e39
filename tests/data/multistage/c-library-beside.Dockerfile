FROM debian:bookworm
RUN apt-get update && apt-get install -y build-essential libssl-dev wget
WORKDIR /src
RUN wget https://example.com/codec-1.2.tar.gz && tar xzf codec-1.2.tar.gz && cd codec-1.2 && ./configure && make && make install && ldconfig
COPY main.c .
RUN gcc main.c -o /opt/player -lcodec -lcrypto
CMD ["/opt/player"]
