"""Where the public finds things: the page of each record, and our host for feeds and search engines."""

import re

from starlette.requests import Request

from offer.errors import Problem

OFFER, SERVICE = "entitlement", "service"  # the kinds of record that have a page
CHANGES_FEED = "/open-data/changes"  # of everything with ".atom", below it of one council or entry
_HOST = re.compile(r"[\w.-]+(:\d+)?|\[[0-9A-Fa-f:.]+\](:\d+)?")


def base_of(request: Request) -> str:
    """ "https://offers.example": PUBLIC_URL, else the address asked. Raises Problem 400 for an odd Host."""
    settings = request.app.state.settings
    if settings.public_url:
        return str(settings.public_url)
    if not _HOST.fullmatch(request.url.netloc):
        raise Problem(400, "The Host header of this request names no host.")
    return f"{'https' if settings.https else request.url.scheme}://{request.url.netloc}"


def entry_href(slug: str) -> str:
    """The address of an entitlement's page."""
    return f"/entitlements/{slug}"


def service_href(slug: str) -> str:
    """The address of a service's page."""
    return f"/services/{slug}"


def organisation_href(slug: str) -> str:
    """The address of an organisation's page."""
    return f"/organisations/{slug}"


def sessions_href(slug: str) -> str:
    """The address of a service's times as a calendar."""
    return f"{service_href(slug)}/times.ics"
