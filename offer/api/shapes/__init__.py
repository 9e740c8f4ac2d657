"""What replies look like, a file for each kind of call."""
