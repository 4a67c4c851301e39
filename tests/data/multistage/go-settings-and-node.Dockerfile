FROM golang:1.25
RUN apt-get update && apt-get install -y npm
WORKDIR /app
COPY . .
RUN cd web && npm ci && npm run build
RUN CGO_ENABLED=0 go build -o shop .
RUN cp config/*.json /app/settings/
ENTRYPOINT ["./shop"]
