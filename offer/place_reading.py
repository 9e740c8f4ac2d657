"""How a typed place is read: by our own lists and, where this council switched it on, a geocoder after them.

Only boxes that ask for a place come here. Words searched, names of councils and the
postcode of a check never do: they are read offline alone.
"""

from datetime import date

from starlette.requests import Request

from directory.geocoder import ATTRIBUTION
from directory.places import PlaceAnswer
from offer.published import Published


async def read_place(request: Request, published: Published, text: str, on: date) -> PlaceAnswer:
    """What a typed place is. Never raises; asks the database only where the geocoder is on."""
    offline = published.places.read(text, on)
    online = request.app.state.live.online
    return offline if online is None else await online.complete(text, offline, on)


def credit(answer: PlaceAnswer | None) -> str:
    """Whom to name beside an answer that came from a geocoder; "" for our own."""
    return ATTRIBUTION if answer is not None and answer.online == "found" else ""
