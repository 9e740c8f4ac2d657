"""The buttons of a change. Each sends the mark of the page it stood on: a stale page's button is refused."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType
from typing import Any

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from offer.catalogue.revisions import ChangedMeanwhile
from offer.clock import now, today
from offer.db.errors import Refused
from offer.eligibility.rule import RuleError
from offer.live import live_of
from offer.pages.staff.change import ROUTE, change_page
from offer.pages.staff.changes import PATH
from offer.pages.staff.view import me_of, said
from offer.staff import changes
from offer.staff.change_publishing import publish_change
from offer.staff.change_rows import change_of, was_last
from offer.staff.moment import MOMENT, read_moment

TYPED = ("title", "note", "text", *MOMENT)
# What the log calls that which needs no more than its button: pressed twice by one person it is done once.
_LOGGED: Mapping[str, str] = MappingProxyType(
    {
        "submitted": "asked for review",
        "approved": "approved a change",
        "published": "published a change",
        "dropped": "dropped a change",
    }
)
Act = Callable[[int, FormData, dict[str, Any]], Awaitable[object]]


async def _done(request: Request, act: Act, done: str) -> Response:
    """Does it, and shows the change again; where it is refused the page says why and keeps what was typed."""
    form, me, live = await request.form(), me_of(request), live_of(request)
    change = request.path_params["change"]
    try:
        await act(change, form, {"by": me.by, "at": now(), "seen": said(form, "seen", 60)})
    except Refused as fault:
        if await _is_done(request, change, done, fault):
            return RedirectResponse(f"{PATH}/{change}?done={done}", 303)
        status = 409 if isinstance(fault, ChangedMeanwhile) else 422
        typed = {name: said(form, name, 1000) for name in TYPED}
        return await change_page(request, error=str(fault), typed=typed, status=status)
    if done == "published" and live.watch is not None:
        await live.watch.look()  # so that whoever pressed it sees it at once
    return RedirectResponse(f"{PATH}/{change}?done={done}", 303)


async def _is_done(request: Request, change: int, done: str, fault: Refused) -> bool:
    """Whether whoever asks did just this a moment ago, and nobody anything since."""
    if not isinstance(fault, ChangedMeanwhile) or done not in _LOGGED:
        return False
    return await was_last(live_of(request).database, change, _LOGGED[done], me_of(request).by)


async def name(request: Request) -> Response:
    """POST …/name: another title and reason."""
    connection = live_of(request).database

    async def act(change: int, form: FormData, stamp: dict[str, Any]) -> None:
        await changes.rename(connection, change, said(form, "title"), said(form, "note", 400), **stamp)

    return await _done(request, act, "named")


async def submit(request: Request) -> Response:
    """POST …/submit: handed to whoever approves."""
    connection = live_of(request).database

    async def act(change: int, form: FormData, stamp: dict[str, Any]) -> None:
        await _refuse_faults(request, change)
        await changes.submit(connection, change, **stamp)

    return await _done(request, act, "submitted")


async def send_back(request: Request) -> Response:
    """POST …/send-back: a draft again, with what is to be done where something was written."""
    connection = live_of(request).database

    async def act(change: int, form: FormData, stamp: dict[str, Any]) -> None:
        await changes.send_back(connection, change, text=said(form, "text", 1000), **stamp)

    return await _done(request, act, "back")


async def approve(request: Request) -> Response:
    """POST …/approve."""
    connection = live_of(request).database

    async def act(change: int, form: FormData, stamp: dict[str, Any]) -> None:
        await _refuse_faults(request, change)
        await changes.approve(connection, change, **stamp)

    return await _done(request, act, "approved")


async def publish(request: Request) -> Response:
    """POST …/publish: at once."""
    connection = live_of(request).database

    async def act(change: int, form: FormData, stamp: dict[str, Any]) -> None:
        await publish_change(connection, change, **stamp)

    return await _done(request, act, "published")


async def schedule(request: Request) -> Response:
    """POST …/schedule: by itself, at a day and hour in England; `never` takes it back."""
    connection = live_of(request).database
    never = "never" in await request.form()

    async def act(change: int, form: FormData, stamp: dict[str, Any]) -> None:
        typed = {name: said(form, name, 9) for name in MOMENT}
        moment = None if never else read_moment(typed, stamp["at"])
        await changes.schedule(connection, change, moment, **stamp)

    return await _done(request, act, "unscheduled" if never else "scheduled")


async def drop(request: Request) -> Response:
    """POST …/drop: given up."""
    connection = live_of(request).database

    async def act(change: int, form: FormData, stamp: dict[str, Any]) -> None:
        await changes.drop(connection, change, **stamp)

    return await _done(request, act, "dropped")


async def take_out(request: Request) -> Response:
    """POST …/take-out: one document less."""
    connection = live_of(request).database

    async def act(change: int, form: FormData, stamp: dict[str, Any]) -> None:
        await changes.take_out(connection, change, said(form, "kind", 20), said(form, "slug", 80), **stamp)

    return await _done(request, act, "out")


async def comment(request: Request) -> Response:
    """POST …/comment."""
    connection = live_of(request).database

    async def act(change: int, form: FormData, stamp: dict[str, Any]) -> None:
        await changes.comment(connection, change, said(form, "text", 1000), stamp["by"], stamp["at"])

    return await _done(request, act, "commented")


async def _refuse_faults(request: Request, change: int) -> None:
    """Raises `Refused` where publishing would: a rule nobody can meet, what leads to what would be gone."""
    live = live_of(request)
    found = await change_of(live.database, change)
    if found is None:
        return
    try:
        checks, _ = await live.impacts.of(live.published, found, today())
    except RuleError as fault:
        raise Refused(f"A rule cannot be read: {fault}") from fault
    if checks.faults:
        raise Refused(f"Mend this first: {'; '.join(map(str, checks.faults[:3]))}.")


_ACTS = {
    "name": name,
    "submit": submit,
    "send-back": send_back,
    "approve": approve,
    "publish": publish,
    "schedule": schedule,
    "drop": drop,
    "take-out": take_out,
    "comment": comment,
}
ROUTES = tuple(Route(f"{ROUTE}/{path}", view, methods=["POST"]) for path, view in _ACTS.items())
