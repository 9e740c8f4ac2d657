"""How a typed place is read: by our own lists and, where this council switched it on, a geocoder after them.

Only boxes that ask for a place may go to a geocoder. Words searched, names of councils and
the postcode of a check never do: they are read offline alone.
"""

from datetime import date

from starlette.requests import Request

from directory.geocoder import ATTRIBUTION
from directory.places import PlaceAnswer, Places
from offer.live import live_of
from offer.published import Published
from search.understanding import PlaceRead, ResolvePlace

_CODES = ("postcode", "outcode", "sector")


async def read_place(request: Request, published: Published, text: str, on: date) -> PlaceAnswer:
    """What a typed place is. Never raises; asks the database only where the geocoder is on."""
    offline = published.places.read(text, on)
    online = live_of(request).online
    return offline if online is None else await online.complete(text, offline, on)


def credit(answer: PlaceAnswer | None) -> str:
    """Whom to name beside an answer that came from a geocoder; "" for our own."""
    return ATTRIBUTION if answer is not None and answer.online == "found" else ""


def place_resolver(places: Places, on: date) -> ResolvePlace:
    """How a query's words are read as places. Labels name districts, towns and half postcodes only."""

    def resolve(text: str) -> PlaceRead | None:
        answer = places.read(text, on)
        if not answer.matches or (answer.query_kind in _CODES and not any(map(str.isdigit, text))):
            return None  # "lesons" is a slip of the keys away from LE5 0NS; among words it is a word
        kind = {"postcode": "postcode", "outcode": "outcode", "sector": "outcode"}.get(
            answer.query_kind, "name"
        )
        district = answer.district
        label = district.name if district else text.strip()
        council = answer.authority if answer.query_kind == "authority" else None
        return PlaceRead(
            kind,  # type: ignore[arg-type]
            label,
            district.gss if district else None,
            tuple((match.district.gss, match.district.name) for match in answer.matches),
            (council.gss, council.name) if council else None,
            (answer.note or "") if answer.read_as else "",
        )

    return resolve
