"""The public pages: route → view → pure function → view model → template."""

from starlette.routing import Route

from offer.pages import start


def routes() -> list[Route]:
    """Every public page. Each module of this folder names its own in `ROUTES`."""
    groups: tuple[tuple[Route, ...], ...] = (start.ROUTES,)
    return [route for group in groups for route in group]
