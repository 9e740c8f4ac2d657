"""A district among others: those of its county, or those next door, each with its rule in a line."""

from dataclasses import dataclass
from datetime import date

from directory.outlines.next_door import next_door
from directory.places import Area
from offer.council_names import plain_name
from offer.council_tax import current, rows_held
from offer.pages.council_tax_kinds import Fact, fact_of
from offer.published import Published


@dataclass(frozen=True, slots=True)
class Beside:
    """A row of the table: the fact of a district; `own` is the one the page is about."""

    fact: Fact
    own: bool


def beside(published: Published, area: Area, on: date) -> tuple[Beside, ...]:
    """The district first, then the others of its county by name; where it is one alone, those next door."""
    upper = published.places.authority_of(area.gss, on)
    if upper is None:  # outside England
        return ()
    county = [each.gss for each in published.places.districts_of(upper.gss, on)]
    others = set(county if len(county) > 1 else next_door(published.places, area.gss, on)) - {area.gss}
    named = sorted(others, key=lambda gss: published.names.get(gss, gss))
    held = rows_held(published)
    return tuple(
        Beside(
            fact_of(gss, plain_name(published.names.get(gss, gss)), current(held.get(gss, ()), on)),
            gss == area.gss,
        )
        for gss in (area.gss, *named)
    )
