FROM debian:bookworm
RUN apt-get update && apt-get install -y build-essential libssl-dev zlib1g-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN make && make install
COPY etc/relay.conf /etc/relay.conf
EXPOSE 8443
CMD ["relay", "-c", "/etc/relay.conf"]
