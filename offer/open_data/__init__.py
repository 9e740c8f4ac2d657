"""Everything open, in the forms other systems read: site map, feed of changes, tables, calendars.

Each is made from the edition in memory and asks the database nothing.
"""

from starlette.routing import Route

from offer.open_data import changes, downloads, sessions, site_map


def routes() -> list[Route]:
    """Every open form. Each module of this folder names its own in `ROUTES`."""
    groups: tuple[tuple[Route, ...], ...] = (
        site_map.ROUTES,
        changes.ROUTES,
        downloads.ROUTES,
        sessions.ROUTES,
    )
    return [route for group in groups for route in group]
