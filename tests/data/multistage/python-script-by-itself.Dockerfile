FROM python:3.12-bookworm
RUN apt-get update && apt-get install -y libpq-dev build-essential
COPY requirements.txt /
RUN pip install -r /requirements.txt
COPY start.py /start.py
ENTRYPOINT ["/start.py"]
