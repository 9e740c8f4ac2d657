"""From what one process does to how many a day of many people needs. Arithmetic: nothing is measured here."""

from dataclasses import dataclass
from math import ceil

FEWEST = 3  # processes: one may be replaced while another fails


@dataclass(frozen=True, slots=True)
class Day:
    """How people come. Assumed, not counted: a service that runs should put its own numbers in.

    `in_busiest_hour`: the share of a day's requests; `burst`: how many times that hour's rate its
    busiest minute has; `used`: the share of a processor that may be in use then.
    """

    people: int = 100_000
    requests_each: int = 12
    in_busiest_hour: float = 0.15
    burst: float = 2.0
    used: float = 0.6

    @property
    def requests(self) -> int:
        """Of the whole day."""
        return self.people * self.requests_each

    @property
    def a_second(self) -> float:
        """In the busiest minute."""
        return self.requests * self.in_busiest_hour / 3600 * self.burst


@dataclass(frozen=True, slots=True)
class Needs:
    """What such a day needs: one core a process."""

    processes: int
    memory: float  # GB for all of them
    hours_of_work: float  # of one processor, in a whole day


def needs(day: Day, work: float, memory: float) -> Needs:
    """`work`: seconds of processor of a request; `memory`: MB of one process."""
    busy = ceil(round(day.a_second * work / day.used, 6))
    processes = max(FEWEST, busy + 1)  # one more than the busiest minute takes: one may be away
    return Needs(processes, processes * memory / 1024, day.requests * work / 3600)
