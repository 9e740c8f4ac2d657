#!/bin/sh
# Makes what compose.yaml needs, by chance, where it is not there yet: offer/deploy/secrets, which only root
# can enter. The files in it can be read by all, since a container reads them as another user.
# Keep seal_keys apart from copies of the database: with both somebody could make codes of staff.
set -eu
cd "$(dirname "$0")"
mkdir -p -m 700 secrets
chmod 700 secrets
once() { [ -s "secrets/$1" ] || (umask 133; cat >"secrets/$1"); }
for name in postgres_password owner_password serving_password; do openssl rand -hex 24 | tr -d '\n' | once "$name"; done
for role in owner serving; do
  printf 'postgres://offer_%s:%s@database/offer' "$role" "$(cat "secrets/${role}_password")" | once "${role}_url"
done
openssl rand -base64 32 | once seal_keys
