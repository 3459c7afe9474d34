# syntax=docker/dockerfile:1.20
# One file for all hosts, built from the root of the clone:
#
#   docker build -f deploy/docker/service.Dockerfile --build-arg HOST=Intake -t customerfeedback/intake .
#
# Not built where it was written: no engine runs there. What it runs (publish.sh) is run and started by the tests.
# A release names both bases with their digests (SDK=mcr.microsoft.com/dotnet/sdk:10.0@sha256:...), so that the same commit makes the same image.
ARG SDK=mcr.microsoft.com/dotnet/sdk:10.0
# Chiseled: no shell, no package manager. "Extra": with time zones, which calendars and status pages need.
ARG RUNTIME=mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra

FROM ${SDK} AS build
ARG HOST
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
WORKDIR /src
# First what packages depend on: the layer with the packages outlives a change of the sources.
COPY global.json Directory.Build.props Directory.Packages.props BannedSymbols.txt .editorconfig ./
COPY --parents contracts/*.csproj gateway/*.csproj services/*/*.csproj services/Platform/*/*.csproj \
  contracts/packages.lock.json gateway/packages.lock.json services/*/packages.lock.json services/Platform/*/packages.lock.json ./
COPY deploy/docker/publish.sh deploy/docker/
RUN deploy/docker/publish.sh "${HOST}"
COPY . .
# "host.dll" is the host's assembly under a name that is the same in every image: an entry point cannot hold a variable.
RUN deploy/docker/publish.sh "${HOST}" /app && ln -s "${HOST}.dll" /app/host.dll

FROM ${RUNTIME}
WORKDIR /app
COPY --from=build /app .
# API, and what operators ask (metrics and health): whoever runs this asks there, so there is no HEALTHCHECK (nor a shell for one).
EXPOSE 8080 8081
# Diagnostics write sockets and dumps: the root file system is read-only.
ENV ASPNETCORE_HTTP_PORTS=8080 DOTNET_EnableDiagnostics=0
USER 10001:10001
ENTRYPOINT ["dotnet", "host.dll"]
