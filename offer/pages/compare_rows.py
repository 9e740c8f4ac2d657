"""Councils side by side as the page sees them: a topic, its rights, and each council's cell."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from offer.addresses import entry_href
from offer.compare import Compared, Line, lined_up
from offer.entitlements.amounts import worth_on
from offer.entitlements.schema import Entitlement
from offer.language import gettext as _
from offer.languages.dates import said_month
from offer.languages.entries import in_spoken
from offer.pages.listing import Link, entry_row
from offer.published import Published


@dataclass(frozen=True, slots=True)
class Offered:
    """One offer in a cell. `amount` and `sure` are "" where there is nothing to say."""

    href: str
    title: str
    amount: str
    sure: str
    checked: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One council on one line. Without `offers` it is "not found".

    `also` are those that are mainly about another topic.
    """

    council: str
    offers: tuple[Offered, ...]
    also: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """One right, or with `right` None whatever the councils offer besides."""

    right: Link | None
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class TopicRows:
    """One topic. Without `rows` nothing was found for any of the councils."""

    slug: str
    title: str
    rows: tuple[Row, ...]


def topic_rows(published: Published, row: Compared, names: Sequence[str], on: date) -> TopicRows:
    """One topic for councils of these names."""
    lines = [_row(published, line, names, on) for line in lined_up(published, row)]
    also = tuple(
        Cell(
            name, (), tuple(Link(entry_href(e.id), in_spoken(e).title) for e in cell if e.topic != row.topic)
        )
        for name, cell in zip(names, row.cells, strict=True)
    )
    if any(cell.also for cell in also):
        lines = [*lines, Row(None, also)]
    return TopicRows(row.topic, _(row.title), tuple(_merged(lines)))


def _merged(rows: Sequence[Row]) -> Iterator[Row]:
    """What stands by itself and what is mainly about another topic share one row."""
    loose = [row for row in rows if row.right is None]
    yield from (row for row in rows if row.right is not None)
    if loose:
        first, last = loose[0], loose[-1]
        yield Row(
            None,
            tuple(
                Cell(one.council, one.offers, other.also)
                for one, other in zip(first.cells, last.cells, strict=True)
            ),
        )


def _row(published: Published, line: Line, names: Sequence[str], on: date) -> Row:
    right = Link(entry_href(line.right.id), in_spoken(line.right).title) if line.right else None
    return Row(
        right,
        tuple(
            Cell(name, tuple(_offered(published, entry, on) for entry in cell))
            for name, cell in zip(names, line.cells, strict=True)
        ),
    )


def _offered(published: Published, entry: Entitlement, on: date) -> Offered:
    worth = worth_on(entry, on)
    return Offered(
        href=entry_href(entry.id),
        title=in_spoken(entry).title,
        amount=worth.text if worth else "",
        sure=entry_row(published, entry, on).sure,
        checked=said_month(entry.checked_on),
    )
