# escape=`
# check=skip=all
FROM alpine As Base
RUN <<EOF cat <<-"END" > /x
echo $HOME
EOF
	tabbed
	END
COPY <<a.txt <<b.txt /etc/
one
a.txt
two
b.txt
ONBUILD COPY --from=base /a /b
ENV A=1 B="two words" C=${A:-x}
LABEL one=two three
HEALTHCHECK --interval=5s CMD true `
  && false
