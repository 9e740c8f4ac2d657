"""Editing a document by a form: its fields from the schema, what was typed into them, and back. Pure."""
