"""The timeline as its template sees it: moments, what turns at each, and whom to ask about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

OPEN_UP_TO = 5  # things: a longer list is folded


@dataclass(frozen=True, slots=True)
class TurnItem:
    """One thing that turns. `line` says more of it, `first` is the step to take before; "" for none."""

    href: str
    title: str
    whose: str
    line: str = ""
    first: str = ""


@dataclass(frozen=True, slots=True)
class Asking:
    """Things about which to ask the same people; `ask` is "" where nobody is named."""

    ask: str
    items: tuple[TurnItem, ...]


@dataclass(frozen=True, slots=True)
class Turning:
    """Things that turn the same way.

    `kind` is starts, stops, open or amount; `hint` says what to do, "" for none.
    """

    kind: str
    title: str
    hint: str
    groups: tuple[Asking, ...]

    @property
    def count(self) -> int:
        """How many things."""
        return sum(len(group.items) for group in self.groups)

    @property
    def folded(self) -> bool:
        """A long list is folded, its first names shown."""
        return self.count > OPEN_UP_TO

    @property
    def peek(self) -> str:
        """The first names of a folded list."""
        titles = [item.title for group in self.groups for item in group.items]
        return " · ".join(titles[:3])


@dataclass(frozen=True, slots=True)
class Status:
    """What the law calls somebody from now on, and the page that says what that means ("" for none)."""

    text: str
    href: str


@dataclass(frozen=True, slots=True)
class Moment:
    """One day or birthday. `when` is the day in words, `away` how far off; "" where only an age is known.

    `short`: "At 18", for a list of the birthdays; "" for other days. `day`: where it is told to a person.

    `age`: how old they are by then, where that is not plain from the title.
    """

    id: str
    title: str
    short: str
    day: date | None
    when: str
    away: str
    age: str
    status: Status | None
    turnings: tuple[Turning, ...]


@dataclass(frozen=True, slots=True)
class ToDo:
    """What to do before the next day on which something turns: at most `MOST_TO_DO` things."""

    when: str
    away: str
    items: tuple[TurnItem, ...]


MOST_TO_DO = 6
SOON = timedelta(days=730)
_PRESSING = ("stops", "open", "starts")  # what can be lost comes before what can be had later


def to_do(moments: Sequence[Moment], on: date) -> ToDo | None:
    """The steps towards the next such day within two years; None where there is none."""
    for moment in moments:
        if moment.day is None or not on < moment.day <= on + SOON:
            continue
        turnings = sorted(moment.turnings, key=_pressing)
        items = [item for turning in turnings for group in turning.groups for item in group.items]
        steps = tuple({item.first: item for item in items if item.first}.values())
        if steps:
            return ToDo(moment.when, moment.away, steps[:MOST_TO_DO])
    return None


def _pressing(turning: Turning) -> int:
    return _PRESSING.index(turning.kind) if turning.kind in _PRESSING else len(_PRESSING)
