"""Rendering what is the same for everybody: once a minute, whoever asks."""

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import HTMLResponse

from offer.clock import now
from offer.compressed import AS_BROTLI, takes_brotli
from offer.language import spoken
from offer.languages.known import ENGLISH
from offer.live import live_of
from offer.pages.rendering import Page, asked_again, is_read, render, whole


def render_for_all(request: Request, template: str, make: Callable[[], Page]) -> HTMLResponse:
    """`render` of a page that says the same to everybody who asks at its address in one minute.

    Words behind a "?" may be somebody's own: a page that was asked for with any is never kept.
    """
    if request.url.query or not is_read(request):
        return render(request, template, make())
    live = live_of(request)
    key = (str(request.url), spoken().code)
    page = live.pages.of(live.published, now(), key, lambda: whole(request, template, make()))
    # Other languages are finished on the way out (offer/languages/middleware.py), and packed after that.
    if spoken() is ENGLISH and takes_brotli(request.headers.get("accept-encoding", "")):
        return asked_again(request, HTMLResponse(page.in_brotli, headers=AS_BROTLI), page.tag)
    return asked_again(request, HTMLResponse(page.body), page.tag)
