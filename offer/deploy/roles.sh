# Run by the image of PostgreSQL when it makes the database: the two roles of roles.sql.
psql -U postgres -d "$POSTGRES_DB" -f /roles.sql \
  -v owner_password="$(cat /run/secrets/owner_password)" \
  -v serving_password="$(cat /run/secrets/serving_password)"
