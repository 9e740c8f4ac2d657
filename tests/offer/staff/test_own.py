"""My own password and code app: the old ones are asked, others signed out, the recovery codes new."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx2
import pytest
from starlette.applications import Starlette

from offer.clock import now
from offer.db.staff_models import AuditRow, StaffAccount, StaffSession
from offer.staff.accounts import account_of, invite
from offer.staff.audit import COMMAND_LINE
from offer.staff.codes import PERIOD, new_secret
from offer.staff.roles import Grant
from offer.staff.sessions import begin
from offer.staff.tries import StaffTries
from tests.offer.pages.reading import title_of, words_of
from tests.offer.staff.conftest import SignedIn
from tests.offer.staff.people import PASSWORD, browser, code_of, hidden

EMAIL, NEW = "own@council.example", "copper walrus telescope"
CODES = re.compile(r"\b[A-Z0-9]{4}(?:-[A-Z0-9]{4}){3}\b")


@dataclass
class Owner:
    """Somebody with a password and an app, signed in; codes of the app that are still good."""

    client: httpx2.AsyncClient
    account: int
    secret: str
    recovery: list[str]

    async def post(self, path: str, **fields: str) -> httpx2.Response:
        token = hidden(await self.client.get("/staff/me"), "token")
        return await self.client.post(path, data={"token": token, **fields})


@pytest.fixture
async def owner(running: Starlette) -> AsyncIterator[Owner]:
    connection = running.state.live.database
    await StaffAccount.filter(email=EMAIL).using_db(connection).update(email=None)
    made = await invite(connection, EMAIL, "Own", "Team", Grant("england", "viewer"), COMMAND_LINE, now())
    async with browser(running) as client:
        path = f"/staff/invitation/{made.key}"
        secret = hidden(await client.get(path), "secret")
        sent = {"secret": secret, "password": PASSWORD, "repeat": PASSWORD, "code": code_of(secret, now())}
        ready = await client.post(path, data=sent)
        yield Owner(client, made.account, secret, CODES.findall(ready.text))


def next_code(secret: str) -> str:
    """The code of the next half minute, which was not used yet."""
    return code_of(secret, now() + timedelta(seconds=PERIOD))


async def signs_in(running: Starlette, password: str, code: str) -> int:
    async with browser(running) as other:
        sent = {"email": EMAIL, "password": password, "code": code}
        return (await other.post("/staff/sign-in", data=sent)).status_code


async def test_a_new_password_signs_every_other_browser_out(running: Starlette, owner: Owner) -> None:
    async with browser(running) as elsewhere:
        sent = {"email": EMAIL, "password": PASSWORD, "code": owner.recovery[0]}
        assert (await elsewhere.post("/staff/sign-in", data=sent)).status_code == 303
        assert (await elsewhere.get("/staff")).status_code == 200
        done = await owner.post(
            "/staff/me/password", old=PASSWORD, code=owner.recovery[1], password=NEW, repeat=NEW
        )
        assert done.status_code == 200 and "Your password is changed" in title_of(done)
        assert (await elsewhere.get("/staff")).status_code == 303
    assert (await owner.client.get("/staff")).status_code == 200, "this browser stays"
    codes = CODES.findall(done.text)
    assert len(codes) == 10 and not set(codes) & set(owner.recovery)
    assert await signs_in(running, PASSWORD, codes[0]) == 422
    assert await signs_in(running, NEW, owner.recovery[2]) == 422, "the old recovery codes are over"
    assert await signs_in(running, NEW, codes[1]) == 303
    rows = AuditRow.filter(account=owner.account, act="changed own password")
    (row,) = await rows.using_db(running.state.live.database)
    assert row.detail == '{"signed out": "1"}'


async def test_a_new_app_takes_the_place_of_the_old(running: Starlette, owner: Owner) -> None:
    fresh = hidden(await owner.client.get("/staff/me/app"), "secret")
    assert fresh != owner.secret
    done = await owner.post(
        "/staff/me/app", secret=fresh, new_code=code_of(fresh, now()), old=PASSWORD,
        code=next_code(owner.secret),
    )  # fmt: skip
    assert done.status_code == 200 and len(set(CODES.findall(done.text))) == 10
    assert await signs_in(running, PASSWORD, next_code(owner.secret)) == 422
    row = await StaffAccount.get(id=owner.account, using_db=running.state.live.database)
    used = code_of(fresh, datetime.fromtimestamp(row.totp_step * PERIOD, UTC))
    assert await signs_in(running, PASSWORD, used) == 422, "that one proved it"
    assert await signs_in(running, PASSWORD, next_code(fresh)) == 303


@pytest.mark.parametrize(
    ("sent", "fault"),
    [
        ({"old": "not it"}, "The password you have now or the code is wrong."),
        ({"code": "000000"}, "The password you have now or the code is wrong."),
        ({"password": "short", "repeat": "short"}, "Use 12 letters or more."),
        ({"password": PASSWORD, "repeat": PASSWORD}, "That is the password you have now."),
        ({"repeat": "something else"}, "The two passwords differ."),
    ],
)
async def test_a_fault_changes_nothing_and_shows_no_password(
    running: Starlette, owner: Owner, sent: dict[str, str], fault: str
) -> None:
    right = {"old": PASSWORD, "code": next_code(owner.secret), "password": NEW, "repeat": NEW}
    page = await owner.post("/staff/me/password", **right | sent)
    assert page.status_code == 422 and fault in words_of(page) and title_of(page).startswith("Error: ")
    assert PASSWORD not in page.text and NEW not in page.text
    assert await signs_in(running, PASSWORD, owner.recovery[0]) == 303


async def test_a_wrong_new_app_changes_nothing(running: Starlette, owner: Owner) -> None:
    fresh = new_secret()
    right = {"secret": fresh, "new_code": code_of(fresh, now()), "old": PASSWORD}
    wrong = await owner.post("/staff/me/app", **right | {"new_code": "000000"}, code=owner.recovery[0])
    assert wrong.status_code == 422 and hidden(wrong, "secret") == fresh
    not_them = await owner.post("/staff/me/app", **right, code="000000")
    assert not_them.status_code == 422 and "password you have now or the code" in words_of(not_them)
    hostile = await owner.post("/staff/me/app", **right | {"secret": "'; DROP"}, code=owner.recovery[0])
    assert hostile.status_code == 422 and hidden(hostile, "secret") not in ("", fresh)
    assert await signs_in(running, PASSWORD, owner.recovery[0]) == 303, "not used up by the faults"


async def test_whoever_sits_at_the_browser_cannot_guess_the_password(
    running: Starlette, owner: Owner
) -> None:
    running.state.live.staff_tries = StaffTries(slow=0)
    wrong = {"code": "000000", "password": NEW, "repeat": NEW}
    statuses = [
        (await owner.post("/staff/me/password", **wrong, old=f"a guess {n}")).status_code for n in range(7)
    ]
    assert statuses == [422] * 5 + [429] * 2


async def test_a_lost_session_never_keeps_a_password_in_the_page(running: Starlette, owner: Owner) -> None:
    owner.client.cookies.clear()
    sent = {"old": PASSWORD, "code": "123456", "password": NEW, "repeat": NEW}
    page = await owner.client.post("/staff/me/password", data=sent)
    assert page.status_code == 403 and PASSWORD not in page.text and NEW not in page.text


async def test_signing_in_makes_a_new_key_whatever_the_browser_held(running: Starlette, owner: Owner) -> None:
    """No fixation: a key somebody planted, or of the session before, never becomes the session."""
    before = owner.client.cookies["staff"]
    async with browser(running, {"staff": "planted-by-somebody-else"}) as other:
        sent = {"email": EMAIL, "password": PASSWORD, "code": owner.recovery[0]}
        reply = await other.post("/staff/sign-in", data=sent)
        key = re.findall(r"staff=([^;]+)", reply.headers["set-cookie"])[0]
        assert key not in ("planted-by-somebody-else", before) and len(key) >= 32
    async with browser(running, {"staff": "planted-by-somebody-else"}) as thief:
        assert (await thief.get("/staff")).status_code == 303
    out = await owner.post("/staff/sign-out")
    assert out.status_code == 303
    async with browser(running, {"staff": before}) as thief:
        assert (await thief.get("/staff/me")).status_code == 303, "a stolen cookie, after signing out"


async def test_another_browser_is_signed_out_by_who_has_just_signed_in(
    running: Starlette, signed_in: SignedIn
) -> None:
    """A browser that was left open shuts its owner out nowhere else; to sign itself out it needs nothing."""
    me, connection = await signed_in(("viewer", "E10000019")), running.state.live.database
    account = await account_of(connection, me.account)
    assert account
    await begin(connection, account, "Safari on iPhone", now())
    mine = StaffSession.filter(account_id=me.account, ended_at=None).using_db(connection)
    here, other = await mine.order_by("id")
    await StaffSession.filter(id=here.id).using_db(connection).update(created_at=now() - timedelta(hours=1))
    refused = await me.post(f"/staff/me/sessions/{other.id}/end")
    assert refused.status_code == 403 and "Sign in again first" in refused.text
    assert await mine.count() == 2
    await StaffSession.filter(id=here.id).using_db(connection).update(created_at=now())
    assert (await me.post(f"/staff/me/sessions/{other.id}/end")).status_code == 303
    await StaffSession.filter(id=here.id).using_db(connection).update(created_at=now() - timedelta(hours=1))
    assert (await me.post(f"/staff/me/sessions/{here.id}/end")).status_code == 303
    assert await mine.count() == 0
