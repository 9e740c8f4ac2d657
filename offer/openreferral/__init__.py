"""Our edition as an Open Referral UK feed, and other people's feeds into our catalogue."""
