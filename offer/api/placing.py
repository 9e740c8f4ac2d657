"""GET or POST /places: which district and council a typed place is in."""

from starlette.responses import Response

from offer.api.calls import Call, written
from offer.api.given import PlaceGiven
from offer.api.shapes import MatchShape, PlaceReply


async def place(call: Call, given: PlaceGiven) -> Response:
    """A place nobody knows is an answer too: precision `none`, with a sentence on what to do."""
    answer = call.published.places.read(given.q, call.today)
    reply = PlaceReply(
        query=given.q,
        read_as=answer.read_as,
        kind=answer.query_kind,
        precision=answer.precision,
        matches=[MatchShape.model_validate(match) for match in answer.matches],
        note=answer.note,
    )
    return written(call, reply, private=True)
