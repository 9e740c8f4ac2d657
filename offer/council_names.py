"""Councils in words: how people call them, and how a form lists them."""

from datetime import date

from directory.places import Area, Places

_OWN_NAMES = {
    "E06000047": "Durham County Council",
    "E06000053": "Council of the Isles of Scilly",
    "E06000057": "Northumberland County Council",
    "E09000001": "City of London Corporation",
}
_COUNTY = "E10"


def council_name(area: Area) -> str:
    """The council of an area as people say it: "Kent County Council", "Bristol City Council"."""
    if area.gss in _OWN_NAMES:
        return _OWN_NAMES[area.gss]
    name = plain_name(area.name)
    if area.gss.startswith(_COUNTY):
        return f"{name} County Council"
    return f"{name} City Council" if area.name.endswith(", City of") else f"{name} Council"


def plain_name(name: str) -> str:
    """The statistical name turned round: "Bristol, City of" → "Bristol", "County Durham" as it is."""
    return name.removesuffix(", City of").removesuffix(", County of").replace("Kingston upon Hull", "Hull")


def listed_name(name: str) -> str:
    """The name under which people look in a list: County Durham stands under D."""
    return "Durham (County Durham)" if name == "County Durham" else plain_name(name)


def councils_by_name(places: Places, on: date) -> tuple[tuple[str, str], ...]:
    """Code and listed name of each council that looks after children, by name."""
    pairs = ((area.gss, listed_name(area.name)) for area in places.authorities(on))
    return tuple(sorted(pairs, key=lambda pair: pair[1]))
