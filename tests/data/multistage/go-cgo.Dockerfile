FROM golang:1.25
WORKDIR /app
COPY . .
RUN go install ./cmd/tracker
COPY templates /app/templates
HEALTHCHECK --interval=30s CMD curl -f http://localhost:8080/health || exit 1
CMD tracker --templates /app/templates
