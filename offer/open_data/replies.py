"""A reply that others fetch again and again: kept for a while, and sent again only when it changed."""

import hashlib
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from offer.licence import LICENCE


def open_reply(
    request: Request, body: bytes, media_type: str, headers: Mapping[str, str] | None = None
) -> Response:
    """The body with its licence; 304 where the asker's copy is still the same."""
    # Weak: the same body may be sent compressed or not.
    tag = f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'
    links = [f'<{LICENCE}>; rel="license"', *([given["Link"]] if "Link" in (given := headers or {}) else [])]
    kept = {"ETag": tag, "Cache-Control": "public, max-age=300", **given, "Link": ", ".join(links)}
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=kept)
    return Response(body, headers=kept, media_type=media_type)
