"""Speed and size against named peers: `python -m tests.bench`, or `make bench`."""
