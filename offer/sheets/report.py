"""What a trial found: one line for each row somebody sent, and what would be written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from offer.sheets.codecs import Names
from offer.sheets.documents import Fault, Held, RuleWords
from offer.staff.change import Item
from offer.staff.differences import Difference

Key = tuple[str, str]  # kind and slug
Outcome = Literal["same", "changed", "new", "fault"]


@dataclass(frozen=True, slots=True)
class RowReport:
    """One row: where it stands (sheet and number, or file), what it is about and what it would do."""

    sheet: str
    number: int
    name: str
    outcome: Outcome
    differences: tuple[Difference, ...] = ()
    notes: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class Trial:
    """`faults`: of the file itself. `items`: what one change would hold, empty while anything is at fault."""

    rows: tuple[RowReport, ...]
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    items: tuple[Item, ...] = ()

    def count(self, outcome: Outcome) -> int:
        """How many rows end so."""
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def is_faulty(self) -> bool:
        """Whether something has to be mended first."""
        return bool(self.faults) or any(row.faults for row in self.rows)


@dataclass(frozen=True, slots=True)
class Desk:
    """All that a trial compares with.

    `held`: the documents of the scope. `shared`: national entries of which it may change the rows of its
    own districts. `elsewhere`: documents of other scopes, with the name of the place.
    `earlier`: older revisions that rows claim to be made of, by kind, slug and number.
    """

    scope: str
    held: Mapping[Key, Held]
    elsewhere: Mapping[Key, str]
    names: Names
    rule_words: RuleWords
    earlier: Mapping[tuple[str, str, int], Held] = field(default_factory=dict)
    shared: Mapping[Key, Held] = field(default_factory=dict)

    def with_rows(self, key: Key) -> Held | None:
        """The document of whose rows some may be changed here; None for none."""
        return self.held.get(key) or self.shared.get(key)

    def base(self, held: Held, number: int) -> Held | None:
        """The revision a row was made of; None where we have none of that number."""
        if number == held.number:
            return held
        return self.earlier.get((held.kind, held.slug, number))


UNKNOWN_VERSION = (
    "We cannot tell which version this row was made of. Download the sheet again, and make your change there."
)


def stale(base: Held, held: Held, fields: str) -> str:
    """What is said of a row that somebody overtook."""
    return (
        f"Somebody saved version {held.number} after you downloaded version {base.number}"
        f"{f' and changed: {fields}' if fields else ''}."
        " Download the sheet again, and make your change there."
    )


def not_yours(place: str) -> str:
    """What is said of a row of another council."""
    return f"This belongs to {place}. Take the row out, or choose that place above."
