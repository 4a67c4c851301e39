from a as b
copy x y\

  z/
RNU make
FROM b
COPY --from=b
COPY --from=later /a /b
RUN <<EOF
FROM nothing
ÿ[31m
FROM a AS later