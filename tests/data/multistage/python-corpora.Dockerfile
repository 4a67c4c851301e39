FROM python:3.12-slim
WORKDIR /app
COPY requirements.txt .
RUN apt-get update && apt-get install -y --no-install-recommends build-essential && rm -rf /var/lib/apt/lists/*
RUN pip install -r requirements.txt
RUN python -m nltk.downloader -d /usr/share/nltk_data stopwords
COPY . .
RUN mkdir -p models
CMD ["uvicorn", "app:app"]
