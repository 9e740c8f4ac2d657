"""What the views say to the counter. Nothing of a crisis, and nothing that no person did, gets that far."""

import re

from starlette.datastructures import Headers
from starlette.requests import Request

from offer.clock import now
from offer.live import live_of
from search.crisis import needs
from search.finder import Found

_ROBOT = re.compile("bot|crawl|spider|slurp|preview|headless|monitor|python|curl|wget", re.IGNORECASE)
_FETCHED_AHEAD = ("sec-purpose", "purpose", "x-moz")


def by_hand(headers: Headers) -> bool:
    """Whether a browser says that somebody opens a page: no page fetched ahead, no robot.

    A browser that does not say is not counted: too few rather than too many. They have said so since 2020,
    Safari since March 2023, over https or on the machine itself.
    """
    if headers.get("sec-fetch-mode") != "navigate" or headers.get("sec-fetch-dest") != "document":
        return False
    ahead = any("prefetch" in headers.get(name, "") for name in _FETCHED_AHEAD)
    return not ahead and not _ROBOT.search(headers.get("user-agent", ""))


def note_search(request: Request, typed: str, words: str, found: Found) -> None:
    """Counts a search that found nothing. `typed` is all that was typed, `words` what was searched of it."""
    if found.total or found.crisis or needs(typed):
        return
    live = live_of(request)
    live.looking.asked(live.published.finder.countable(words), now())


def note_opening(request: Request, kind: str, slug: str) -> None:
    """Counts the page of a published entry or service that somebody opened."""
    if request.method == "GET" and by_hand(request.headers):
        live_of(request).looking.opened((kind, slug), now())
