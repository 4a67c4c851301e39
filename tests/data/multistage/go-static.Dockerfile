# syntax=docker/dockerfile:1

# The server of the shop.
FROM golang:1.22

LABEL org.opencontainers.image.title="shop"
WORKDIR /src

# Modules change seldom: a layer of their own.
COPY go.mod go.sum ./
RUN go mod download

COPY . .
ENV CGO_ENABLED=0
RUN go build -o /usr/local/bin/shop ./cmd/shop

ENV PORT=8080
EXPOSE 8080
CMD ["shop"]
