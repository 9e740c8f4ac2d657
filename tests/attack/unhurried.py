"""For tests that ask thousands of things in a minute, which nobody else may."""

from itertools import count

from offer.fair_use.door import FairUse


def unhurried() -> FairUse:
    """The counts of who asks how often, by a clock on which an hour passes between two questions."""
    hours = count(0, 3600)
    return FairUse(lambda: float(next(hours)))
