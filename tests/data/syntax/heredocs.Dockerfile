FROM debian
RUN <<EOF
set -e
if [ -f "$HOME/x" ]; then
  echo 'never closed
EOF
COPY <<-"RAW" <<TEXT /etc/
	plain $NOT_A_VARIABLE
	RAW
value is ${A:-b}
TEXT
RUN cat <<EOF > /etc/conf
listen $PORT
EOF
RUN echo "<<EOF" <<< here
ADD <<EOF /x
FROM not an instruction
EOF
USER me
