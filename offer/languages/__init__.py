"""The languages pages can be read in: which they are, their addresses, and how a finished page is marked."""
