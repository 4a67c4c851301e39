# Python in a virtual environment, copied whole, run by a user without rights.
#
# A virtual environment is one folder with everything in it, so one COPY ships it. Its scripts hold its path: it has to
# stand at the same place, /opt/venv, in both stages. The application is installed into it as a package, so no source
# tree ships beside it.
# Build it from this folder:  docker build -f python-venv.Dockerfile .

FROM python:3.13 AS builder
RUN python -m venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
WORKDIR /src
COPY python-venv/requirements.txt ./
RUN pip install --no-cache-dir -r requirements.txt
COPY python-venv/pyproject.toml ./
COPY python-venv/inventory/ ./inventory/
RUN pip install --no-cache-dir --no-deps .

FROM python:3.13-slim AS runtime
RUN useradd --system --no-create-home --shell /usr/sbin/nologin app
COPY --from=builder /opt/venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
USER app
ENTRYPOINT ["inventory"]
