"""GET or POST /places: which district and council a typed place or a point is in."""

from typing import Any

from starlette.responses import Response

from directory.places import PlaceAnswer
from directory.places.point import DECIMALS
from offer.api.calls import Call, written
from offer.api.given import PlaceGiven
from offer.api.shapes.places import MatchShape, PlaceReply
from offer.common_words import same_words
from offer.place_reading import credit, read_place


async def place(call: Call, given: PlaceGiven) -> Response:
    """A place nobody knows is an answer too: precision `none`, with a sentence on what to do."""
    query, answer = await _read(call, given)
    reply = PlaceReply(
        query=query,
        read_as=answer.read_as,
        kind=answer.query_kind,
        precision=answer.precision,
        matches=[MatchShape.model_validate(match) for match in answer.matches],
        note=answer.note,
        **_same(call, answer),
        **online_of(answer),
    )
    return written(call, reply, private=True)


def _same(call: Call, answer: PlaceAnswer) -> dict[str, Any]:
    """What several districts have in common; the field stands only where they are several."""
    codes = [match.district.gss for match in answer.matches]
    return {"same": list(same_words(call.published, codes, call.today))} if len(codes) > 1 else {}


async def _read(call: Call, given: PlaceGiven) -> tuple[str, PlaceAnswer]:
    """What was asked, said back, and its answer."""
    if given.lat is None or given.lon is None:
        return given.q or "", await read_place(call.request, call.published, given.q or "", call.today)
    point = f"{given.lat:.{DECIMALS}f},{given.lon:.{DECIMALS}f}"
    return point, call.published.places.at(given.lat, given.lon, call.today)


def online_of(answer: PlaceAnswer) -> dict[str, Any]:
    """The fields of a reply that stand only where a geocoder was asked."""
    if answer.online is None:
        return {}
    return {"online": answer.online, **({"attribution": credit(answer)} if credit(answer) else {})}
