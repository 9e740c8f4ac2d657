"""What a council, or England, sets for itself: second eyes, who is told, its colour, its own kinder words."""

from dataclasses import dataclass, replace

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from offer.clock import now
from offer.live import live_of
from offer.pages.staff.councils import PATH
from offer.pages.staff.view import StaffPage, me_of, place_name, said, show
from offer.staff.accounts import read_email
from offer.staff.change import ScopeSettings
from offer.staff.councils import colour_fault, set_for
from offer.staff.roles import NATIONAL
from offer.staff.scope_settings import settings_of
from offer.staff.words.kinder import as_lines, from_kept, our_terms, read_lines, to_kept

_ROUTE = f"{PATH}/{{scope}}/settings"
_MAIL = "Type an email address, such as leavingcare@council.example, or leave it empty."
MOST_WORDS = 40_000  # signs of a council's list


@dataclass(frozen=True, slots=True)
class Typed:
    """The settings as they stand in the form, and what is wrong with them by field."""

    four_eyes: bool
    team: str
    mail: str
    escalate_mail: str
    colour: str
    words: str
    faults: tuple[tuple[str, str], ...] = ()

    def fault(self, field: str) -> str:
        """What is wrong with a field; "" for nothing."""
        return dict(self.faults).get(field, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsPage(StaffPage):
    """The form; the page itself is in the colour that stands. `our_words`: how many our own list has.

    `national`: content of England is in the colour of the service, so none is asked for.
    """

    place: str
    href: str
    typed: Typed
    our_words: int
    national: bool


async def form(request: Request) -> Response:
    """GET /staff/councils/{scope}/settings."""
    held = await settings_of(live_of(request).database, request.path_params["scope"])
    done = "Saved." if "saved" in request.query_params else ""
    return _page(request, _typed(held), done=done)


async def save(request: Request) -> Response:
    """POST …/settings: kept, and the colour published; or the form again with what is wrong."""
    me, live, scope = me_of(request), live_of(request), request.path_params["scope"]
    typed = _read(await request.form())
    if typed.faults:
        return _page(request, typed, status=422)
    held = await settings_of(live.database, scope)
    terms = read_lines(typed.words)[0]
    words = to_kept(terms) if terms or from_kept(held.words) else held.words
    after = replace(
        held, four_eyes=typed.four_eyes, team=typed.team, mail=typed.mail,
        escalate_mail=typed.escalate_mail, colour=typed.colour, words=words,
    )  # fmt: skip
    await set_for(live.database, held, after, me.by, now())
    if live.watch is not None:
        await live.watch.look()
    return RedirectResponse(f"{PATH}/{scope}/settings?saved", 303)


def _typed(held: ScopeSettings) -> Typed:
    return Typed(
        held.four_eyes, held.team, held.mail, held.escalate_mail, held.colour, as_lines(from_kept(held.words))
    )


def _read(form: FormData) -> Typed:
    mail, escalate = said(form, "mail", 254), said(form, "escalate_mail", 254)
    colour, words = said(form, "colour", 20).lower(), said(form, "words", MOST_WORDS)
    found = {
        "mail": "" if not mail or read_email(mail) else _MAIL,
        "escalate_mail": "" if not escalate or read_email(escalate) else _MAIL,
        "colour": colour_fault(colour),
        "words": " ".join(read_lines(words)[1]),
    }
    return Typed(
        said(form, "four_eyes") != "no",
        said(form, "team", 120),
        read_email(mail) or mail,
        read_email(escalate) or escalate,
        colour,
        words,
        tuple((name, fault) for name, fault in found.items() if fault),
    )


def _page(request: Request, typed: Typed, *, done: str = "", status: int = 200) -> Response:
    scope = request.path_params["scope"]
    title = f"Settings: {place_name(request, scope)}"
    view = SettingsPage(
        title=f"Error: {title}" if typed.faults else title,
        path=PATH,
        me=me_of(request),
        done=done,
        place=place_name(request, scope),
        href=f"{PATH}/{scope}",
        typed=typed,
        our_words=len(our_terms()),
        national=scope == NATIONAL,
        of_council=scope,
    )
    return show(request, "council-settings", view, status)


ROUTES = (Route(_ROUTE, form), Route(_ROUTE, save, methods=["POST"]))
