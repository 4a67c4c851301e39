FROM python:3.12
WORKDIR /app
COPY <<EOF requirements.txt
flask==3.0
EOF
COPY <<EOF /etc/app.conf
a=1
EOF
RUN pip install -r requirements.txt
COPY src ./src
CMD ["python", "src/main.py"]
