"""The breaker, with the moment in our hand."""

from directory.geocoder import Breaker


def test_it_opens_after_failures_in_a_row() -> None:
    breaker = Breaker(limit=3, rest=60).failed(0).failed(1)
    assert breaker.allows(2)
    breaker = breaker.failed(2)
    assert not breaker.allows(2)
    assert not breaker.allows(61.9)
    assert breaker.allows(62)


def test_a_success_between_starts_the_count_again() -> None:
    breaker = Breaker(limit=3).failed(0).failed(0).succeeded().failed(0).failed(0)
    assert breaker.allows(0)


def test_after_the_rest_one_tries_and_the_others_wait() -> None:
    breaker = Breaker(limit=1, rest=60).failed(0).trying(60, seconds=3)
    assert not breaker.allows(61)
    assert breaker.allows(63), "the one that tried never came back: the next may"
    assert not breaker.failed(62).allows(121)
    assert breaker.succeeded().allows(62)


def test_closed_it_holds_nobody_back() -> None:
    assert Breaker(limit=2).failed(0).trying(0, seconds=3).allows(0)


def test_it_opens_at_once_for_as_long_as_it_was_told_to() -> None:
    breaker = Breaker(limit=3, rest=60).failed(0, rest=600)
    assert not breaker.allows(599)
    assert breaker.allows(600)
    assert not Breaker(limit=3, rest=60).failed(0, rest=1).allows(59), "never shorter than its own rest"
