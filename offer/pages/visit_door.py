"""Beginning a visit, and coming to one: a code to read out, and a code to type."""

from dataclasses import dataclass, replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from offer.caching import PRIVATE
from offer.clock import now
from offer.fair_use.place import place_of
from offer.language import gettext as _
from offer.live import live_of
from offer.pages.person_form import Hidden
from offer.pages.rendering import Page, render
from offer.pages.typed_form import EDIT, LAW, SEEN, Typed, typed_of
from offer.pages.visit_cookies import keep_member, path_of, spoken_here
from offer.pages.visit_knocking import SPEAKS
from offer.visits import joining, store
from offer.visits.codes import read_code
from offer.visits.shared import ROLES, Role
from offer.visits.tries import FROM_ONE_PLACE

BEGIN, JOIN = "/visit", "/join"
_NOT_CARRIED = (EDIT, LAW, SEEN)  # what the results page sends of itself


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginPage(Page):
    """What a visit is, and who begins it. `hidden`: the answers that come along."""

    hidden: tuple[Hidden, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinPage(Page):
    """The box for the code, with what was typed and what is wrong with it."""

    typed: str = ""
    error: str = ""


async def explain(request: Request) -> Response:
    """GET /visit: what it is. POST with "ask" (from the results): the same, the answers carried along."""
    hidden: tuple[Hidden, ...] = ()
    if request.method == "POST":
        async with request.form() as form:
            if form.get("role") in ROLES:
                return await begin(
                    request, "adviser" if form["role"] == "adviser" else "young_person", typed_of(form)
                )
            hidden = tuple(Hidden(name, text) for name, text in _carried(typed_of(form)).items())
    page = BeginPage(
        title=_("Look at this together"),
        path=BEGIN,
        description="Two people, two phones, one answer: begin a visit or join one with a code.",
        hidden=hidden,
    )
    return render(request, "visit-begin.html", page, headers=PRIVATE if hidden else None)


def _carried(typed: Typed) -> dict[str, str]:
    return {name: text for name, text in typed.values.items() if name not in _NOT_CARRIED}


async def begin(request: Request, role: Role, typed: Typed) -> Response:
    """A new visit, with the answers somebody brought."""
    live = live_of(request)
    started = await store.start(live.database, role, now(), _carried(typed))
    reply = RedirectResponse(path_of(started.visit), 303, dict(PRIVATE))
    member = replace(started.member, language=spoken_here(request))
    keep_member(request, reply, started.visit, member, started.signing)
    return reply


async def ask_for_code(request: Request) -> Response:
    """GET /join: the box for the code."""
    return _join_page(request)


def _join_page(request: Request, typed: str = "", error: str = "", status: int = 200) -> Response:
    title = _("Join a visit")
    page = JoinPage(
        title=f"{_('Error')}: {title}" if error else title,
        path=JOIN,
        description="Type the code you were given.",
        typed=typed,
        error=error,
    )
    return render(request, "visit-join.html", page, status, PRIVATE if typed else None)


async def join(request: Request) -> Response:
    """POST /join: on to the visit of the code, whose address alone hears from this phone's cookies.

    So somebody who types the code twice still waits under one number.
    """
    async with request.form() as form:
        typed = str(form.get("code") or "")[:40]
    live, place = live_of(request), place_of(request)
    code = read_code(typed)
    if code is None:
        error = _("A code has six letters and numbers, like “C4H K9T”. Ask for it again.")
        return _join_page(request, typed, error, 422)
    if not await live.tries.allowed(place):
        error = _(
            "Too many wrong codes came from here. Wait ten minutes, or scan the square code on the "
            "other phone."
        )
        page = _join_page(request, typed, error, 429)
        page.headers["Retry-After"] = str(FROM_ONE_PLACE.get_expiry())
        return page
    try:
        visit = await joining.visit_of(live.database, code, now())
    except store.Over:
        await live.tries.wrong(place)
        error = _(
            "No visit has this code now. Check it with the other person: a code works for one person, "
            "for two hours at most."
        )
        return _join_page(request, typed, error, 422)
    except store.Full:
        return _join_page(
            request,
            typed,
            _("Too many people have tried to join this visit. Ask the other person to start a new one."),
            422,
        )
    return RedirectResponse(f"{path_of(visit)}/knock?{SPEAKS}={spoken_here(request)}", 307, dict(PRIVATE))


ROUTES = (
    Route(BEGIN, explain, methods=["GET", "POST"]),
    Route(JOIN, ask_for_code),
    Route(JOIN, join, methods=["POST"]),
)
