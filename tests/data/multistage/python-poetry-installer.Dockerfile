FROM python:3.12-slim
ENV POETRY_HOME=/opt/poetry PATH="/opt/poetry/bin:$PATH"
RUN apt-get update && apt-get install -y curl build-essential && rm -rf /var/lib/apt/lists/*
RUN curl -sSL https://install.python-poetry.org | python3 -
WORKDIR /app
COPY pyproject.toml poetry.lock ./
RUN poetry install --no-root
COPY . .
CMD ["poetry", "run", "python", "-m", "app"]
