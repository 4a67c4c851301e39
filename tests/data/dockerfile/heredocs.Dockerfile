FROM alpine AS tools
RUN <<EOF
set -e
FROM=here
echo "$FROM"
EOF
COPY <<-"first" <<second /etc/files/
	$NOT expanded
	first
of \
the second
second
RUN cat <<A 3<<'B' && echo done
a
A
b
B
FROM tools
ONBUILD RUN <<EOF
later
EOF
USER nobody
