"""The edition a request is answered from."""

from starlette.requests import Request

from offer.live import live_of
from offer.published import Published


def edition_of(request: Request) -> Published:
    """The published catalogue. Raises Problem 503 until the first one is read."""
    return live_of(request).published
