"""Enumeration: what is not there, and what is there for others, look and take the same."""

import hashlib
import re
import time
from statistics import median
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette

from offer.clock import now, today
from offer.db.change_models import StaffTry
from offer.db.models import Feedback
from offer.db.staff_models import StaffAccount
from offer.staff import passwords
from offer.staff.accounts import invite
from offer.staff.audit import COMMAND_LINE
from offer.staff.codes import fingerprint, new_key
from offer.staff.passwords import Passwords
from offer.staff.roles import Grant
from tests.attack.conftest import NOT_SLOW
from tests.attack.walking import ENTRY, outside
from tests.offer.pages.reading import words_of
from tests.offer.staff.conftest import SignedIn
from tests.offer.staff.people import Somebody, browser
from tests.strength import MANY, survived, tries

HOW = "make strength (tests/attack/test_telling.py)"
SAME = {"Sec-Fetch-Site": "same-origin"}
DRAFT, NOTHING = "durham-wifi-phone-data", "durham-nothing-of-that-name"
OURS, THEIRS = "E10000019", "E06000047"


@pytest.fixture(autouse=True)
async def fresh(running: Starlette) -> None:
    """No tries of the test before, and none made slow."""
    running.state.live.staff_tries = NOT_SLOW
    await StaffTry.all().using_db(running.state.live.database).delete()


def told(reply: httpx2.Response) -> tuple[int, str, tuple[str, ...]]:
    """All that somebody who asks can see, but what they typed themselves."""
    text = re.sub(r'(value|href|action)="[^"]*"', "", reply.text)
    names = tuple(sorted(name for name in reply.headers if name not in ("content-length", "etag")))
    return reply.status_code, text, names


async def with_password(running: Starlette, email: str) -> None:
    """An account that signs in with a password."""
    connection = running.state.live.database
    await StaffAccount.filter(email=email).using_db(connection).update(email=None)
    made = await invite(connection, email, "Ann", "T", Grant(OURS, "viewer"), COMMAND_LINE, now())
    kept = await Passwords().hashed("otter lantern marmalade")
    await (
        StaffAccount.filter(id=made.account)
        .using_db(connection)
        .update(password=kept, totp="A" * 32, invitation=None)
    )


async def test_who_has_an_account_is_not_told_by_words_headers_or_work(
    running: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    await with_password(running, "ann@council.example")
    hashed: list[bool] = []
    real = passwords._fits

    def counted(password: str, kept: str | None) -> bool:
        hashed.append(True)
        return real(password, kept)

    monkeypatch.setattr(passwords, "_fits", counted)
    seen = set()
    async with browser(running) as stranger:
        for email in ("ann@council.example", "nobody@council.example", "closed@x.example", "no address", ""):
            for password in ("not this one", "otter lantern marmalade") if MANY else ("not this one",):
                sent = {"email": email, "password": password, "code": "123456"}
                await StaffTry.all().using_db(running.state.live.database).delete()
                seen.add(told(await stranger.post("/staff/sign-in", data=sent)))
    assert len(seen) == 1 and len(hashed) == (10 if MANY else 5), "one hash a try, whoever it is"


async def test_it_takes_as_long_for_nobody_as_for_somebody(running: Starlette) -> None:
    """Medians of real tries, with wide bounds: the hash is nine tenths of the time."""
    await with_password(running, "ben@council.example")
    connection, count = running.state.live.database, tries(3, 40)

    async def seconds(email: str) -> float:
        await StaffTry.all().using_db(connection).delete()
        started = time.perf_counter()
        await stranger.post("/staff/sign-in", data={"email": email, "password": "x" * 20, "code": "1"})
        return time.perf_counter() - started

    async with browser(running) as stranger:
        await seconds("nobody@council.example")
        pairs = [
            (await seconds("ben@council.example"), await seconds("nobody@council.example"))
            for _ in range(count)
        ]
    there, not_there = (median(each) for each in zip(*pairs, strict=True))
    assert 0.4 < there / not_there < 2.5
    survived("attack", "guessing from the time of a sign-in who has an account", count, count, HOW)


async def test_an_invitation_that_is_used_too_old_or_made_up_is_one_and_the_same(running: Starlette) -> None:
    connection, seen = running.state.live.database, set()
    used = await invite(
        connection, f"{new_key()}@a.example", "A", "T", Grant(OURS, "viewer"), COMMAND_LINE, now()
    )
    old = await invite(
        connection, f"{new_key()}@a.example", "B", "T", Grant(OURS, "viewer"), COMMAND_LINE, now()
    )
    await StaffAccount.filter(id=used.account).using_db(connection).update(invitation=None)
    await StaffAccount.filter(id=old.account).using_db(connection).update(invited_until=now())
    async with browser(running) as stranger:
        for key in (used.key, old.key, new_key(), "x", "x" * 3_000, fingerprint(old.key)):
            for reply in (
                await stranger.get(f"/staff/invitation/{key}"),
                await stranger.post(f"/staff/invitation/{key}", data={"password": "a", "code": "1"}),
            ):
                seen.add(told(reply))
    assert len(seen) == 1 and next(iter(seen))[0] == 404


async def test_visits_over_never_begun_and_of_others_say_the_same_to_a_stranger(running: Starlette) -> None:
    async with browser(running) as adviser, outside(running) as stranger:
        begun = await adviser.post("/visit", data={"role": "adviser"}, headers=SAME)
        visit = begun.headers["location"]
        live = words_of(await stranger.get(visit))
        await adviser.post(f"{visit}/wipe", headers=SAME)
        over, never = await stranger.get(visit), await stranger.get("/visit/AAAAAAAAAAAAAAAAAAAAAA")
        assert told(over) == told(never)
        assert "adviser" not in live.casefold().replace("your adviser", "") or "19" not in live
        codes_tried = {
            told(await stranger.post("/join", data={"code": code}, headers=SAME))
            for code in ("CCCCCC", "DDDDDD", "FFFFFF")
        }
    assert len(codes_tried) == 1


async def test_a_code_is_looked_up_under_a_slow_digest_of_itself(
    running: Starlette, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As much work for a code that is there as for one that is not: no time tells them apart."""
    worked: list[str] = []
    real = hashlib.scrypt

    def counted(*given: Any, **named: Any) -> bytes:
        worked.append("x")
        return real(*given, **named)

    monkeypatch.setattr(hashlib, "scrypt", counted)
    async with browser(running) as adviser, browser(running) as stranger:
        visit = (await adviser.post("/visit", data={"role": "adviser"}, headers=SAME)).headers["location"]
        page = await adviser.get(visit)
        code = re.search(r'app-number">([\w ]+)<', page.text)
        assert code
        worked.clear()
        await stranger.post("/join", data={"code": code[1]}, headers=SAME)
        await stranger.post("/join", data={"code": "CCCCCC"}, headers=SAME)
    assert len(worked) == 2


async def test_a_code_of_a_report_that_is_none_tells_nothing(running: Starlette) -> None:
    connection = running.state.live.database
    await Feedback.filter(code="CDFGHJ34").using_db(connection).delete()
    await Feedback.create(
        using_db=connection, code="CDFGHJ34", slug=f"entitlement/{ENTRY}", version=1, day=today(),
        kind="wrong", text="CANARY words of somebody", state="new",
    )  # fmt: skip
    async with browser(running) as stranger:
        right = await stranger.get("/feedback/CDFG-HJ34")
        wrong = [await stranger.get(f"/feedback/{code}") for code in ("CDFG-HJ37", "3333-3333", "CDFG-HJ3C")]
    assert right.status_code == 200 and "CANARY" not in right.text, "nor does the right one repeat the words"
    assert {each.status_code for each in wrong} == {404}
    assert len({words_of(each) for each in wrong}) == 1


@pytest.mark.parametrize("slug", [DRAFT])
async def test_the_public_is_not_told_of_drafts(running: Starlette, slug: str) -> None:
    """On no address that names an entry: as if it were not there."""
    async with outside(running) as browser_:
        for path in ("/entitlements/{}", "/entitlements/{}/easy", "/entitlements/{}/what-changed",
                     "/entitlements/{}/feedback", "/open-data/changes/entitlement/{}.atom",
                     "/api/v1/entitlements/{}", "/my-list?things={}", "/print?things={}"):  # fmt: skip
            there, not_there = [await browser_.get(path.format(each)) for each in (slug, NOTHING)]
            assert there.status_code == not_there.status_code, path
            same = [each.text.replace(slug, "").replace(NOTHING, "") for each in (there, not_there)]
            assert same[0] == same[1], path


async def test_a_council_is_not_told_of_another_s_drafts(signed_in: SignedIn) -> None:
    """An admin of one council asks for another's entries, changes, reports and people by their numbers."""
    who: Somebody = await signed_in(("admin", OURS))
    other: Somebody = await signed_in(("admin", THEIRS))
    for path in ("/staff/entries/entitlement/{}", "/staff/entries/entitlement/{}/yaml",
                 "/staff/entries/entitlement/{}/history", "/staff/entries/entitlement/{}/edit"):  # fmt: skip
        assert (await who.get(path.format(DRAFT))).status_code in (403, 404)
        assert DRAFT not in (await who.get("/staff/entries")).text
    for path in (f"/staff/people/{other.account}", f"/staff/exchange/{THEIRS}", f"/staff/councils/{THEIRS}"):
        assert (await who.get(path)).status_code in (403, 404), path
    assert other.email not in (await who.get("/staff/people")).text


async def test_guessing(running: Starlette) -> None:
    """Thousands of guesses at everything that is only a number: none opens."""
    count, opened = tries(150, 5_000), 0
    async with browser(running) as stranger:
        for number in range(count):
            what = ("visit", "staff/invitation", "feedback")[number % 3]
            guess = new_key() if what != "feedback" else f"{number:08d}"
            reply = await stranger.get(f"/{what}/{guess}")
            opened += reply.status_code == 200
    assert opened == 0
    survived("attack", "a guess at a visit, an invitation or a report", count, count - opened, HOW)
