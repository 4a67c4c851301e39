FROM python:3.12
RUN useradd --create-home app
RUN mkdir /srv/app && chown app:app /srv/app
WORKDIR /srv/app
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
USER app
CMD ["gunicorn", "app:app"]
