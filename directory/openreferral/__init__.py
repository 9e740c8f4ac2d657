"""Open Referral UK 3.0 (HSDS-UK): our directory as a feed, and other people's feeds as drafts."""
