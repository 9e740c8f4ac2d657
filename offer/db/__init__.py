"""The database: its tables, its two engines, and the only safe way to migrate it."""
