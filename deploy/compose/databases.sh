#!/bin/sh
# Run by the PostgreSQL image when its data is new: the same roles and privileges as in Kubernetes, then passwords and databases.
set -eu
psql -v ON_ERROR_STOP=1 -U postgres -d postgres -f /bootstrap/roles.sql
psql -v ON_ERROR_STOP=1 -U postgres -d template1 -f /bootstrap/privileges.sql
for service in intake ticketing survey analytics notifications; do
  for role in owner app; do
    psql -v ON_ERROR_STOP=1 -U postgres -v role="${service}_$role" -v password="$(cat "/run/secrets/${service}_$role")" <<'SQL'
ALTER ROLE :"role" LOGIN PASSWORD :'password';
SQL
  done
  psql -v ON_ERROR_STOP=1 -U postgres -v database="$service" -v owner="${service}_owner" <<'SQL'
CREATE DATABASE :"database" OWNER :"owner";
REVOKE CONNECT ON DATABASE :"database" FROM PUBLIC;
SQL
  psql -v ON_ERROR_STOP=1 -U postgres -v database="$service" -v app="${service}_app" <<'SQL'
GRANT CONNECT ON DATABASE :"database" TO :"app";
SQL
done
