FROM a AS b
RUN x \
  && y
RUN <<E
echo $A
E
USER z
