"""What a map says of a district at a glance: five kinds of council tax rule, each with its own pattern."""

from collections.abc import Sequence
from dataclasses import dataclass

from directory.phrase import phrase
from offer.council_tax import is_weak
from offer.council_tax_words import NOT_FOUND, TableRow, table_row
from offer.entitlements.schema import ParameterRow

LONGEST = 25  # the birthday at which leaving care ends: no council goes further
HOLD_NOTHING = phrase("we hold nothing yet: ask")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of rule. `id` names its pattern; `words` stand in the key and `many` in the summary."""

    id: str
    words: str
    many: str


ALL = Kind(
    "all", phrase("You may pay nothing until you turn 25"), phrase("you may pay nothing until you turn 25")
)
YOUNGER = Kind(
    "younger",
    phrase("You may pay nothing until the age shown"),
    phrase("you may pay nothing, but not up to 25"),
)
SOME = Kind(
    "some",
    phrase("Something may come off. Ask how much, or until when"),
    phrase("something may come off the bill"),
)
ASK = Kind("ask", phrase("There may be something: ask"), phrase("there may be something: ask"))
NOTHING = Kind("none", phrase("We hold nothing yet: ask"), phrase("we hold nothing yet: ask"))
KINDS = (ALL, YOUNGER, SOME, ASK, NOTHING)


@dataclass(frozen=True, slots=True)
class Fact:
    """One district on the map and in the table: the same words in both. `value` is what is printed in it."""

    kind: Kind
    row: TableRow
    value: str

    @property
    def words(self) -> str:
        """ "Boston: 100% off the bill until 25"; what is not found is left to be asked."""
        if self.kind in (ASK, NOTHING):
            return phrase("%(place)s: %(rule)s", place=self.row.name, rule=self.row.whose)
        off = phrase("something") if self.row.off == NOT_FOUND else self.row.off
        if self.row.until == NOT_FOUND:
            return phrase("%(place)s: %(amount)s off the bill", place=self.row.name, amount=off)
        return phrase(
            "%(place)s: %(amount)s off the bill until %(age)s",
            place=self.row.name,
            amount=off,
            age=self.row.until,
        )


def fact_of(gss: str, name: str, rows: Sequence[ParameterRow]) -> Fact:
    """The fact about a district; `rows` are those in force, the one that stops first first."""
    if not rows:
        return Fact(NOTHING, TableRow(gss, name, NOT_FOUND, NOT_FOUND, HOLD_NOTHING), "")
    shown = [row for row in rows if not is_weak(row)]
    cells = table_row(gss, name, rows)
    if not shown:
        return Fact(ASK, cells, "?")
    kind, age = _kind(shown[0]), shown[0].age_before
    return Fact(kind, cells, str(age) if age else "?")


def _kind(row: ParameterRow) -> Kind:
    if row.percent != 100 or row.age_before is None:
        return SOME
    return ALL if row.age_before >= LONGEST else YOUNGER
