"""What changes at which age on one topic: the general "what happens when", narrowed to its entries."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from offer.addresses import entry_href
from offer.pages.listing import Link
from offer.pages.timeline_parts import Moment
from offer.pages.timeline_view import anybodys_moments
from offer.published import Published


@dataclass(frozen=True, slots=True)
class AgeLine:
    """One birthday or day: what starts, what stops, and what else then changes. () for none."""

    title: str
    when: str
    starts: tuple[Link, ...]
    stops: tuple[Link, ...]
    changes: tuple[Link, ...]


def ages_of(published: Published, slugs: Collection[str], on: date) -> tuple[AgeLine, ...]:
    """The moments at which something turns for one of these entries, for anybody who left care at 18."""
    hrefs = {entry_href(slug) for slug in slugs}
    lines = (_line(moment, hrefs) for moment in anybodys_moments(published, on))
    return tuple(line for line in lines if line.starts or line.stops or line.changes)


def _line(moment: Moment, hrefs: Collection[str]) -> AgeLine:
    return AgeLine(
        title=moment.title,
        when=moment.when,
        starts=tuple(_links(moment, hrefs, ("starts",))),
        stops=tuple(_links(moment, hrefs, ("stops",))),
        changes=tuple(_links(moment, hrefs, ("open", "amount"))),
    )


def _links(moment: Moment, hrefs: Collection[str], kinds: Iterable[str]) -> Iterator[Link]:
    for turning in moment.turnings:
        if turning.kind in kinds:
            for group in turning.groups:
                yield from (Link(item.href, item.title) for item in group.items if item.href in hrefs)
