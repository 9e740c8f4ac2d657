"""A reply that others fetch again and again: kept for a while, and sent again only when it changed."""

from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from offer.caching import FIVE_MINUTES, has_copy, tag_of
from offer.licence import LICENCE


def open_reply(
    request: Request, body: bytes, media_type: str, headers: Mapping[str, str] | None = None
) -> Response:
    """The body with its licence; 304 where the asker's copy is still the same."""
    tag = tag_of(body)
    links = [f'<{LICENCE}>; rel="license"', *([given["Link"]] if "Link" in (given := headers or {}) else [])]
    kept = {"ETag": tag, **FIVE_MINUTES, **given, "Link": ", ".join(links)}
    if has_copy(request, tag):
        return Response(status_code=304, headers=kept)
    return Response(body, headers=kept, media_type=media_type)
