"""What people tell us about an entry: that it helped, is wrong, was told differently, or misses something."""
