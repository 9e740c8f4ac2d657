"""Pages about one place of several somebody has: which one is asked for, and the way to the others."""

from starlette.requests import Request

from offer.errors import Problem
from offer.pages.fields import Choice
from offer.pages.staff.view import me_of, place_name
from offer.staff.roles import NATIONAL, Role, scopes_with

NOT_YOURS = "Your account has no role there. An admin can give it one."


def scope_asked(request: Request, needed: Role = "viewer") -> str:
    """The scope asked for, or the first of this person's, councils before England. 403 for others'."""
    mine = scopes_with(me_of(request).grants, needed)
    asked = request.query_params.get("scope", "")
    if asked and asked not in mine:
        raise Problem(403, NOT_YOURS)
    return asked or min(mine, key=lambda scope: (scope == NATIONAL, scope))


def scope_picks(request: Request, chosen: str, needed: Role = "viewer") -> tuple[Choice, ...]:
    """This person's places by name; () where there is only one."""
    mine = scopes_with(me_of(request).grants, needed)
    named = sorted((place_name(request, scope), scope) for scope in mine)
    return tuple(Choice(scope, name, scope == chosen) for name, scope in named) if len(named) > 1 else ()
