"""What either of the two can do in a visit.

Each deed is a POST that leads back to the room, so that all works without script. What cannot be done
is refused there, and nothing else is lost.
"""

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from offer.caching import PRIVATE
from offer.clock import now, today
from offer.language import gettext as _
from offer.language import speaking
from offer.live import live_of
from offer.pages.edition import edition_of
from offer.pages.forms import fill
from offer.pages.typed_form import PLACE, Typed
from offer.pages.visit_answers import Sent, merged, questions_of, standing, without
from offer.pages.visit_cookies import keep_member, language_of, member_of, path_of
from offer.pages.visit_leaving import leave, wipe
from offer.pages.visit_room import Inside, Refused, door, show_room
from offer.pages.visit_view import question_names
from offer.place_reading import read_place
from offer.visits import joining, store
from offer.visits.cookies import Member
from offer.visits.shared import LeftOut, Shared, answered, pointed, taken_out

SEEN_CHANGE = "seen_change"  # a hidden field of each form that answers
Deed = Callable[[Request, Inside, Sent], Awaitable[Response]]


async def _answer(request: Request, inside: Inside, sent: Sent) -> Response:
    """What the form holds, over what was said before; refused whole where something is wrong in it."""
    published, on = edition_of(request), today()
    pairs, seen = [(name, text) for name, text in sent if name != SEEN_CHANGE], _seen(sent)
    if not any(text.strip() for _name, text in pairs):
        raise Refused(words=_("Type or choose an answer first, or go on to something else."))
    place = await read_place(request, published, dict(pairs).get(PLACE, ""), on)

    def how(shared: Shared) -> Shared:
        after = merged(shared.typed, pairs)
        questions = questions_of(shared.typed, after)
        if not questions:
            return shared
        asked = place if after.get(PLACE) == dict(pairs).get(PLACE) else None
        fitting = standing(shared.typed, published, on).filled.typed.values  # the rest stands in nobody's way
        filled = fill(Typed(merged(fitting, pairs)), published, on, asked)
        if filled.faults:
            raise Refused(filled)
        return answered(shared, inside.member.role, questions, after, seen)

    return await _changed(request, inside, how)


def _seen(sent: Sent) -> int | None:
    """The change that stood on the page which sent this."""
    text = dict(sent).get(SEEN_CHANGE, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None


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
    live = live_of(request)
    try:
        await store.change(live.database, inside.visit, inside.member, how, now())
    except LeftOut:
        raise Refused(words=_("They would rather not answer this here. Ask about something else.")) from None
    live.visits.wake(inside.visit)
    return _back(inside)


async def _admit(request: Request, inside: Inside, sent: Sent) -> Response:
    live, knock = live_of(request), dict(sent).get("knock", "")
    try:
        await joining.admit(live.database, inside.visit, inside.member, knock, now())
    except store.Full:
        raise Refused(words=_("Nobody waits there any more, or two of you are here already.")) from None
    live.visits.wake(inside.visit)
    return _back(inside)


async def _turn_away(request: Request, inside: Inside, sent: Sent) -> Response:
    live, knock = live_of(request), dict(sent).get("knock", "")
    await joining.turn_away(live.database, inside.visit, inside.member, knock, now())
    live.visits.wake(inside.visit)
    return _back(inside)


async def _speak(request: Request, inside: Inside, sent: Sent) -> Response:
    """The language this person reads from now on."""
    language = language_of(dict(sent).get("language", ""))
    reply = _back(inside)
    member = Member(inside.member.id, inside.member.role, inside.member.key, language.code)
    keep_member(request, reply, inside.visit, member, inside.signing)
    return reply


def _back(inside: Inside) -> RedirectResponse:
    return RedirectResponse(path_of(inside.visit), 303, dict(PRIVATE))


_DEEDS: dict[str, Deed] = {
    "answer": _answer,
    "leave-out": _leave_out,
    "point": _point,
    "admit": _admit,
    "turn-away": _turn_away,
    "language": _speak,
    "leave": leave,
    "wipe": wipe,
}


def _doing(deed: Deed) -> Callable[[Request], Awaitable[Response]]:
    """POST /visit/{visit}/…: one deed of a member; everybody else sees the door."""

    async def do(request: Request) -> Response:
        visit = request.path_params["visit"]
        try:
            signing = await store.signing_key(live_of(request).database, visit, now())
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


ROUTES = tuple(
    Route(f"/visit/{{visit}}/{name}", _doing(deed), methods=["POST"]) for name, deed in _DEEDS.items()
)
