# One file for both: a `dev` stage to work in, beside the `runtime` that ships.
#
# Both start from the same packages in `deps`, so what is developed against is what ships. `dev` adds a test runner and
# reloads on every change; mount the sources over /app to work on them:
#   docker build -f dev-runtime.Dockerfile --target dev -t notes-dev .
#   docker run --rm -it -p 5000:5000 -v "$PWD/dev-runtime:/app" notes-dev
# The last stage is what a build without --target makes. `dev` takes no part in it.

FROM python:3.13-slim AS base
ENV PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
WORKDIR /app

FROM base AS deps
RUN python -m venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
COPY dev-runtime/requirements.txt ./
RUN pip install --no-cache-dir -r requirements.txt

FROM deps AS dev
COPY dev-runtime/requirements-dev.txt ./
RUN pip install --no-cache-dir -r requirements-dev.txt
COPY dev-runtime/ ./
EXPOSE 5000
CMD ["flask", "--app", "notes", "run", "--debug", "--host", "0.0.0.0"]

FROM base AS runtime
COPY --from=deps /opt/venv /opt/venv
ENV PATH="/opt/venv/bin:$PATH"
COPY dev-runtime/notes/ ./notes/
EXPOSE 8000
USER nobody
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "--worker-tmp-dir", "/dev/shm", "notes:create_app()"]
