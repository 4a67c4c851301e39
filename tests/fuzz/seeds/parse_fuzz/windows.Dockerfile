# escape=`
FROM mcr.microsoft.com/windows/servercore AS base
COPY a `
  b C:\app\
RUN ["cmd", "/S", "/C", "dir \u0041"]
ONBUILD RUN <<EOF
dir
EOF
HEALTHCHECK --interval=1m30s --retries=3 CMD ["x"]
