# A test stage between builder and runtime, for continuous integration.
#
# BuildKit builds only what the target needs, so a test stage that nobody copies from is skipped. Here `runtime` takes
# the program from `test`, which is built on `builder`: there is no image unless the tests have passed. To see only
# whether they pass:  docker build -f ci-test.Dockerfile --target test .

FROM golang:1.25-alpine AS builder
WORKDIR /src
COPY ci-test/go.mod ./
COPY ci-test/*.go ./
COPY ci-test/roman/ ./roman/
RUN CGO_ENABLED=0 go build -trimpath -ldflags="-s -w" -o /out/roman .

FROM builder AS test
RUN go vet ./...
RUN CGO_ENABLED=0 go test ./...

FROM scratch AS runtime
COPY --from=test /out/roman /roman
USER 65534:65534
ENTRYPOINT ["/roman"]
