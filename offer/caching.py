"""Who may keep a reply, and for how long (RFC 9111): decided here for pages, API and open data."""

import hashlib
from collections.abc import Mapping
from types import MappingProxyType

from starlette.requests import Request


def _kept(how: str) -> Mapping[str, str]:
    return MappingProxyType({"Cache-Control": how})


# What held a postcode, a birthday or a crisis is kept nowhere, not even by the browser.
PRIVATE = _kept("no-store")
# A person's answers, step by step: Back works, and no other cache keeps them.
KEEP_PRIVATE = _kept("private, no-cache")
# Starting again: the browser drops what it kept of ours, so that Back does not show it. The list that
# somebody saved for no signal and their shortlist are storage, and stay.
FORGET = MappingProxyType({"Cache-Control": "no-store", "Clear-Site-Data": '"cache"'})
# A phone's own copy, which it asks about each time.
ASK_AGAIN = _kept("no-cache")
PUBLIC = _kept("public, max-age=60")
FIVE_MINUTES = _kept("public, max-age=300")
HOUR = _kept("public, max-age=3600")
DAY = _kept("public, max-age=86400")
FOR_EVER = _kept("public, max-age=31536000, immutable")  # its name changes when it does


def tag_of(body: bytes) -> str:
    """The ETag of a body. Weak: the same body may be sent compressed or not."""
    return f'W/"{hashlib.sha256(body).hexdigest()[:24]}"'


def has_copy(request: Request, tag: str) -> bool:
    """Whether the asker holds this very body already: answer 304."""
    return tag in request.headers.get("if-none-match", "")
