"""The phone's twin in Node: one whole answer for one person."""

from collections.abc import Iterator

from tests.bench.edition import published
from tests.bench.goals import Goal
from tests.twin.timing import ms_per_person


def goals() -> Iterator[Goal]:
    """Issue 3: in the browser under 2 ms."""
    name = "the phone's twin, a whole answer for one person"
    timing = ms_per_person(published())
    if timing is None:
        yield Goal(name, None, "ms", 2, issue=3, note="there is no Node on this machine")
        return
    note = f"{timing.rules} entries, in Node; the offline pack is read once in {timing.prepare:.1f} ms"
    yield Goal(name, timing.person, "ms", 2, issue=3, note=note)
