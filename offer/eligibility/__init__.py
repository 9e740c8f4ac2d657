"""Who can get what: pure functions over facts, rules and dates (standard library only)."""
