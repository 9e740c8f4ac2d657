"""What can be wrong with somebody else's feed, said in one plain sentence."""


class FeedFault(Exception):  # noqa: N818 - the word a person reads
    """A feed, or one reply of it, that cannot be used. The text is one plain sentence without a full stop."""
