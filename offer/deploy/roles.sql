-- Two roles for PostgreSQL: one owns the tables and changes them, the other serves and can do neither.
-- Once, before the first `local-offer ready`, by an administrator of PostgreSQL, in a new database:
--   createdb offer
--   psql -d offer -v owner_password="$(cat owner_password)" -v serving_password="$(cat serving_password)" -f roles.sql
-- DATABASE_URL of `local-offer ready` and `migrate`: postgres://offer_owner:…@database/offer
-- DATABASE_URL of `local-offer serve`:               postgres://offer_serving:…@database/offer
-- The triggers that guard the log of staff belong to the owner: whoever serves can neither drop nor pass them.
\set ON_ERROR_STOP on
CREATE ROLE offer_owner LOGIN PASSWORD :'owner_password';
CREATE ROLE offer_serving LOGIN PASSWORD :'serving_password';
REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE, CREATE ON SCHEMA public TO offer_owner;
GRANT USAGE ON SCHEMA public TO offer_serving;
ALTER DEFAULT PRIVILEGES FOR ROLE offer_owner IN SCHEMA public
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO offer_serving;
ALTER DEFAULT PRIVILEGES FOR ROLE offer_owner IN SCHEMA public
  GRANT USAGE ON SEQUENCES TO offer_serving;
