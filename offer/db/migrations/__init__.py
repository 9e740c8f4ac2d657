"""The steps the tables went through. Run them only with `local-offer migrate`: see offer/db/migrate.py."""
