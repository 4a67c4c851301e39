FROM golang:1.22
WORKDIR /src
COPY . .
RUN CGO_ENABLED=0 go build -o /bin/tool

EXPOSE 53/udp
ENTRYPOINT ["/bin/tool"]