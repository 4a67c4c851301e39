FROM ubuntu:22.04
RUN apt-get update && \
    apt-get install -y python3-pip git && \
    pip3 install flask gunicorn && \
    rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY . .
EXPOSE 8000
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "app:app"]
