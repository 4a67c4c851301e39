FROM python:3.13-slim
COPY --from=ghcr.io/astral-sh/uv:0.9 /uv /uvx /bin/
ENV UV_COMPILE_BYTECODE=1
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN uv sync --frozen --no-install-project --no-dev
COPY . .
RUN mkdir -p logs uploads/tmp
RUN uv sync --frozen --no-dev
CMD ["uv", "run", "--no-sync", "python", "-m", "shop"]
