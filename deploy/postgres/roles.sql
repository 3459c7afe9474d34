-- Database and roles of one service; may be run again at any time. As a superuser:
--   psql -v ON_ERROR_STOP=1 -v service=intake -v owner_password=... -v app_password=... -f roles.sql
-- <service>_owner owns the database and runs migrations; <service>_app is what the service works as: it reads and writes rows, and makes nothing.
-- Analytics makes partitions and shadow tables while it runs: with -v makes_tables=1 its application role acts as the owner.

\if :{?makes_tables}
\else
  \set makes_tables 0
\endif
\set owner :service _owner
\set app :service _app

SELECT format('CREATE ROLE %I LOGIN', name)
FROM unnest(ARRAY[:'owner', :'app']) AS name
WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = name) \gexec
ALTER ROLE :"owner" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'owner_password';
ALTER ROLE :"app" LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD :'app_password';

SELECT format('CREATE DATABASE %I OWNER %I', :'service', :'owner')
WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = :'service') \gexec
REVOKE ALL ON DATABASE :"service" FROM PUBLIC;
GRANT CONNECT ON DATABASE :"service" TO :"app";

\connect :"service"

\if :makes_tables
  -- Whatever it makes belongs to the owner, so that the next migration may change it.
  GRANT :"owner" TO :"app";
  ALTER ROLE :"app" IN DATABASE :"service" SET role = :"owner";
\else
  ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" GRANT USAGE ON SCHEMAS TO :"app";
  ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO :"app";
  ALTER DEFAULT PRIVILEGES FOR ROLE :"owner" GRANT USAGE, SELECT ON SEQUENCES TO :"app";
  GRANT USAGE ON SCHEMA public TO :"app";

  -- The same for what was there before these lines were run.
  SELECT format(statement, nspname, :'app')
  FROM pg_namespace
  CROSS JOIN unnest(ARRAY[
    'GRANT USAGE ON SCHEMA %I TO %I',
    'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA %I TO %I',
    'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA %I TO %I'
  ]) AS statement
  WHERE nspname !~ '^pg_' AND nspname <> 'information_schema' \gexec
\endif
