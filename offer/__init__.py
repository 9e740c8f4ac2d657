"""The care-leaver local offer: entitlements, eligibility, the published catalogue and the web service."""
