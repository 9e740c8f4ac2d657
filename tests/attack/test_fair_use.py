"""How often costly addresses may be asked for: fair to who shares an address, and believed from whom."""

import asyncio
import io
import json

import httpx2
import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette

from offer.errors import PROBLEM_JSON
from offer.fair_use.allowances import ALLOWANCES, ANSWERS, ASKED_IN_THE_VIEW, CALLS, REPORTS, VISITS
from offer.fair_use.door import FairUse
from offer.fair_use.forgetting import forgotten
from offer.fair_use.place import HERE, asked_from, place
from offer.fair_use.proxies import proxies_as_set, proxies_of
from offer.fair_use.rate import Counts, Rate
from offer.settings import Settings
from tests.attack.walking import doors, outside
from tests.offer.pages.reading import words_of
from tests.strength import survived, tries

HOW = "make strength (tests/attack/test_fair_use.py)"
PROXIES = proxies_of("127.0.0.1, ::1, 10.89.71.0/24")
# What is sent is not counted at these, and why.
NOT_COUNTED = {
    "/entitlements/{slug}/feedback", "/services/{slug}/feedback",  # counted in the view: the words come back
}  # fmt: skip


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.at = 1_000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def clock(running: Starlette) -> Clock:
    """The clock of the counts; nothing was counted yet."""
    found = Clock()
    running.state.live.fair_use = FairUse(found)
    return found


def test_every_form_and_call_of_the_public_is_counted_and_nothing_is_named_in_vain(
    running: Starlette,
) -> None:
    served = {(door.method, door.path) for door in doors(running)}
    assert set(ALLOWANCES) <= served
    posts = {(method, path) for method, path in served if method == "POST" and not path.startswith("/staff")}
    assert {path for _, path in posts - set(ALLOWANCES)} == set()
    assert {path for (_, path), each in ALLOWANCES.items() if each in ASKED_IN_THE_VIEW} == NOT_COUNTED


def test_what_costs_little_or_must_be_there_is_never_counted() -> None:
    for path in (
        "/",
        "/help-now",
        "/entitlements/{slug}",
        "/topics/{topic}",
        "/results",
        "/healthz",
        "/join",
    ):
        assert ("GET", path) not in ALLOWANCES


@given(
    st.integers(1, 50),
    st.integers(1, 600),
    st.lists(st.floats(0, 120, allow_nan=False), min_size=1, max_size=200),
)
def test_never_more_than_the_rate_and_never_less(at_once: int, a_minute: int, pauses: list[float]) -> None:
    """Of any course: in any span no more come in than at once and anew; who waits as told comes in."""
    counts, at, taken = Counts(Rate(at_once, a_minute)), 0.0, list[float]()
    for pause in pauses:
        at += pause
        wait = counts.wait(b"x", at)
        assert wait <= 60 / a_minute + 1e-6, "who comes alone never waits longer than for one"
        at += wait
        assert counts.wait(b"x", at) < 1e-6
        counts.take(b"x", at)
        taken.append(at)
    for first in range(len(taken)):
        span = taken[-1] - taken[first]
        assert len(taken) - first <= at_once + span * a_minute / 60 + 1 + 1e-6
    counts.tidy(at + counts.rate.full + 1)
    assert len(counts) == 0


async def test_who_asks_too_often_is_told_when_to_come_again(running: Starlette, clock: Clock) -> None:
    facts = {"age_years": "19"}
    async with outside(running) as person:
        for _ in range(ANSWERS.from_one_place.at_once):
            running.state.live.fair_use.wait(ANSWERS, "203.0.113.7")
        page = await person.post("/results", data=facts)
        assert page.status_code == 429 and page.headers["retry-after"] == "1"
        assert "Wait a minute, then press the button again" in words_of(page) and "/help-now" in page.text
        assert (await person.get("/help-now")).status_code == 200
        assert (await person.post("/api/v1/check", json={"facts": {}})).status_code == 200, "counted apart"
        clock.at += 1
        assert (await person.post("/results", data=facts)).status_code == 200


async def test_a_machine_is_told_in_problem_json(running: Starlette, clock: Clock) -> None:
    for _ in range(CALLS.from_one_place.at_once):
        running.state.live.fair_use.wait(CALLS, "203.0.113.7")
    async with outside(running) as system:
        reply = await system.post("/api/v1/check", json={"facts": {}})
    assert reply.status_code == 429 and reply.headers["content-type"] == PROBLEM_JSON
    assert reply.json()["type"] == "/docs/problems#too-many-requests"
    assert int(reply.headers["retry-after"]) == 1 and "Retry-After" in reply.json()["detail"]
    assert reply.headers["access-control-allow-origin"] == "*"


async def test_a_hostel_of_sixty_at_one_address_is_served(running: Starlette, clock: Clock) -> None:
    """Sixty people, a page every ten seconds for a quarter of an hour, and each of them tries a code."""
    fair_use, refused = running.state.live.fair_use, 0
    for _ in range(90):
        refused += sum(fair_use.wait(ANSWERS, "198.51.100.1")[0] != 200 for _ in range(60))
        clock.at += 10
    assert refused == 0
    assert [fair_use.wait(VISITS, "198.51.100.1")[0] for _ in range(60)] == [200] * 60


async def test_one_address_shuts_nobody_else_out(running: Starlette, clock: Clock) -> None:
    async with outside(running, client="203.0.113.66") as flood, outside(running) as person:
        for _ in range(REPORTS.from_one_place.at_once + 5):
            reply = await flood.post(
                "/entitlements/staying-put/feedback", data={"kind": "wrong", "text": "x"}
            )
        assert reply.status_code == 429 and "x</textarea>" in reply.text, "the words come back"
        assert int(reply.headers["retry-after"]) <= 60
        sent = await person.post("/entitlements/staying-put/feedback", data={"kind": "wrong", "text": "y"})
        assert sent.status_code == 303


async def test_from_many_addresses_all_together_are_held_and_told_so(
    running: Starlette, clock: Clock
) -> None:
    fair_use, count = running.state.live.fair_use, VISITS.from_everywhere.at_once
    statuses = [fair_use.wait(VISITS, f"10.{n // 250}.{n % 250}.1")[0] for n in range(count + 50)]
    assert statuses == [200] * count + [503] * 50
    assert fair_use.held() == count, "what is refused is not remembered"
    async with outside(running) as person:
        reply = await person.post("/visit", data={"role": "adviser"})
        assert reply.status_code == 503 and reply.headers["retry-after"] == "1"
        assert (await person.get("/visit")).status_code == 200


async def test_what_was_counted_is_forgotten_and_was_never_readable(running: Starlette, clock: Clock) -> None:
    fair_use = running.state.live.fair_use
    fair_use.wait(CALLS, "203.0.113.9")
    assert fair_use.held() == 1
    held = [key for counts in fair_use._places.values() for key in counts._paid_at]
    assert b"203" not in b"".join(held) and len(held[0]) == 16
    assert FairUse(clock)._secret != fair_use._secret
    clock.at += CALLS.from_one_place.between + 0.01
    async with forgotten(fair_use, every=0.01):
        async with asyncio.timeout(60):
            while fair_use.held():  # noqa: ASYNC110 - nobody tells of it
                await asyncio.sleep(0.01)


def test_forgetting_is_never_later_than_the_window() -> None:
    for allowance in set(ALLOWANCES.values()):
        assert allowance.from_one_place.full <= 30 * 60
        assert allowance.from_one_place.at_once >= 30 and allowance.from_everywhere.a_minute > 1


@pytest.mark.parametrize(
    ("peer", "sent", "found"),
    [
        ("203.0.113.7", [], "203.0.113.7"),
        # A stranger says where they come from: nobody listens.
        ("203.0.113.7", ["198.51.100.1"], "203.0.113.7"),
        ("203.0.113.7", ["127.0.0.1"], "203.0.113.7"),
        # Our proxy says where somebody comes from; what they said themselves stands before that.
        ("10.89.71.4", ["198.51.100.1"], "198.51.100.1"),
        ("10.89.71.4", ["1.1.1.1, 198.51.100.1"], "198.51.100.1"),
        ("10.89.71.4", ["127.0.0.1, 10.89.71.9, 198.51.100.1"], "198.51.100.1"),
        ("10.89.71.4", ["1.1.1.1", "198.51.100.1"], "198.51.100.1"),
        ("127.0.0.1", ["198.51.100.1, 10.89.71.5"], "198.51.100.1"),
        ("127.0.0.1", ["1.1.1.1, 198.51.100.1:4711, 10.89.71.5:80"], "198.51.100.1"),
        ("10.89.71.4", ["[2001:db8::1]:443"], "2001:db8::1"),
        ("::ffff:10.89.71.4", ["198.51.100.1"], "198.51.100.1"),
        # What is no address ends the chain.
        ("10.89.71.4", ["unknown"], "10.89.71.4"),
        ("10.89.71.4", ["198.51.100.1, _hidden"], "10.89.71.4"),
        ("10.89.71.4", [""], "10.89.71.4"),
        ("10.89.71.4", ["198.51.100.1\r\nX: 1"], "10.89.71.4"),
    ],
)
def test_who_asks_is_taken_from_our_own_proxies_alone(peer: str, sent: list[str], found: str) -> None:
    assert asked_from(peer, sent, PROXIES) == found


@given(st.lists(st.text(alphabet="0123456789.:, abcdef[]%\u00e9", max_size=40), max_size=5))
def test_whatever_a_stranger_sends_changes_nothing(headers: list[str]) -> None:
    assert asked_from("203.0.113.7", headers, PROXIES) == "203.0.113.7"
    assert asked_from("10.89.71.4", [*headers, "198.51.100.1"], PROXIES) == "198.51.100.1"


@given(st.ip_addresses(v=6))
def test_a_household_s_many_addresses_are_one(address: object) -> None:
    text = place(str(address))
    assert text == HERE or "/64" in text or ":" not in text


def test_places() -> None:
    assert place("2001:db8:1:2:aaaa::1") == place("2001:db8:1:2:bbbb::9") != place("2001:db8:1:3::1")
    assert place("::ffff:192.0.2.1") == place("192.0.2.1") == "192.0.2.1"
    assert place("127.0.0.1") == place("::1") == place("") == place("testclient") == HERE


@pytest.mark.parametrize("setting", ["*", "proxy", "0.0.0.0/0", "::/0", "10.0.0.0/33", "10.0.0.1/8"])
def test_a_setting_that_would_believe_anybody_is_refused(setting: str) -> None:
    with pytest.raises(ValueError):
        proxies_as_set(setting)
    with pytest.raises(ValueError):
        Settings(proxies=setting)


async def test_a_claimed_address_never_helps_nor_hurts(running: Starlette, clock: Clock) -> None:
    """Over HTTP: who claims another address each time is still one; who claims somebody's harms them not."""
    count, statuses = CALLS.from_one_place.at_once + tries(5, 200), []
    async with (
        outside(running, client="203.0.113.5") as attacker,
        outside(running, client="198.51.100.9") as victim,
    ):
        for number in range(count):
            claimed = {"X-Forwarded-For": "198.51.100.9" if number % 2 else f"192.0.2.{number % 250}",
                       "X-Real-IP": "198.51.100.9", "Forwarded": "for=198.51.100.9"}  # fmt: skip
            statuses.append((await attacker.get("/api/v1/places?q=Sleaford", headers=claimed)).status_code)
        assert statuses[: CALLS.from_one_place.at_once] == [200] * CALLS.from_one_place.at_once
        assert set(statuses[CALLS.from_one_place.at_once :]) == {429}
        assert (await victim.get("/api/v1/places?q=Sleaford")).status_code == 200
    refused = statuses.count(429)
    survived("attack", "a request too many under a claimed address", refused, refused, HOW)


async def test_no_address_is_logged(running: Starlette, clock: Clock) -> None:
    lines = io.StringIO()
    structlog.configure(
        processors=[structlog.processors.JSONRenderer()], logger_factory=structlog.PrintLoggerFactory(lines)
    )
    for _ in range(CALLS.from_one_place.at_once):
        running.state.live.fair_use.wait(CALLS, "203.0.113.7")
    async with outside(running) as system:
        await system.post("/api/v1/check", json={}, headers={"X-Forwarded-For": "198.51.100.77"})
        await system.post("/staff/sign-in", data={"email": "a@b.example", "password": "x"})
    logged = [json.loads(line) for line in lines.getvalue().splitlines()]
    assert [line["status"] for line in logged if line["event"] == "request"] == [429, 403]
    assert "203.0.113" not in lines.getvalue() and "198.51.100" not in lines.getvalue()


async def test_it_can_be_switched_off_to_measure(running: Starlette) -> None:
    held = running.state.settings
    running.state.settings = held.model_copy(update={"rate_limits": False})
    try:
        transport = httpx2.ASGITransport(app=running, client=("203.0.113.8", 1))
        async with httpx2.AsyncClient(transport=transport, base_url="http://o.example") as client:
            for _ in range(3):
                assert (await client.get("/api/v1/places?q=Sleaford")).status_code == 200
        assert running.state.live.fair_use.held() == 0
    finally:
        running.state.settings = held
