"""Where the public finds us: absolute addresses for feeds, site map and search engines."""

import re

from starlette.requests import Request

from offer.errors import Problem

_HOST = re.compile(r"[\w.-]+(:\d+)?|\[[0-9A-Fa-f:.]+\](:\d+)?")


def base_of(request: Request) -> str:
    """ "https://offers.example": PUBLIC_URL, else the address asked. Raises Problem 400 for an odd Host."""
    settings = request.app.state.settings
    if settings.public_url:
        return str(settings.public_url)
    if not _HOST.fullmatch(request.url.netloc):
        raise Problem(400, "The Host header of this request names no host.")
    return f"{'https' if settings.https else request.url.scheme}://{request.url.netloc}"
