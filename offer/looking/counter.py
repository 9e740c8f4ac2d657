"""One process's counts of today: searches that found nothing, and entries opened. Memory only.

A search is handed on to be written down only once it was asked five times, each at least ten minutes after
the one counted before, so that one person who tries again and again is not counted as many. Where the day
ends first it is forgotten.
"""

from collections import Counter, OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from offer.clock import LONDON

TIMES = 5
APART = timedelta(minutes=10)
MOST_SEARCHES = 2_000  # held at a time, the longest not asked out first: about half a megabyte

Key = tuple[str, str]  # kind and slug


@dataclass(frozen=True, slots=True)
class Due:
    """What is ready to be written, by day: how often to add for a search's words and for an entry."""

    searches: Mapping[tuple[date, str], int]
    openings: Mapping[tuple[date, Key], int]

    def __bool__(self) -> bool:
        return bool(self.searches or self.openings)


@dataclass(slots=True)
class _Asked:
    times: int
    last: datetime


class Looking:
    """Counts of one process. For one thread: the views run in the event loop. Moments carry a time zone."""

    def __init__(self) -> None:
        self._day = date.min
        self._asked: OrderedDict[str, _Asked] = OrderedDict()
        self._searches: Counter[tuple[date, str]] = Counter()
        self._openings: Counter[tuple[date, Key]] = Counter()

    def asked(self, words: Sequence[str], at: datetime) -> None:
        """A search for these words found nothing. No words: nothing is counted."""
        day = self._turn(at)
        if not words:
            return
        text = " ".join(words)
        held = self._asked.setdefault(text, _Asked(0, at - APART))
        if at - held.last < APART:
            return
        held.times, held.last = held.times + 1, at
        self._asked.move_to_end(text)
        if held.times >= TIMES:
            self._searches[day, text] += TIMES if held.times == TIMES else 1
        if len(self._asked) > MOST_SEARCHES:
            self._asked.popitem(last=False)

    def opened(self, key: Key, at: datetime) -> None:
        """Somebody opened a published entry or service: the number of keys is that of the catalogue."""
        self._openings[self._turn(at), key] += 1

    def take(self) -> Due:
        """All that is ready to be written; from now on it is the taker's."""
        due = Due(self._searches, self._openings)
        self._searches, self._openings = Counter(), Counter()
        return due

    def give_back(self, due: Due, at: datetime) -> None:
        """What could not be written is kept for another try, until the day after its own is over."""
        oldest = self._turn(at) - timedelta(days=1)
        self._searches.update({key: times for key, times in due.searches.items() if key[0] >= oldest})
        self._openings.update({key: times for key, times in due.openings.items() if key[0] >= oldest})

    def _turn(self, at: datetime) -> date:
        """Today in England; what was asked yesterday and not often enough is forgotten."""
        day = at.astimezone(LONDON).date()
        if day != self._day:
            self._day = day
            self._asked.clear()
        return day
