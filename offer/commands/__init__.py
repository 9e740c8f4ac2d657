"""What each command does, by what it is about. Each gives lines to print: offer/cli.py holds no logic."""
