"""GET or POST /places: which district and council a typed place or a point is in."""

from starlette.responses import Response

from directory.places import PlaceAnswer
from directory.places.point import DECIMALS
from offer.api.calls import Call, written
from offer.api.given import PlaceGiven
from offer.api.shapes import MatchShape, PlaceReply


async def place(call: Call, given: PlaceGiven) -> Response:
    """A place nobody knows is an answer too: precision `none`, with a sentence on what to do."""
    query, answer = _read(call, given)
    reply = PlaceReply(
        query=query,
        read_as=answer.read_as,
        kind=answer.query_kind,
        precision=answer.precision,
        matches=[MatchShape.model_validate(match) for match in answer.matches],
        note=answer.note,
    )
    return written(call, reply, private=True)


def _read(call: Call, given: PlaceGiven) -> tuple[str, PlaceAnswer]:
    """What was asked, said back, and its answer."""
    places = call.published.places
    if given.lat is None or given.lon is None:
        return given.q or "", places.read(given.q or "", call.today)
    point = f"{given.lat:.{DECIMALS}f},{given.lon:.{DECIMALS}f}"
    return point, places.at(given.lat, given.lon, call.today)
