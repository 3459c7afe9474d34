#!/bin/sh
# publish.sh HOST [OUT]: restores the host (Gateway, Intake, ...) as its lock files say and, where OUT is given, publishes it there as images have
# it. The one place that says how: images are made with it, and so is what tests start.
set -eu
host=${1:?which host: Gateway, Intake, Ticketing, Survey, Analytics or Notifications}
out=${2-}
cd "$(dirname "$0")/../.."

case $host in
  Gateway) project=gateway/Gateway.csproj ;;
  *) project=services/$host/$host.csproj ;;
esac

# Compiled ahead of time for the machine it runs on.
set -- -r linux-x64 -p:PublishReadyToRun=true

dotnet restore "$project" --locked-mode "$@"
[ -n "$out" ] || exit 0

# ChartsRequired: what the build takes from npm must have come; without it a dashboard would be shipped that draws nothing.
# The same bytes from the same sources, wherever they lie and whether git knows them or not. Analyzers have judged the sources before.
dotnet publish "$project" --no-restore -c Release --self-contained false "$@" \
  -p:ContinuousIntegrationBuild=true "-p:PathMap=$PWD=/_" -p:EnableSourceLink=false -p:EmbedUntrackedSources=false \
  -p:IncludeSourceRevisionInInformationalVersion=false -p:RunAnalyzers=false -p:ChartsRequired=true -o "$out"
