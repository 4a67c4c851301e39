FROM golang:1.25
ENV SOURCES /src/shop
ENV PORT 8080
WORKDIR $SOURCES
COPY . $SOURCES
RUN CGO_ENABLED=0 go build -o /shop ./cmd/shop
ENTRYPOINT ["/shop"]
