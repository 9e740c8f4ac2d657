"""What there is to choose from in a form, beyond the values of the schema: places, entries, who runs what."""

from collections.abc import Iterable, Mapping
from datetime import date

from offer.entitlements.schema import ENGLAND
from offer.published import Published
from offer.staff.due import Held
from offer.staff.editing.choices import DAYS_OF_MONTH, WEEKDAYS
from offer.staff.editing.read import Names

ALL_ENGLAND = "All of England"
_LISTS = {"organisation": "organisations", "location": "locations", "service": "services"}

Options = Mapping[str, Mapping[str, str]]


def options_of(
    published: Published,
    held: Iterable[Held],
    authority: str,
    authorities: Mapping[str, str],
    on: date,
) -> Options:
    """The choices for a document of an authority; `held`: what there is to point at."""
    found: dict[str, dict[str, str]] = {plural: {} for plural in (*_LISTS.values(), "entries")}
    for each in sorted(held, key=lambda each: each.title.casefold()):
        if each.kind in _LISTS:
            found[_LISTS[each.kind]][each.slug] = each.title
        elif each.authority == ENGLAND:
            found["entries"][each.slug] = each.title
    days = {**WEEKDAYS, **DAYS_OF_MONTH}
    return {
        **found,
        "authorities": authorities,
        "areas": _areas(published, authority, on),
        "every areas": {**published.names, ENGLAND: ALL_ENGLAND},
        "days": WEEKDAYS,
        "every days": days,
    }


def _areas(published: Published, authority: str, on: date) -> dict[str, str]:
    """The council's own area and its districts, then England."""
    districts = published.places.districts_of(authority, on) if authority != ENGLAND else ()
    own = {authority: f"All of {published.names[authority]}"} if authority in published.names else {}
    inner = {area.gss: area.name for area in districts if area.gss != authority}
    return {**own, **inner, ENGLAND: ALL_ENGLAND}


def names_of(published: Published) -> Names:
    """What people type by name: places and days of the month."""
    areas = {name.casefold(): code for code, name in published.names.items()}
    areas |= {code.casefold(): code for code in published.names}
    days = {name.casefold(): day for day, name in {**WEEKDAYS, **DAYS_OF_MONTH}.items()}
    return Names({"areas": {**areas, "england": ENGLAND, ALL_ENGLAND.casefold(): ENGLAND}, "days": days})
