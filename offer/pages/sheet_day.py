"""The day at the foot of every printed page: a style sheet, since only one can write into a page's margin."""

from datetime import date

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.caching import DAY
from offer.language import gettext as _
from offer.languages.dates import said_day


async def printed_on(request: Request) -> Response:
    """GET /print/2026-11-22.css. 404 for what is no day."""
    try:
        day = date.fromisoformat(request.path_params["day"])
    except ValueError:
        raise HTTPException(404) from None
    words = _("Printed on %(day)s.") % {"day": said_day(day)}
    style = f'@page {{ @bottom-left {{ content: "{_quoted(words)}"; font: 9pt sans-serif; }} }}'
    return Response(style, headers=DAY, media_type="text/css")


def _quoted(words: str) -> str:
    """As a string of CSS."""
    return "".join(f"\\{ord(each):x} " if each in '"\\\n<' else each for each in words)


ROUTES = (Route("/print/{day}.css", printed_on),)
