ARG BASE=build
FROM golang AS build
FROM ${BASE} AS test
COPY --from=build $HOME/a ./
FROM scratch
# choices: 123456789abc