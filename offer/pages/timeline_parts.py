"""The timeline as its template sees it: moments, what turns at each, and whom to ask about it."""

from dataclasses import dataclass

OPEN_UP_TO = 5  # things: a longer list is folded


@dataclass(frozen=True, slots=True)
class TurnItem:
    """One thing that turns. `line` says more of it, `first` is the step to take; "" for none."""

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

    `age`: how old they are by then, where that is not plain from the title.
    """

    id: str
    title: str
    when: str
    away: str
    age: str
    status: Status | None
    turnings: tuple[Turning, ...]
