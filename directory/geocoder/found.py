"""From a geocoder's points to an answer: the districts they lie in, and the sentences that go with it.

An online answer is a suggestion: a street name may lie anywhere, so pages ask the person
to say yes to the district, also when there is only one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from directory.geocoder.outcome import Spot
from directory.phrase import phrase
from directory.places import Areas
from directory.places.answers import Match, PlaceAnswer, Precision, abroad
from directory.places.matching import match_of, nation_of

ATTRIBUTION = "© OpenStreetMap contributors"
DistrictsAt = Callable[[float, float], Iterable[str]]  # WGS84 degrees → codes; none where no postcode is near

COULD_NOT = PlaceAnswer(
    "none", "none", online="failed",
    note=phrase(
        "We could not look this up just now. Try again later, or type your postcode, a town nearby or the "
        "name of your council."
    ),
)  # fmt: skip
BUSY = replace(
    COULD_NOT,
    note=phrase(
        "We could not look this up just now, because many people are asking. Wait a minute, or type your "
        "postcode, a town nearby or the name of your council."
    ),
)
NOTHING = PlaceAnswer(
    "none", "none", online="nothing",
    note=phrase(
        "We looked online too, and that place was not there: check the spelling, or type your postcode, a "
        "town nearby or the name of your council."
    ),
)  # fmt: skip
NOWHERE = PlaceAnswer(
    "place", "none", online="found",
    note=phrase(
        "That place is not in England, or far from any address: Type your postcode, a town nearby or the "
        "name of your council."
    ),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FoundPlace:
    """One district that a typed place may be in, and a point rounded to about a kilometre.

    `district` is "" where the point lies near no postcode. This is what is kept: enough to
    answer again, too little to say which street was typed.
    """

    district: str
    lat: float
    lon: float


def places_of(spots: Iterable[Spot], districts_at: DistrictsAt) -> tuple[FoundPlace, ...]:
    """One place a district, the geocoder's best first."""
    found: dict[str, FoundPlace] = {}
    for spot in spots:
        for code in tuple(districts_at(spot.lat, spot.lon)) or ("",):
            found.setdefault(code, FoundPlace(code, round(spot.lat, 2), round(spot.lon, 2)))
    return tuple(found.values())


def answer_of(areas: Areas, found: Iterable[FoundPlace], on: date) -> PlaceAnswer:
    """What the found places come to on a day; nothing found is said to be nothing found."""
    found = tuple(found)
    if not found:
        return NOTHING
    matches: dict[str, Match] = {}
    for place in found:
        match = match_of(areas, place.district, on)
        if match is not None:
            matches.setdefault(match.district.gss, replace(match, lat=place.lat, lon=place.lon))
    return _matched(tuple(matches.values()), nation_of(areas, matches.values())) if matches else NOWHERE


def _matched(matches: tuple[Match, ...], nation: str | None) -> PlaceAnswer:
    precision: Precision = "about" if len(matches) == 1 else "several"
    if len(matches) > 1:
        note: str = phrase(
            "More than one place has that name: choose yours, add the town, or type your postcode."
        )
    elif nation in ("england", None):
        note = phrase(
            "OpenStreetMap puts that in %(district)s: if that is wrong, type your postcode.",
            district=matches[0].district.name,
        )
    else:
        note = abroad(nation)
    return PlaceAnswer("place", precision, matches, None, note, nation, online="found")
