"""Figures and terms, one a row: the amounts of entries, and what differs from place to place.

Seven districts' council tax is seven rows of one sheet. With "New from" a row is not changed but followed:
it ends on that day, and a new one with what is written begins.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Literal, cast, get_args

from offer.catalogue.documents import ENTITLEMENT, Body
from offer.entitlements.schema import Amount, Entitlement, ParameterRow
from offer.sheets.codecs import DAY, LINES, MONEY, PERCENT, PLACE, TEXT, WHOLE, YES, Names, choice
from offer.sheets.columns import REVISION, Column, Sheet
from offer.sheets.documents import Held
from offer.sheets.grid import Cell

What = Literal["amount", "terms"]
ROW_ID, ENTRY, WHAT, NEW_FROM, REMOVE = "Row id", "Entry", "What", "New from", "Take out"
WHATS: Mapping[What, str] = MappingProxyType({"amount": "Amount", "terms": "Terms of a place"})


def _choice(model: Any, field: str) -> Any:
    annotation = model.model_fields[field].annotation
    found = [each for each in get_args(annotation) if isinstance(each, str)]
    found += [each for part in get_args(annotation) for each in get_args(part) if isinstance(each, str)]
    return choice(found)


PARAMETERS = Sheet(
    "parameters",
    "Amounts and terms",
    (
        Column(ROW_ID, (), TEXT, 30, "Leave it as it is; blank in a new row.", only_read=True, hidden=True),
        Column("Place", ("area",), PLACE, 28),
        Column(ENTRY, (), TEXT, 40, "Its title or its id.", only_read=True),
        Column(WHAT, (), choice(tuple(WHATS.values())), 18, only_read=True),
        Column(NEW_FROM, ("new_from",), DAY, 16,
               "To follow the row instead of changing it: the day on which what you write here begins."),
        Column("From", ("start",), DAY, 16, "Its first day; blank where it is not known."),
        Column("Until", ("end",), DAY, 16, "The first day on which it no longer counts."),
        Column("Age before", ("age_before",), WHOLE, 10, "The birthday on which it ends."),
        Column("Percent", ("percent",), PERCENT, 10),
        Column("Bands", ("bands",), LINES, 24, "Percent by household: alone: 100."),
        Column("Whose care leavers", ("who",), _choice(ParameterRow, "who"), 20),
        Column("Given as", ("given_as",), _choice(ParameterRow, "given_as"), 14),
        Column("What the place decides", ("asks",), LINES, 40),
        Column("Amount in words", ("text",), width=40),
        Column("Amount in pounds", ("pence",), MONEY, 14),
        Column("For each", ("per",), width=12, hint="year, week, once, course."),
        Column("For whom or when", ("applies_to",), width=24, hint="The year or group the figure is for."),
        Column("Began, in the source's words", ("since",), width=24),
        Column("How sure we are", ("confidence",), _choice(ParameterRow, "confidence"), 18),
        Column("Source", ("source",), width=40),
        Column("Note", ("note",), width=50, hint="Shown to the public."),
        Column("Checked on", ("checked_on",), DAY, 16),
        Column(REMOVE, ("remove",), YES, 10, "yes: the row goes."),
        Column(REVISION, (), WHOLE, 12, "Leave it as it is.", only_read=True, hidden=True),
    ),
)  # fmt: skip
FIELDS: Mapping[What, tuple[str, ...]] = MappingProxyType(
    {"terms": tuple(ParameterRow.model_fields), "amount": tuple(Amount.model_fields)}
)


@dataclass(frozen=True, slots=True)
class Row:
    """One figure or term of an entry. `at`: which of its kind it is in the document, from 0."""

    entry: Held
    what: What
    at: int
    values: Body

    @property
    def id(self) -> str:
        """What its hidden cell says."""
        return f"{self.entry.slug} {self.what} {self.at}"


def rows_of(entry: Held) -> list[Row]:
    """The amounts of an entry, then its terms, in their order."""
    body = cast(Entitlement, entry.document).model_dump(mode="json")
    return [Row(entry, what, at, values) for what in WHATS for at, values in enumerate(listed(body, what))]


def listed(body: Body, what: What) -> list[Body]:
    """The rows of one sort as a document holds them: an amount stands apart from those for other dates."""
    if what == "terms":
        return list(body.get("terms") or [])
    first = [body["amount"]] if body.get("amount") else []
    return [*first, *(body.get("more_amounts") or [])]


def with_listed(body: Body, what: What, rows: Sequence[Body]) -> Body:
    """The document with those rows."""
    if what == "terms":
        return {**body, "terms": list(rows)}
    return {**body, "amount": rows[0] if rows else None, "more_amounts": list(rows[1:])}


def counts_on(values: Body, on: date) -> bool:
    """Whether a row counts on a day."""
    start, end = values.get("start"), values.get("end")
    return (not start or start <= on.isoformat()) and (not end or on.isoformat() < end)


def chosen(entries: Sequence[Held], areas: frozenset[str] | None) -> Iterator[Row]:
    """The rows of entries, the terms by place; `areas`: only terms of those places."""
    for entry in (each for each in entries if each.kind == ENTITLEMENT):
        for row in rows_of(entry):
            if areas is None or (row.what == "terms" and row.values["area"] in areas):
                yield row


def cells_of(row: Row, names: Names, new_from: date | None) -> list[Cell]:
    """A row as cells. `new_from`: the day that stands in "New from" of a row that then still counts."""
    entry = cast(Entitlement, row.entry.document)
    follows = new_from is not None and counts_on(row.values, new_from)
    given: dict[str, Cell] = {
        ROW_ID: row.id,
        ENTRY: entry.title,
        WHAT: WHATS[row.what],
        NEW_FROM: new_from if follows else None,
        REVISION: str(row.entry.number),
    }
    if row.what == "amount":
        given["Place"] = PLACE.write(entry.authority, names)
    return [
        given[column.heading] if column.heading in given else _cell(row, column, names)
        for column in PARAMETERS.columns
    ]


def _cell(row: Row, column: Column, names: Names) -> Cell:
    value = row.values.get(column.path[0]) if column.path else None
    return None if value is None or value == [] else column.codec.write(value, names)


def next_april(today: date) -> date:
    """The first of April to come."""
    return date(today.year + (today >= date(today.year, 4, 1)), 4, 1)
