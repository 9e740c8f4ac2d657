"""A copy of all that is held of a place, for its admins."""

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from offer.clock import now
from offer.live import live_of
from offer.pages.staff.exchange import PATH
from offer.pages.staff.view import me_of
from offer.staff.acts import note
from offer.staff.full_copy import full_copy


async def copy(request: Request) -> Response:
    """POST /staff/exchange/{place}/copy: the zip; that it was taken is in the log."""
    place, connection = request.path_params["place"], live_of(request).database
    at = now()
    await note(connection, me_of(request).by, "took a full copy", f"scope {place}", at)
    headers = {"Content-Disposition": f'attachment; filename="{place}-{at:%Y-%m-%d}.zip"'}
    return StreamingResponse(full_copy(connection, place, at), headers=headers, media_type="application/zip")


ROUTES = (Route(f"{PATH}/{{place}}/copy", copy, methods=["POST"]),)
