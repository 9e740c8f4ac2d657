"""What councils add to a topic: the chosen one's own offers, and the councils that may be chosen."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from directory.places import Area
from offer.addresses import entry_href
from offer.council_names import plain_name
from offer.entitlements.schema import ENGLAND, Entitlement
from offer.guides.schema import Guide
from offer.guides.shown import is_mainly
from offer.language import gettext as _
from offer.pages.listing import Link, Row, entry_row
from offer.published import Published

PATH = "/topics"
MOST_ALSO = 6  # entries about other topics that touch this one; all of them stand in search


@dataclass(frozen=True, slots=True)
class CouncilRows:
    """One council's own offers on a topic."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Added:
    """What the chosen council and its districts add. `also` is mainly about another topic.

    `all_also` is how many of those there are, where they are too many to list, else 0.
    `choices` are the councils whose offers we hold, with how many.
    """

    councils: tuple[CouncilRows, ...]
    also: tuple[Link, ...]
    all_also: int
    choices: tuple[Link, ...]


def added_by(
    published: Published, guide: Guide, own: Sequence[Entitlement], council: Area | None, on: date
) -> Added:
    """What a council adds; with None only the choices. `own`: its entries of the guide, in its order."""
    beside = [entry for entry in own if not is_mainly(guide, entry)]
    return Added(
        councils=_by_council(published, (entry for entry in own if is_mainly(guide, entry)), on),
        also=tuple(Link(entry_href(entry.id), entry.title) for entry in beside[:MOST_ALSO]),
        all_also=len(beside) if len(beside) > MOST_ALSO else 0,
        choices=tuple(_choices(published, guide, council, on)),
    )


def council_codes(published: Published, council: Area | None, on: date) -> frozenset[str]:
    """The council's own code and those of its districts."""
    if council is None:
        return frozenset()
    return frozenset({council.gss, *(area.gss for area in published.places.districts_of(council.gss, on))})


def guide_href(slug: str, by: str) -> str:
    """A guide's address; the council chosen goes with it."""
    address = "/help-now" if slug == "help-now" else f"{PATH}/{slug}"
    return f"{address}?by={by}" if by else address


def _by_council(published: Published, entries: Iterable[Entitlement], on: date) -> tuple[CouncilRows, ...]:
    groups: dict[str, list[Row]] = {}
    for entry in entries:
        groups.setdefault(_name(published, entry.authority), []).append(entry_row(published, entry, on))
    return tuple(CouncilRows(name, tuple(rows)) for name, rows in sorted(groups.items()))


def _choices(published: Published, guide: Guide, council: Area | None, on: date) -> Iterator[Link]:
    """All of England, and the upper-tier councils whose own offers we hold on this topic."""
    counts = Counter[str]()
    for owner, entries in published.guide_counts.of(guide, on).entries.items():
        if owner != ENGLAND:
            counts[_upper(published, owner, on)] += entries
    chosen = council.gss if council else ""
    if counts:
        yield Link(guide_href(guide.slug, ""), _("All of England"), not chosen)
    for code in sorted(counts, key=lambda code: _name(published, code)):
        yield Link(guide_href(guide.slug, code), _name(published, code), code == chosen, counts[code])


def _upper(published: Published, code: str, on: date) -> str:
    upper = published.places.authority_of(code, on)
    return upper.gss if upper else code


def _name(published: Published, code: str) -> str:
    return plain_name(published.names.get(code, code))
