# escape=`
FROM mcr.microsoft.com/windows/servercore AS win
COPY testfile.txt C:\
RUN dir C:\ `
    && echo done
ENV A=b `
    C=d
USER x
