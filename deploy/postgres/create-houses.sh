#!/usr/bin/env bash
# Runs once, when the server's files are new: a database for each house, a role that owns its tables, and a role the house
# runs as, which may read and write rows and nothing else. Nobody else may connect.
set -euo pipefail
: "${OWNER_PASSWORD:?}" "${APP_PASSWORD:?}"
for house in customers orders subscriptions billing licenses partners; do
  name="purchasing_$house"
  psql --quiet --set ON_ERROR_STOP=1 --username "$POSTGRES_USER" <<SQL
create role ${name}_owner login password '$OWNER_PASSWORD';
create role ${name}_app login password '$APP_PASSWORD';
create database $name owner ${name}_owner;
revoke connect, temporary on database $name from public;
grant connect on database $name to ${name}_app;
SQL
done
