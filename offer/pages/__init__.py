"""The public pages: route → view → pure function → view model → template."""

from starlette.routing import Route


def routes() -> list[Route]:
    """Every public page. Each module of this folder names its own in `ROUTES`."""
    groups: tuple[tuple[Route, ...], ...] = ()
    return [route for group in groups for route in group]
