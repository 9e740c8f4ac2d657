"""Requests that another site makes a browser send, and keys of sessions that somebody else knows."""

import re

import httpx2
import pytest
from starlette.applications import Starlette
from tortoise.backends.base.client import BaseDBAsyncClient

from offer.clock import now
from offer.db.models import Feedback
from offer.db.staff_models import AuditRow, StaffAccount, StaffSession
from offer.db.visit_models import VisitRow
from offer.staff.accounts import account_of
from offer.staff.codes import fingerprint, form_token
from offer.staff.rules import NOBODY, RULES
from offer.staff.sessions import begin, end, person_of
from tests.attack.walking import FORM, SLUGS, doors
from tests.offer.staff.conftest import SignedIn
from tests.offer.staff.people import Somebody, browser
from tests.strength import MANY, survived

HOW = "make strength (tests/attack/test_forgery.py)"
FROM_ELSEWHERE = (
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "anything"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://127.0.0.1:81"},
    {"Origin": "http://127.0.0.1.evil.example"},
    {"Origin": ""},
)


async def written(connection: BaseDBAsyncClient) -> tuple[int, ...]:
    """How much stands in the tables that a form of anybody could fill."""
    tables = (AuditRow, Feedback, VisitRow, StaffAccount)
    return tuple([await table.all().using_db(connection).count() for table in tables])


async def test_every_form_sent_from_another_site_is_refused(running: Starlette, signed_in: SignedIn) -> None:
    """With the cookie of an admin and even with the mark of the form; nothing is written."""
    who: Somebody = await signed_in(("admin", "england"), ("admin", "E10000019"))
    connection, tried = running.state.live.database, 0
    before = await written(connection)
    forms = [door for door in doors(running) if door.method == "POST" and not door.is_open]
    assert len(forms) > 70
    for door in forms:
        for headers in FROM_ELSEWHERE:
            data = {"token": form_token(who.key), "role": "adviser", "kind": "wrong"}
            reply = await who.client.post(door.address, data=data, headers=headers)
            assert reply.status_code == 403, (door, headers)
            assert "another site" in reply.text
            tried += 1
    assert await written(connection) == before
    survived("attack", "a form sent by another site", tried, tried, HOW)


async def test_no_form_of_staff_is_taken_without_the_mark_of_its_own_session(
    running: Starlette, signed_in: SignedIn
) -> None:
    """From our own site too: the mark of nobody, of another session of the same person, of another person."""
    who: Somebody = await signed_in(("admin", "england"), ("admin", "E10000019"))
    other: Somebody = await signed_in(("admin", "england"))
    connection = running.state.live.database
    account = await account_of(connection, who.account)
    assert account
    second = await begin(connection, account, "Safari on iPhone", now())
    before, tried = await written(connection), 0
    forms = [door for door in doors(running) if ("POST", door.path) in RULES and door.method == "POST"]
    for door in forms:
        if RULES["POST", door.path].needs == NOBODY:
            continue
        for token in ("", "0" * 32, form_token(other.key), form_token(second), form_token(who.key)[:-1]):
            reply = await who.client.post(door.address, data={"token": token, "why": "forged"})
            assert reply.status_code == 403, (door, token)
            tried += 1
    assert await written(connection) == before and tried > 200
    survived("attack", "a form of staff without the mark of its session", tried, tried, HOW)


async def test_a_form_as_json_or_plain_text_is_no_form(running: Starlette, signed_in: SignedIn) -> None:
    """What another site could send without asking first (a "simple request") is read as nothing."""
    who: Somebody = await signed_in(("admin", "england"))
    body = f'{{"token": "{form_token(who.key)}", "x": "="}}'
    for kind in ("text/plain", "application/json", "text/plain;application/x-www-form-urlencoded"):
        reply = await who.client.post("/staff/sign-out", content=body, headers={"Content-Type": kind})
        assert reply.status_code == 403, kind
    assert (await who.get("/staff")).status_code == 200


async def test_reading_changes_nothing(running: Starlette, signed_in: SignedIn) -> None:
    """No GET, HEAD or OPTIONS at any address writes: what a picture on another site could ask for."""
    who: Somebody = await signed_in(("admin", "england"), ("admin", "E10000019"))
    connection = running.state.live.database
    before = await written(connection)
    sessions = await StaffSession.filter(ended_at=None).using_db(connection).count()
    for number, door in enumerate(doors(running)):
        if door.method == "GET" and (MANY or door.is_staff or number % 7 == 0):
            for method in ("GET", "HEAD", "OPTIONS") if MANY else ("GET",):
                await who.client.request(method, door.address)
    assert await written(connection) == before
    assert await StaffSession.filter(ended_at=None).using_db(connection).count() == sessions


async def test_a_key_that_was_planted_is_never_the_key_of_a_session(running: Starlette) -> None:
    """Session fixation: whatever the browser holds before, signing in makes a new key."""
    connection = running.state.live.database
    async with browser(running, {"staff": "planted", "staff-known": "planted"}) as victim:
        assert (await victim.get("/staff")).status_code == 303
        reply = await victim.get("/staff/sign-in")
        assert "set-cookie" not in reply.headers, "no session before somebody signed in"
    assert await person_of(connection, "planted", now()) is None
    assert not await StaffSession.filter(key=fingerprint("planted")).using_db(connection).exists()


async def test_signing_in_again_ends_the_session_that_the_browser_held(
    running: Starlette, signed_in: SignedIn
) -> None:
    """Whoever knew the key that the browser held, or planted it there, is out."""
    who: Somebody = await signed_in(("viewer", "E10000019"))
    connection = running.state.live.database
    account = await account_of(connection, who.account)
    assert account
    fresh = await begin(connection, account, "Firefox on Linux", now(), before=who.key)
    assert fresh != who.key and len(fresh) >= 32
    assert (await who.get("/staff")).status_code == 303
    assert await person_of(connection, fresh, now())
    assert await person_of(connection, who.key, now()) is None


async def test_a_session_that_was_ended_by_anybody_is_dead_at_once(
    running: Starlette, signed_in: SignedIn
) -> None:
    who: Somebody = await signed_in(("viewer", "E10000019"))
    connection = running.state.live.database
    me = await person_of(connection, who.key, now())
    assert me and await end(connection, me.account, None, me.by, now())
    assert (await who.get("/staff")).status_code == 303
    assert (await who.post("/staff/sign-out")).status_code == 403


async def test_keys_of_sessions_are_long_and_never_alike(running: Starlette, signed_in: SignedIn) -> None:
    keys = [(await signed_in(("viewer", "E10000019"))).key for _ in range(20)]
    assert len(set(keys)) == 20 and all(re.fullmatch(r"[\w-]{32}", key) for key in keys)


@pytest.mark.parametrize(
    "deed", ["answer", "leave-out", "point", "admit", "turn-away", "language", "enter", "wipe"]
)
async def test_nobody_outside_a_visit_changes_it(running: Starlette, deed: str) -> None:
    """Neither a stranger, nor another site by way of a member's browser, nor a cookie of another visit."""
    same = {"Sec-Fetch-Site": "same-origin"}
    fields = {"age_years": "19", "fact": "age_years", "knock": "x", "language": "ar"}
    async with browser(running) as adviser, browser(running) as stranger:
        visit = (await adviser.post("/visit", data={"role": "adviser"}, headers=same)).headers["location"]
        theirs = (await stranger.post("/visit", data={"role": "adviser"}, headers=same)).headers["location"]
        connection = running.state.live.database
        row = await VisitRow.get(id=visit.rpartition("/")[2], using_db=connection)
        refused = await stranger.post(f"{visit}/{deed}", data=fields, headers=same)
        assert refused.status_code == 403
        value = stranger.cookies["visit"]
        stranger.cookies.set("visit", value, path=visit)
        assert (await stranger.post(f"{visit}/{deed}", data=fields, headers=same)).status_code == 403
        assert theirs != visit
        forged = await adviser.post(f"{visit}/{deed}", data=fields, headers={"Sec-Fetch-Site": "cross-site"})
        assert forged.status_code == 403
        after = await VisitRow.get(id=row.id, using_db=connection)
        assert (after.version, after.sealed) == (row.version, row.sealed)


async def test_two_values_of_one_mark_are_none(running: Starlette, signed_in: SignedIn) -> None:
    """HTTP parameter pollution: the last value counts, in the form only, never one from the address."""
    who: Somebody = await signed_in(("admin", "england"))
    mark = form_token(who.key)
    async with httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=running), base_url="http://127.0.0.1", cookies={"staff": who.key}
    ) as client:
        sent = await client.post(f"/staff/sign-out?token={mark}", content=b"token=wrong", headers=FORM)
        assert sent.status_code == 403
        sent = await client.post(
            "/staff/sign-out", content=f"token={mark}&token=wrong".encode(), headers=FORM
        )
        assert sent.status_code == 403
    assert SLUGS and (await who.get("/staff")).status_code == 200
