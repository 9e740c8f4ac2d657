"""The first page after signing in."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.pages.staff.view import StaffPage, me_of, place_name, show
from offer.staff.roles import ROLE_WORDS


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage(StaffPage):
    """`may`: what this person may do, as place and role in words."""

    may: tuple[tuple[str, str], ...]


async def home(request: Request) -> Response:
    """GET /staff."""
    me = me_of(request)
    may = tuple((place_name(request, each.scope), ROLE_WORDS[each.role]) for each in sorted(me.grants))
    return show(request, "home", HomePage(title="Staff home", path="/staff", me=me, may=may))


ROUTES = (Route("/staff", home),)
