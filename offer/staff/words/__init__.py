"""Advice on words, for editors: jargon, long sentences, dates without years. Never a gate. Pure."""
