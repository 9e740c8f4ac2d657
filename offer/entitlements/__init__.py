"""Entitlements as documents: the schema, the starter catalogue and shipped examples."""
