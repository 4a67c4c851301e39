FROM python:3.13-alpine
WORKDIR /srv
RUN addgroup -S web && adduser -S web -G web && chown web:web /srv
COPY requirements.txt ./
RUN pip install --no-cache-dir -r requirements.txt
COPY --chown=web:web shop.py ./
USER web
EXPOSE 8000
CMD ["gunicorn", "--bind", "0.0.0.0:8000", "shop:app"]
