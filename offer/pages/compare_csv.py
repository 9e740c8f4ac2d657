"""Councils side by side as a table for a spreadsheet: a line for each offer, and for each gap."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from directory.places import Area
from offer.addresses import entry_href
from offer.compare import Compared
from offer.council_names import council_name
from offer.entitlements.amounts import worth_on
from offer.entitlements.schema import Entitlement
from offer.pages.listing import whose
from offer.pages.who_to_ask import is_being_written
from offer.published import Published
from offer.tables import Column, Table


@dataclass(frozen=True, slots=True)
class CsvLine:
    """One offer of one council on one topic; `entry` is None for "not found" and "being written"."""

    topic: str
    title: str
    area: Area
    entry: Entitlement | None


def compare_table(
    published: Published, areas: Sequence[Area], found: Sequence[Compared], base: str, on: date
) -> Table[CsvLine]:
    """The table; `found` has a cell for each area. `base` is our host, for the addresses of the pages."""

    def of(name: str, about: str, type_: str = "text") -> Column[CsvLine]:
        return Column(name, about, lambda line: getattr(line.entry, name, None), type_)

    missing = {area.gss: _missing(published, area) for area in areas}
    columns: tuple[Column[CsvLine], ...] = (
        Column("topic", "The topic's name in addresses", lambda line: line.topic),
        Column("topic_title", "The topic", lambda line: line.title),
        Column("council", "ONS code", lambda line: line.area.gss),
        Column("council_name", "The council", lambda line: council_name(line.area)),
        Column("says", "found; not found by us, which is not a no; or being written by the council",
               lambda line: "found" if line.entry else missing[line.area.gss]),
        of("id", "Never changes"),
        of("title", "Its name"),
        Column("whose", "The area whose council offers it",
               lambda line: whose(published, line.entry) if line.entry else None),
        of("part_of", "The national right whose local terms these are"),
        of("summary", "What it is"),
        Column("amount", "How much today, in words", lambda line: _worth(line.entry, on)),
        of("who_for", "In plain words"),
        of("ask", "Who to ask"),
        of("confidence", "How far to trust it"),
        of("checked_on", "The day somebody last checked", "date"),
        of("review_by", "The day by which it is checked again", "date"),
        Column("page", "Its page", lambda line: f"{base}{entry_href(line.entry.id)}" if line.entry else None),
    )  # fmt: skip
    return Table("compare", "Councils' offers side by side", columns, list(_lines(found, areas)))


def _missing(published: Published, area: Area) -> str:
    """What stands where we hold nothing of a council on a topic."""
    return "being written" if is_being_written(published, area) else "not found"


def _worth(entry: Entitlement | None, on: date) -> str | None:
    worth = worth_on(entry, on) if entry else None
    return worth.text if worth else None


def _lines(rows: Sequence[Compared], areas: Sequence[Area]) -> Iterator[CsvLine]:
    for row in rows:
        for area, cell in zip(areas, row.cells, strict=True):
            yield from (CsvLine(row.topic, row.title, area, entry) for entry in cell or (None,))
