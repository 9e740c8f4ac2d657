"""The catalogue in the database: documents, their revisions, files in and out, and publishing."""
