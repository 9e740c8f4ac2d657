"""Areas side by side: what each council offers, topic by topic, so that nobody has to collect it by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from directory.places import Area
from directory.topics import TOPICS
from offer.entitlements.in_force import standing
from offer.entitlements.schema import ENGLAND, Entitlement
from offer.published import Published


@dataclass(frozen=True, slots=True)
class Compared:
    """One topic: the local entries of each area, in the order asked. An empty cell is "not found"."""

    topic: str
    title: str
    cells: tuple[tuple[Entitlement, ...], ...]


def compare(published: Published, areas: Sequence[Area], topic: str | None, on: date) -> tuple[Compared, ...]:
    """One row a topic; England's own entries are the same everywhere and stand in no cell."""
    offers = [_offers(published, area, on) for area in areas]
    return tuple(
        Compared(
            each.slug,
            each.title,
            tuple(tuple(entry for entry in found if _is_about(entry, each.slug)) for found in offers),
        )
        for each in TOPICS.values()
        if topic is None or each.slug == topic
    )


def _offers(published: Published, area: Area, on: date) -> tuple[Entitlement, ...]:
    """What somebody of this area may meet: its own entries, its county's, and those of its districts."""
    below = {district.gss for district in published.places.districts_of(area.gss, on)}
    upper = published.places.authority_of(area.gss, on)

    inside = {area.gss, *below}

    def covers(entry: Entitlement) -> bool:
        if entry.authority in inside or not inside.isdisjoint(entry.areas):
            return True
        return upper is not None and entry.authority == upper.gss and not entry.areas

    return tuple(
        entry
        for entry in published.entries_of({*inside, upper.gss if upper else None})
        if entry.authority != ENGLAND and standing(entry, on) != "ended" and covers(entry)
    )


def _is_about(entry: Entitlement, topic: str) -> bool:
    return topic == entry.topic or topic in entry.more_topics


@dataclass(frozen=True, slots=True)
class Line:
    """One right in a topic with each area's own terms of it; `right` is None for what stands by itself."""

    right: Entitlement | None
    cells: tuple[tuple[Entitlement, ...], ...]


def lined_up(published: Published, row: Compared) -> tuple[Line, ...]:
    """The entries mainly about the topic, the terms of one right side by side; what stands alone last."""
    main = [[entry for entry in cell if entry.topic == row.topic] for cell in row.cells]
    rights = dict.fromkeys(entry.part_of for cell in main for entry in cell)
    named = sorted(rights, key=lambda slug: slug is None)  # stable: the order met, None last
    return tuple(
        Line(
            published.entries.get(slug or ""),
            tuple(tuple(entry for entry in cell if entry.part_of == slug) for cell in main),
        )
        for slug in named
    )
