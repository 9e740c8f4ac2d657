"""Whatever staff do is in the audit log: every route that takes a form, walked from the table of rules.

A route is either done here and counted, or its code is followed to the place that writes the log, or it
is named with the reason why there is nothing to log. A new route that does none of these fails.
"""

import re
from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from types import CodeType, FunctionType, ModuleType

import httpx2
import pytest
from starlette.applications import Starlette

from offer.clock import now, today
from offer.db.change_models import StaffIdentity, YouSaid
from offer.db.models import Feedback
from offer.db.staff_models import AuditRow, StaffAccount, StaffSession
from offer.feedback.told import new_code
from offer.pages.staff import views
from offer.staff import audit
from offer.staff.accounts import invite
from offer.staff.audit import COMMAND_LINE
from offer.staff.codes import PERIOD, new_secret
from offer.staff.passwords import Passwords
from offer.staff.reading import document
from offer.staff.roles import Grant
from offer.staff.rules import RULES
from tests.offer.pages.reading import words_of
from tests.offer.staff.conftest import SignedIn
from tests.offer.staff.people import PASSWORD, Somebody, browser, code_of
from tests.offer.staff.test_history import published

OURS, ENTRY = "E10000019", "lincolnshire-college-bursary"
NEW = "copper walrus telescope"

NOTHING_TO_LOG = {
    "/staff/me/council": "only begins: the provider's answer is what links, and is logged as it is taken",
    "/staff/exchange/{place}/try": "a dry run: a file is read and reported on; nothing is kept",
    "/staff/words": "reads words and gives advice; nothing is kept",
}


@dataclass(frozen=True)
class Desk:
    """Somebody who may do everything in one place, at their browser, with a password and an app."""

    me: Somebody
    other: Somebody
    app: Starlette
    secret: str

    @property
    def code(self) -> str:
        """The code of the next half minute."""
        return code_of(self.secret, now() + timedelta(seconds=PERIOD))

    async def post(self, path: str, **fields: str) -> httpx2.Response:
        return await self.me.post(path, **fields)

    async def session_of(self, who: Somebody) -> int:
        rows = StaffSession.filter(account_id=who.account, ended_at=None)
        return (await rows.using_db(self.app.state.live.database).get()).id

    async def report(self) -> int:
        row = await Feedback.create(
            using_db=self.app.state.live.database, code=new_code(), slug=ENTRY, version=1,
            day=today(), kind="wrong", text="", state="new",
        )  # fmt: skip
        return row.id


Deed = Callable[[Desk], Awaitable[httpx2.Response]]


async def sign_in(desk: Desk) -> httpx2.Response:
    async with browser(desk.app) as elsewhere:
        sent = {"email": desk.me.email, "password": PASSWORD, "code": desk.code}
        return await elsewhere.post("/staff/sign-in", data=sent)


async def accept(desk: Desk) -> httpx2.Response:
    connection = desk.app.state.live.database
    email = f"{now().timestamp()}@council.example"
    made = await invite(connection, email, "New", "Team", Grant(OURS, "viewer"), COMMAND_LINE, now())
    secret = new_secret()
    sent = {"secret": secret, "password": NEW, "repeat": NEW, "code": code_of(secret, now())}
    async with browser(desk.app) as elsewhere:
        return await elsewhere.post(f"/staff/invitation/{made.key}", data=sent)


async def end_mine(desk: Desk) -> httpx2.Response:
    return await desk.post(f"/staff/me/sessions/{await desk.session_of(desk.me)}/end")


async def new_app(desk: Desk) -> httpx2.Response:
    fresh = new_secret()
    proof = {"secret": fresh, "new_code": code_of(fresh, now())}
    return await desk.post("/staff/me/app", old=PASSWORD, code=desk.code, **proof)


async def end_link(desk: Desk) -> httpx2.Response:
    await StaffIdentity.create(
        using_db=desk.app.state.live.database, account_id=desk.me.account, issuer="x", subject=new_code()
    )
    return await desk.post("/staff/me/council/end")


async def still_right(desk: Desk) -> httpx2.Response:
    held = await document(desk.app.state.live.database, "entitlement", ENTRY)
    assert held
    path = f"/staff/entries/entitlement/{ENTRY}/still-right"
    return await desk.post(path, opened=str(held.number))


async def back(desk: Desk) -> httpx2.Response:
    await published(desk.app, ENTRY, summary="Other words.")
    held = await document(desk.app.state.live.database, "entitlement", ENTRY)
    assert held
    path = f"/staff/entries/entitlement/{ENTRY}/history/1/back"
    return await desk.post(path, opened=str(held.number))


async def take_down(desk: Desk) -> httpx2.Response:
    fields = {"scope": OURS, "slug": ENTRY, "you_said": "Old.", "we_did": "New.", "on": today()}
    row = await YouSaid.create(using_db=desk.app.state.live.database, **fields)
    return await desk.post(f"/staff/you-said/{row.id}/remove")


async def end_theirs(desk: Desk) -> httpx2.Response:
    return await desk.post(
        f"/staff/people/{desk.other.account}/sessions/{await desk.session_of(desk.other)}/end"
    )


SAID = {"you_said": "Nobody picks up.", "we_did": "The hours are there."}
DEEDS: Mapping[str, Deed] = {
    "/staff/sign-in": sign_in,
    "/staff/invitation/{key}": accept,
    "/staff/sign-out": lambda desk: desk.post("/staff/sign-out"),
    "/staff/me/sessions/{session:int}/end": end_mine,
    "/staff/me/password": lambda desk: desk.post(
        "/staff/me/password", old=PASSWORD, code=desk.code, password=NEW, repeat=NEW
    ),
    "/staff/me/app": new_app,
    "/staff/me/council/end": end_link,
    "/staff/entries/{kind}/{slug}/still-right": still_right,
    "/staff/entries/{kind}/{slug}/history/{number:int}/back": back,
    "/staff/reports/{report:int}": lambda desk: _at_report(desk, "", state="read", answer="We look."),
    "/staff/reports/{report:int}/you-said": lambda desk: _at_report(desk, "/you-said", **SAID),
    "/staff/you-said": lambda desk: desk.post("/staff/you-said", scope=OURS, **SAID),
    "/staff/you-said/{said:int}/remove": take_down,
    "/staff/people": lambda desk: desk.post(
        "/staff/people", scope=OURS, role="viewer", email=f"{now().timestamp()}@a.example", name="A", team="T"
    ),
    "/staff/people/{account:int}/roles": lambda desk: desk.post(
        f"/staff/people/{desk.other.account}/roles", scope=OURS, role="editor"
    ),
    "/staff/people/{account:int}/invite": lambda desk: desk.post(
        f"/staff/people/{desk.other.account}/invite"
    ),
    "/staff/people/{account:int}/sessions/{session:int}/end": end_theirs,
    "/staff/people/{account:int}/close": lambda desk: desk.post(f"/staff/people/{desk.other.account}/close"),
}


async def _at_report(desk: Desk, tail: str, **fields: str) -> httpx2.Response:
    return await desk.post(f"/staff/reports/{await desk.report()}{tail}", **fields)


@pytest.fixture
async def desk(running: Starlette, signed_in: SignedIn) -> Desk:
    me, other = await signed_in(("admin", OURS)), await signed_in(("viewer", OURS))
    secret, kept = new_secret(), await Passwords().hashed(PASSWORD)
    row = StaffAccount.filter(id=me.account).using_db(running.state.live.database)
    await row.update(password=kept, totp=secret)
    return Desk(me, other, running, secret)


@pytest.mark.parametrize("path", sorted(DEEDS))
async def test_what_is_done_is_logged_once_it_is_done(desk: Desk, path: str) -> None:
    assert ("POST", path) in RULES
    rows = AuditRow.all().using_db(desk.app.state.live.database)
    before = await rows.count()
    reply = await DEEDS[path](desk)
    assert reply.status_code in (200, 303), (path, words_of(reply))
    assert await rows.count() > before, path
    newest = await rows.order_by("-id").first()
    assert newest is not None and newest.about and newest.act
    assert desk.me.email not in f"{newest.detail}{newest.about}{newest.team}"


async def test_what_is_refused_is_not_logged_as_done(desk: Desk) -> None:
    without_mark = replace(desk, me=replace(desk.me, key="another session"))
    rows = AuditRow.all().using_db(desk.app.state.live.database)
    before = await rows.count()
    assert (await without_mark.post(f"/staff/people/{desk.other.account}/close")).status_code == 403
    assert await rows.count() == before


def test_every_route_that_takes_a_form_leads_to_the_log() -> None:
    endpoints = {route.path: route.endpoint for route in views() if "POST" in (route.methods or set())}
    paths = {path for method, path in RULES if method == "POST"}
    assert paths == set(endpoints) and set(NOTHING_TO_LOG) <= paths
    silent = {
        path
        for path in paths - set(DEEDS) - set(NOTHING_TO_LOG)
        if audit.append not in set(_reached(endpoints[path], set()))
    }
    assert silent == set(), "log the act, or say in NOTHING_TO_LOG why there is nothing to log"
    assert all(re.search(r"\w+ \w+ \w+", reason) for reason in NOTHING_TO_LOG.values())


def _reached(function: object, seen: set[object]) -> Iterator[FunctionType]:
    """A function of ours and every one that its code names, directly or through others."""
    if function in seen or not isinstance(function, FunctionType):
        return
    seen.add(function)
    yield function
    for name in _names(function.__code__):
        for found in _meant(function, name):
            yield from _reached(found, seen)


def _names(code: CodeType) -> set[str]:
    inner = (each for each in code.co_consts if isinstance(each, CodeType))
    return set(code.co_names).union(*(_names(each) for each in inner))


def _meant(function: FunctionType, name: str) -> Iterator[FunctionType]:
    """What a name can be in a function: of its module, or of a module that it names ("audit.append")."""
    held = function.__globals__
    modules = (held.get(each) for each in _names(function.__code__))
    for each in (held.get(name), *(getattr(m, name, None) for m in modules if isinstance(m, ModuleType))):
        if isinstance(each, FunctionType) and each.__module__.startswith("offer."):
            yield each


def test_a_view_that_logs_nothing_is_noticed() -> None:
    from offer.pages.staff import log, people

    assert audit.append in set(_reached(people.invite_one, set()))
    assert audit.append not in set(_reached(log.read, set()))
