"""Finding: documents in, hits out. Knows nothing of entitlements, databases or HTTP."""
