"""Reminders by mail to the teams that own entries: what is to be checked, each told once for each step."""
