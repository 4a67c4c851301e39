# escape=`
FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
SHELL ["powershell", "-Command"]

WORKDIR C:\
RUN Invoke-Thing `
  -Path C:\Users `

  # why
  ; exit 0
COPY a\b C:\c\
