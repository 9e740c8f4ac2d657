"""JSON API v1: the contract other systems rely on."""
