"""What a public body must publish about a service: privacy, cookies, and who can use it."""

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.language import gettext as _
from offer.pages.rendering import Page, render


async def privacy(request: Request) -> Response:
    """GET /privacy: the privacy notice (UK GDPR, Articles 13 and 14)."""
    return _statement(
        request, "privacy.html", _("Your privacy"), _("What happens to what you tell us, and your rights.")
    )


async def cookies(request: Request) -> Response:
    """GET /cookies: that there are none outside a shared visit, and what a phone keeps."""
    return _statement(
        request,
        "cookies.html",
        _("Cookies"),
        _("There are none while you look round. What your phone keeps."),
    )


async def accessibility(request: Request) -> Response:
    """GET /accessibility: the statement that the regulations of 2018 ask for."""
    title = _("Can everyone use this site?")
    return _statement(
        request, "accessibility.html", title, _("What works, what we have not tried, and whom to tell.")
    )


def _statement(request: Request, template: str, title: str, description: str) -> Response:
    view = Page(title=title, path=request.url.path, description=description)
    return render(request, template, view)


ROUTES = (
    Route("/privacy", privacy, name="privacy"),
    Route("/cookies", cookies, name="cookies"),
    Route("/accessibility", accessibility, name="accessibility"),
)
