"""In a visit: the room itself, and everything either of the two can do there.

Each deed is a POST that leads back to the room, so that all works without script; with script the
room is sent anew to both pages (offer.pages.visit_live).
"""

import json
from collections.abc import Awaitable, Callable
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
from offer.pages.edition import edition_of
from offer.pages.forms import Filled, fill
from offer.pages.person_form import Hidden
from offer.pages.rendering import Page, html_of, render
from offer.pages.sharing import code_of as square_of
from offer.pages.typed_form import PLACE, Typed
from offer.pages.visit_answers import Sent, merged, questions_of, without
from offer.pages.visit_cookies import (
    forget,
    keep_member,
    language_of,
    member_of,
    path_of,
    waiting_of,
)
from offer.pages.visit_view import (
    Knock,
    RoomPage,
    code_of,
    door_number,
    ends_at,
    question_names,
    room_parts,
    shown_of,
)
from offer.person import facts_told
from offer.place_reading import read_place
from offer.published import Published
from offer.visits import store
from offer.visits.cookies import Member, Waiting
from offer.visits.shared import LeftOut, Shared, answered, pointed, taken_out


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorPage(Page):
    """Before the room. `state`: "ask" to be let in, "waiting", "full" or "over"."""

    visit: str
    state: str
    number: int = 0


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


Deed = Callable[[Request, Inside, Sent], Awaitable[Response]]


async def room(request: Request) -> Response:
    """GET: the room for its two people, the door for everybody else."""
    visit = request.path_params["visit"]
    database = request.app.state.live.database
    try:
        signing = await store.signing_key(database, visit, now())
        member, waiting = member_of(request, signing), waiting_of(request, signing)
        if member is not None:
            return await show_room(request, Inside(visit, signing, member))
        if waiting is not None:
            return await _waiting(request, visit, waiting, signing)
    except store.Over:
        return door(request, visit, "over", 410)
    return door(request, visit, "ask")


async def _waiting(request: Request, visit: str, waiting: Waiting, signing: str) -> Response:
    member = await store.enter(request.app.state.live.database, visit, waiting, now())
    if member is None:
        return door(request, visit, "waiting", waiting=waiting)
    request.app.state.live.visits.wake(visit)
    reply = RedirectResponse(path_of(visit), 303, dict(PRIVATE))
    keep_member(request, reply, visit, member, signing)
    return reply


def door(
    request: Request, visit: str, state: str, status: int = 200, waiting: Waiting | None = None
) -> HTMLResponse:
    """The page outside: how it stands, and what can be done about it."""
    titles = {
        "ask": later("Join a visit"),
        "waiting": later("Waiting to be let in"),
        "over": later("This visit is over"),
    }
    number = door_number(waiting.id) if waiting else 0
    language = language_of(waiting.language) if waiting else ENGLISH
    with speaking(language):
        page = DoorPage(title=_(titles[state]), visit=visit, state=state, number=number)
        reply = render(request, "visit-door.html", page, status, PRIVATE)
    return HTMLResponse(finished(bytes(reply.body).decode(), language), status, dict(PRIVATE))


async def show_room(request: Request, inside: Inside, refused: Refused | None = None) -> HTMLResponse:
    """The room as a whole page; 422 with what was not done."""
    html = await room_html(request, inside, "pages/visit.html", refused)
    return HTMLResponse(html, 422 if refused else 200, dict(PRIVATE))


async def room_html(request: Request, inside: Inside, template: str, refused: Refused | None = None) -> str:
    """The room in the member's language, whole or the part that changes. Raises Over."""
    live, on = request.app.state.live, today()
    visit = await store.read(live.database, inside.visit, inside.member, now())
    published = edition_of(request)
    typed = Typed(visit.shared.typed)
    filled = fill(typed, published, on, await read_place(request, published, typed.get(PLACE), on))
    language = language_of(inside.member.language)
    with speaking(language):
        page = _page(request, published, visit, inside, filled, on, refused)
        text = html_of(request, template, page, languages=None, tongues=BY_CODE.values())
    return text if language is ENGLISH else finished(text, language)


def _page(
    request: Request, published: Published, visit: store.Visit, inside: Inside, filled: Filled,
    on: date, refused: Refused | None,
) -> RoomPage:  # fmt: skip
    role, shared = inside.member.role, visit.shared
    shown = refused.filled if refused and refused.filled else filled
    question, answers, groups, laws = room_parts(published, visit, role, filled, on)
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
        answers=answers,
        left_out=question_names(shared.left_out),
        groups=groups,
        laws=laws,
        hidden=tuple(Hidden(name, text) for name, text in shared.typed.items()),
        facts=json.dumps(facts_told(filled.person.situation), separators=(",", ":"))
        if filled.person
        else "{}",
        on=on,
    )


async def _answer(request: Request, inside: Inside, sent: Sent) -> Response:
    """What the form holds, over what was said before; refused whole where something is wrong in it."""
    published, on = edition_of(request), today()
    pairs = list(sent)
    if not any(text.strip() for _name, text in pairs):
        raise Refused(words=_("Type or choose an answer first, or go on to something else."))
    place = await read_place(request, published, dict(pairs).get(PLACE, ""), on)

    def how(shared: Shared) -> Shared:
        after = merged(shared.typed, pairs)
        questions = questions_of(shared.typed, after)
        if not questions:
            return shared
        asked = place if after.get(PLACE) == dict(pairs).get(PLACE) else None
        filled = fill(Typed(after), published, on, asked)
        if filled.faults:
            raise Refused(filled)
        return answered(shared, inside.member.role, questions, after)

    return await _changed(request, inside, how)


async def _leave_out(request: Request, inside: Inside, sent: Sent) -> Response:
    """ "I'd rather not answer this here": the young person's alone to say."""
    fact = dict(sent).get("fact", "")
    if inside.member.role != "young_person" or not question_names([fact]):
        raise Refused(words=_("Only the young person can take a question out."))
    return await _changed(
        request, inside, lambda shared: taken_out(shared, fact, without(shared.typed, fact))
    )


async def _point(request: Request, inside: Inside, sent: Sent) -> Response:
    """ "Look at this", or the finger taken away."""
    at = dict(sent).get("at", "")
    known = at if at in edition_of(request).entries else ""
    return await _changed(request, inside, lambda shared: pointed(shared, inside.member.role, known))


async def _changed(request: Request, inside: Inside, how: Callable[[Shared], Shared]) -> Response:
    live = request.app.state.live
    try:
        await store.change(live.database, inside.visit, inside.member, how, now())
    except LeftOut:
        raise Refused(words=_("They would rather not answer this here. Ask about something else.")) from None
    live.visits.wake(inside.visit)
    return _back(inside)


async def _admit(request: Request, inside: Inside, sent: Sent) -> Response:
    live, knock = request.app.state.live, dict(sent).get("knock", "")
    try:
        await store.admit(live.database, inside.visit, inside.member, knock, now())
    except store.Full:
        raise Refused(words=_("Nobody waits there any more, or two of you are here already.")) from None
    live.visits.wake(inside.visit)
    return _back(inside)


async def _turn_away(request: Request, inside: Inside, sent: Sent) -> Response:
    live, knock = request.app.state.live, dict(sent).get("knock", "")
    await store.turn_away(live.database, inside.visit, inside.member, knock, now())
    live.visits.wake(inside.visit)
    return _back(inside)


async def _speak(request: Request, inside: Inside, sent: Sent) -> Response:
    """The language this person reads from now on."""
    language = language_of(dict(sent).get("language", ""))
    reply = _back(inside)
    member = Member(inside.member.id, inside.member.role, inside.member.key, language.code)
    keep_member(request, reply, inside.visit, member, inside.signing)
    return reply


async def _leave(request: Request, inside: Inside, sent: Sent) -> Response:
    live = request.app.state.live
    await store.leave(live.database, inside.visit, inside.member)
    return _gone(request, inside)


async def _wipe(request: Request, inside: Inside, sent: Sent) -> Response:
    live = request.app.state.live
    await store.wipe(live.database, inside.visit, inside.member)
    return _gone(request, inside)


def _back(inside: Inside) -> RedirectResponse:
    return RedirectResponse(path_of(inside.visit), 303, dict(PRIVATE))


def _gone(request: Request, inside: Inside) -> Response:
    request.app.state.live.visits.wake(inside.visit)
    language = language_of(inside.member.language)
    with speaking(language):
        reply = render(request, "visit-left.html", Page(title=_("You have left the visit")), headers=PRIVATE)
    html = HTMLResponse(finished(bytes(reply.body).decode(), language), 200, dict(PRIVATE))
    forget(html, inside.visit)
    return html


_DEEDS: dict[str, Deed] = {
    "answer": _answer,
    "leave-out": _leave_out,
    "point": _point,
    "admit": _admit,
    "turn-away": _turn_away,
    "language": _speak,
    "leave": _leave,
    "wipe": _wipe,
}


def _doing(deed: Deed) -> Callable[[Request], Awaitable[Response]]:
    """POST /visit/{visit}/…: one deed of a member; everybody else sees the door."""

    async def do(request: Request) -> Response:
        visit = request.path_params["visit"]
        try:
            signing = await store.signing_key(request.app.state.live.database, visit, now())
            member = member_of(request, signing)
            if member is None:
                return door(request, visit, "ask", 403)
            inside = Inside(visit, signing, member)
            async with request.form() as form:
                sent = [(name, text) for name, text in form.multi_items() if isinstance(text, str)]
            try:
                with speaking(language_of(member.language)):
                    return await deed(request, inside, sent)
            except Refused as refused:
                return await show_room(request, inside, refused)
        except store.Over:
            return door(request, visit, "over", 410)

    return do


ROUTES = (
    Route("/visit/{visit}", room),
    *(Route(f"/visit/{{visit}}/{name}", _doing(deed), methods=["POST"]) for name, deed in _DEEDS.items()),
)
