"""What every staff page has: the menu of what this person may open, and the mark of its forms."""

from dataclasses import dataclass

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from offer.caching import PRIVATE
from offer.clock import today
from offer.council_names import councils_by_name, listed_name
from offer.live import live_of
from offer.pages.rendering import MenuItem, Page, render
from offer.staff.editing.typed import plain
from offer.staff.roles import NATIONAL, may_manage
from offer.staff.rules import RULES, allows
from offer.staff.sessions import Person
from offer.staff.tries import MINUTES

_MENU = (
    ("/staff", "Home"),
    ("/staff/entries", "Entries"),
    ("/staff/changes", "Changes"),
    ("/staff/reports", "Reports"),
    ("/staff/gaps", "Gaps"),
    ("/staff/money", "Money"),
    ("/staff/exchange", "Sheets"),
    ("/staff/councils", "Councils"),
    ("/staff/links", "Sources"),
    ("/staff/people", "People"),
    ("/staff/log", "Log"),
    ("/staff/me", "My account"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffPage(Page):
    """`token` marks the forms of this session. `error`: what went wrong; `done`: what was done; or ""."""

    me: Person | None = None
    english_only: bool = True
    error: str = ""
    done: str = ""

    @property
    def token(self) -> str:
        """The mark of the forms; "" before somebody signed in."""
        return self.me.token if self.me else ""

    @property
    def staff_menu(self) -> tuple[MenuItem, ...]:
        """The pages this person may open."""
        if self.me is None:
            return ()
        grants = self.me.grants
        open_to = ((href, text) for href, text in _MENU if allows(RULES[("GET", href)], grants, {}))
        return tuple(MenuItem(href, text, href == self.path) for href, text in open_to)


def show(request: Request, template: str, page: StaffPage, status: int = 200) -> Response:
    """A staff page, which nobody keeps. `template` is its name without "staff-"."""
    later = {"Retry-After": str(60 * MINUTES)} if status == 429 else {}
    return render(request, f"staff-{template}.html", page, status, {**PRIVATE, **later})


def said(form: FormData, name: str, most: int = 200) -> str:
    """What a form holds under a name in plain signs, without blanks at its ends; "" for nothing or a file."""
    value = form.get(name, "")
    return plain(value).replace("\0", "").strip()[:most] if isinstance(value, str) else ""


def place_name(request: Request, scope: str) -> str:
    """A scope in words: "Lincolnshire", "England (national)"."""
    if scope == NATIONAL:
        return "England (national)"
    area = live_of(request).published.places.authority(scope)
    return listed_name(area.name) if area else scope


def scope_choices(request: Request, me: Person) -> tuple[tuple[str, str], ...]:
    """The scopes in which somebody may give roles, as code and name, England first."""
    councils = councils_by_name(live_of(request).published.places, today())
    every = ((NATIONAL, place_name(request, NATIONAL)), *councils)
    return tuple(each for each in every if may_manage(me.grants, [each[0]]))


def me_of(request: Request) -> Person:
    """Who asks, in a view behind its rule."""
    me: Person = request.state.me
    return me
