FROM python:3.11-bookworm
ENV POETRY_VERSION=1.8.2 \
    APP_ENV=production
WORKDIR /srv
RUN pip install "poetry==$POETRY_VERSION"
COPY pyproject.toml poetry.lock ./
RUN poetry config virtualenvs.create false && poetry install --only main --no-root
COPY . .
RUN python manage.py collectstatic --noinput
CMD ["./entrypoint.sh"]
