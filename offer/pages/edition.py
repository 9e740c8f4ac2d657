"""The edition a request is answered from, and the headers of replies that hold what somebody typed."""

from collections.abc import Mapping
from types import MappingProxyType

from starlette.requests import Request

from offer.published import Published

# A reply to a form that held a postcode or a crisis is kept nowhere, not even by the browser.
PRIVATE: Mapping[str, str] = MappingProxyType({"Cache-Control": "no-store"})


def edition_of(request: Request) -> Published:
    """The published catalogue. Raises Problem 503 until the first one is read."""
    published: Published = request.app.state.live.published
    return published
