#!/bin/sh
# publish.sh HOST OUT: publishes a host (gateway, intake, ticketing, survey, analytics, notifications) into the folder OUT, as its image does.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
case "$1" in
  gateway) project=gateway/Gateway.csproj ;;
  intake) project=services/Intake/Intake.csproj ;;
  ticketing) project=services/Ticketing/Ticketing.csproj ;;
  survey) project=services/Survey/Survey.csproj ;;
  analytics) project=services/Analytics/Analytics.csproj ;;
  notifications) project=services/Notifications/Notifications.csproj ;;
  *) echo "publish.sh: there is no host $1" >&2; exit 2 ;;
esac
exec dotnet publish "$root/$project" -c Release -r linux-x64 --self-contained false \
  -p:PublishReadyToRun=true -p:RunAnalyzers=false -o "$2"
