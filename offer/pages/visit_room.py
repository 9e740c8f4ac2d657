"""In a visit: the room as each of the two people sees it, and the door for everybody else.

What they do there are deeds (offer.pages.visit_deeds); with script the room is sent anew to both pages
(offer.pages.visit_live).
"""

from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from offer.caching import PRIVATE
from offer.clock import now, today
from offer.language import gettext as _
from offer.language import later, speaking
from offer.languages.finishing import finished
from offer.languages.known import BY_CODE, ENGLISH
from offer.live import live_of
from offer.pages.edition import edition_of
from offer.pages.forms import Filled
from offer.pages.person_form import Hidden
from offer.pages.rendering import Page, html_of, render
from offer.pages.sharing import code_of as square_of
from offer.pages.typed_form import PLACE, Typed
from offer.pages.visit_answers import Standing, standing
from offer.pages.visit_cookies import (
    keep_member,
    language_of,
    member_of,
    path_of,
    spoken_here,
    waiting_of,
)
from offer.pages.visit_view import (
    Knock,
    RoomPage,
    code_of,
    door_number,
    ends_at,
    latest_of,
    question_names,
    room_parts,
    row_of,
    shown_of,
)
from offer.place_reading import read_place
from offer.published import Published
from offer.visits import joining, store
from offer.visits.cookies import Member, Waiting


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorPage(Page):
    """Before the room. `state`: "ask" to be let in, "odd", "waiting", "handed" or "over".

    `handed`: the key, for the tab to open; "" where it is gone.
    """

    visit: str
    state: str
    number: int = 0
    handed: str = ""


@dataclass(frozen=True, slots=True)
class Inside:
    """A member at the address of their visit."""

    visit: str
    signing: str
    member: Member


class Refused(Exception):  # noqa: N818 - it is an answer
    """A deed that was not done: faults of the form, or one sentence."""

    def __init__(self, filled: Filled | None = None, words: str = "") -> None:
        super().__init__()
        self.filled, self.words = filled, words


async def room(request: Request) -> Response:
    """GET: the room for its two people, the door for everybody else."""
    visit = request.path_params["visit"]
    database = live_of(request).database
    try:
        signing = await store.signing_key(database, visit, now())
        member, waiting = member_of(request, signing), waiting_of(request, signing)
        if member is not None:
            inside = Inside(visit, signing, member)
            if waiting is not None:
                await _knocked_at_home(request, inside, waiting)
            return await show_room(request, inside)
        if waiting is not None:
            return await show_waiting(request, visit, waiting, signing)
    except store.Over:
        return door(request, visit, "over", 410)
    return door(request, visit, "ask")


async def _knocked_at_home(request: Request, inside: Inside, waiting: Waiting) -> None:
    """Somebody who is in typed the code too: they must not be let in as the second person."""
    live = live_of(request)
    if await joining.waits(live.database, inside.visit, waiting.id, now()):
        await joining.turn_away(live.database, inside.visit, inside.member, waiting.id, now())
        live.visits.wake(inside.visit)


async def show_waiting(
    request: Request, visit: str, waiting: Waiting, signing: str, status: int = 200
) -> Response:
    """How it stands for somebody who knocked; on into the room where their cookie opens it. Raises Over."""
    entered = await joining.enter(live_of(request).database, visit, waiting, now())
    if entered is None:
        return door(request, visit, "waiting", status, waiting)
    if isinstance(entered, joining.Handed):
        return door(request, visit, "handed", status, waiting, entered.box)
    live_of(request).visits.wake(visit)
    reply = RedirectResponse(path_of(visit), 303, dict(PRIVATE))
    keep_member(request, reply, visit, entered, signing)
    return reply


_TITLES = {
    "ask": later("Join a visit"),
    "odd": later("Join a visit"),
    "waiting": later("Waiting to be let in"),
    "handed": later("They have let you in"),
    "over": later("This visit is over"),
}


def door(
    request: Request, visit: str, state: str, status: int = 200, waiting: Waiting | None = None,
    handed: str = "",
) -> HTMLResponse:  # fmt: skip
    """The page outside: how it stands, and what can be done about it.

    In the language of whoever waits; of a stranger only their browser says which it is.
    """
    number = door_number(waiting.id) if waiting else 0
    language = language_of(waiting.language if waiting else spoken_here(request))
    with speaking(language):
        page = DoorPage(title=_(_TITLES[state]), visit=visit, state=state, number=number, handed=handed)
        reply = render(request, "visit-door.html", page, status, PRIVATE)
    return HTMLResponse(finished(bytes(reply.body).decode(), language), status, dict(PRIVATE))


async def show_room(request: Request, inside: Inside, refused: Refused | None = None) -> HTMLResponse:
    """The room as a whole page; 422 with what was not done. Raises Over."""
    visit = await read_visit(request, inside)
    html = await room_html(request, inside, visit, "pages/visit.html", refused)
    return HTMLResponse(html, 422 if refused else 200, dict(PRIVATE))


async def read_visit(request: Request, inside: Inside) -> store.Visit:
    """The visit as it stands now. Raises Over."""
    return await store.read(live_of(request).database, inside.visit, inside.member, now())


def mark_of(request: Request, inside: Inside, visit: store.Visit) -> str:
    """What a room turns on, besides its reader: alike for two that are alike. It tells nothing of anybody."""
    edition = edition_of(request).version
    return f"{visit.version}.{edition}.{today():%Y%m%d}.{language_of(inside.member.language).code}"


async def room_html(
    request: Request, inside: Inside, visit: store.Visit, template: str, refused: Refused | None = None
) -> str:
    """The room in the member's language, whole or the part that changes."""
    published, on = edition_of(request), today()
    typed = Typed(visit.shared.typed)
    place = await read_place(request, published, typed.get(PLACE), on)
    stand = standing(typed.values, published, on, place)
    language = language_of(inside.member.language)
    with speaking(language):
        page = _page(request, published, visit, inside, stand, on, refused)
        text = html_of(request, template, page, languages=None, tongues=BY_CODE.values())
    return text if language is ENGLISH else finished(text, language)


def _page(
    request: Request, published: Published, visit: store.Visit, inside: Inside, stand: Standing,
    on: date, refused: Refused | None,
) -> RoomPage:  # fmt: skip
    role, shared, filled = inside.member.role, visit.shared, stand.filled
    shown = refused.filled if refused and refused.filled else filled
    shared_answers = live_of(request).visit_answers
    parts = room_parts(published, visit, role, filled, on, shared_answers)
    question, answers = parts.question, parts.answers
    code = code_of(visit)
    square = square_of(request, path_of(visit.id), _("A square code that leads to this visit"))
    return RoomPage(
        title=_("Your visit"),
        visit=visit.id,
        role=role,
        change=shared.change,
        ends=ends_at(visit),
        alone=len(visit.here) < 2,
        code=code,
        square=square if code else None,
        knocks=tuple(Knock(each, door_number(each)) for each in visit.knocking),
        shown=shown_of(published, shared, role),
        question=question if question is None or question.fact not in shared.left_out else None,
        faults=shown.faults,
        refused=refused.words if refused else "",
        aside=question_names(stand.aside),
        latest=latest_of(answers, shared),
        crossed=row_of(answers, shared.crossed),
        answers=answers,
        left_out=question_names(shared.left_out),
        groups=parts.groups,
        before=parts.before,
        laws=parts.laws,
        hidden=tuple(Hidden(name, text) for name, text in filled.typed.values.items()),
        on=on,
    )


ROUTES = (Route("/visit/{visit}", room),)
