FROM golang:1.21-alpine3.19
RUN apk add --no-cache git ca-certificates tzdata
RUN adduser -D -u 1000 app
ENV TZ=Europe/Berlin GOFLAGS=-mod=vendor
EXPOSE 9000
WORKDIR /go/src/app
COPY . .
RUN go build -o server .
USER app
ENTRYPOINT ["./server"]
CMD ["--config", "config/prod.yml"]
