#!/bin/sh
# secrets.sh: makes what compose.yaml expects below secrets/ (git-ignored), once; what is there stays. Readable by their owner's group only, which is
# the one that the containers run with: run it as root, or change `user` in compose.yaml to yourself.
set -eu
cd "$(dirname "$0")"
mkdir -p secrets
cd secrets
umask 027

password() { openssl rand -hex 24; }
key() { openssl rand -base64 32 | tr -d '\n'; }
# keep FILE COMMAND...: what the command prints, unless the file is there.
keep() { file=$1; shift; [ -s "$file" ] || "$@" >"$file"; }

keep postgres-superuser password
keep broker-password password
keep links-k1 key
keep pii-k1 key
keep pii-index key
keep smtp-password password
keep provider-secret key
# From your identity provider: a token with the role "service", and its keys.
keep service.jwt printf '%s' 'put a token with the role service here'
keep jwks.json printf '%s' '{"keys":[]}'

for service in intake ticketing survey analytics notifications; do
  for role in owner app; do
    keep "${service}_$role" password
    keep "$service-$role-database" printf 'Host=postgres;Database=%s;Username=%s_%s;Password=%s;Maximum Pool Size=20' \
      "$service" "$service" "$role" "$(cat "${service}_$role")"
  done
done
keep broker printf 'amqp://customerfeedback:%s@rabbitmq:5672/customerfeedback' "$(cat broker-password)"
keep rabbitmq.conf printf 'default_user = customerfeedback\ndefault_pass = %s\ndefault_vhost = customerfeedback\ndefault_queue_type = quorum\n' \
  "$(cat broker-password)"

[ "$(id -u)" -ne 0 ] || chown -R :10001 .
echo "compose's secrets are in $(pwd)"
