"""The edition a request is answered from."""

from starlette.requests import Request

from offer.published import Published


def edition_of(request: Request) -> Published:
    """The published catalogue. Raises Problem 503 until the first one is read."""
    published: Published = request.app.state.live.published
    return published
