# Python, installed aside with --prefix and copied into place.
#
# `pip install --prefix=/install` lays the packages out as /usr/local is laid out: lib/ and bin/. The second stage takes
# the folder over in one COPY, and pip's cache and all that compiling needs stay behind in `builder`. Both stages must
# have the same Python, which is why they share an argument.
# Build it from this folder:  docker build -f python-prefix.Dockerfile .

ARG PYTHON=3.13

FROM python:${PYTHON} AS builder
COPY python-prefix/requirements.txt ./
RUN pip install --no-cache-dir --prefix=/install -r requirements.txt

FROM python:${PYTHON}-slim
COPY --from=builder /install /usr/local
WORKDIR /app
COPY python-prefix/app.py ./
EXPOSE 8000
USER nobody
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm", "app:app"]
