# Go, compiled statically, alone in an empty image.
#
# The compiler and the sources weigh hundreds of megabytes and stay behind in `build`. What ships is one file. It needs
# no C library (CGO_ENABLED=0) and carries no symbols (-s -w), so `scratch`, which holds nothing at all, is base enough.
# Build it from this folder:  docker build -f go-scratch.Dockerfile .

FROM golang:1.25-alpine AS build
WORKDIR /src
# First what changes rarely: the modules stay cached while only the code changes.
COPY go-scratch/go.mod ./
RUN go mod download
COPY go-scratch/*.go ./
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/server .

FROM scratch
# An empty image trusts nobody: calls over HTTPS need the list of certificate authorities.
COPY --from=build /etc/ssl/certs/ca-certificates.crt /etc/ssl/certs/
COPY --from=build /out/server /server
EXPOSE 8080
# There is no user database in here, so the number of `nobody`.
USER 65534:65534
ENTRYPOINT ["/server"]
