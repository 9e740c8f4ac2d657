"""The clock is moved: back, forward, over both changes to and from summer time, over 29 February."""

import asyncio
import random
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient

from offer.clock import LONDON, civil_day, now
from offer.db.change_models import StaffChange, StaffReminder, StaffScope, StaffTry, StaffTurn
from offer.db.connections import orm
from offer.db.models import Publication
from offer.staff import sessions
from offer.staff.audit import standing
from offer.staff.change_publishing import publish_due
from offer.staff.links.checking import LASTS as LINKS_LAST
from offer.staff.reading import documents
from offer.staff.reminding.sending import Desk, send_due
from offer.staff.tries import OF_ACCOUNT_HERE, StaffTries, Trier
from offer.staff.turn import give_turn_back, take_turn
from offer.visits import store
from tests.faults.machine import Running, running, slow
from tests.faults.staffed import SLUG, desk_at, due, signed_in
from tests.offer.mail.server import Box, mail_server
from tests.offer.staff.test_reminding import to
from tests.strength import survived, tries
from tests.visiting import together

HOW = "pytest tests/faults/test_clock.py"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
YEARS_BACK = timedelta(days=3 * 365)  # before anything that the database holds
# The hour before each odd moment; a minute or an hour later it is over.
ODD = tuple(
    datetime(*parts, tzinfo=UTC)
    for parts in (
        (2027, 3, 28, 0, 59, 50),  # the clocks go forward at 01:00
        (2027, 10, 31, 0, 59, 50),  # and back at 02:00, which is 01:00
        (2028, 2, 28, 23, 59, 50),  # 29 February begins
        (2028, 2, 29, 12, 0, 0),
        (2028, 2, 29, 23, 59, 50),  # and ends
        (2027, 12, 31, 23, 59, 50),
        (2027, 3, 31, 22, 59, 50),  # 1 April begins in England, not yet in UTC
        (2029, 2, 28, 23, 59, 50),  # a year without 29 February
        (2000, 2, 29, 12, 0, 0),  # before all data
        (2099, 12, 31, 23, 59, 50),  # after all data
    )
)
PAGES = ("/", "/search?q=rent", "/council-tax", "/council-tax/E07000139", f"/entitlements/{SLUG}",
         "/help-now", "/what-happens-when", "/what-changed", "/you-said", "/topics/money", "/help-nearby",
         "/coverage", "/visit", "/readyz", "/metrics", "/healthz", "/api/v1/entitlements")  # fmt: skip
BORN = {"dob-day": "29", "dob-month": "2", "dob-year": "2008"}
FORMS = {
    "/results": {**BORN, "place": "NG34 7EF", "care_when": "left_at_18"},
    "/what-happens-when": {**BORN, "place": "NG34 7EF", "care_when": "left_at_18"},
    "/help-nearby": {"place": "NG34 7EF"},
}


@pytest.fixture
async def connection(data: Path) -> AsyncIterator[BaseDBAsyncClient]:
    async with orm(f"sqlite://{data / 'offer.sqlite3'}") as opened:
        yield opened


async def test_every_hour_comes_once_however_the_clock_jumps(connection: BaseDBAsyncClient) -> None:
    """Published once each, never before its hour on the clock of that moment, in an unbroken log."""
    chance, at, highest = random.Random(9), now(), now()
    left = {
        await due(connection, at + timedelta(hours=number + 1), f"Words {number}."): at + (number + 1) * HOUR
        for number in range(tries(2, 12))
    }
    changes = len(left)
    while left:
        at = max(at, highest) + HOUR if chance.random() < 0.4 else at - chance.choice((HOUR, DAY, YEARS_BACK))
        highest = max(highest, at)
        for done in await publish_due(connection, at):
            assert left.pop(done) <= at
        for change in left:
            row = await StaffChange.get(id=change, using_db=connection)
            assert row.state == "approved" or row.refused, (row.state, row.refused)
        left = {change: hour for change, hour in left.items() if not await _refused(connection, change)}
    for moment in (at - YEARS_BACK, at, at + DAY):
        assert await publish_due(connection, moment) == []
    published = await StaffChange.filter(state="published").using_db(connection).count()
    assert await Publication.all().using_db(connection).count() == 1 + published
    assert (await standing(connection)).broken is None
    survived("fault", "changes due while the clock jumped back and forth: each once", changes, changes, HOW)


async def _refused(connection: BaseDBAsyncClient, change: int) -> bool:
    """A second change of one entry is told that its entry changed meanwhile."""
    return bool((await StaffChange.get(id=change, using_db=connection)).refused)


async def test_a_letter_goes_out_once_and_a_turn_of_a_wrong_clock_blocks_nobody(
    connection: BaseDBAsyncClient, unused_tcp_port: int
) -> None:
    ours, at, box = "E10000019", now(), Box()
    await StaffScope.create(
        scope=ours, team="Team", mail="team@council.example", words="{}", using_db=connection
    )
    desk = Desk(connection, str, "https://o.example")
    on = min(each.review_by for each in await documents(connection, [ours]) if not each.is_draft)
    with mail_server(box, unused_tcp_port):
        server = to(unused_tcp_port)
        for moment, day in (
            (at, on),
            (at - DAY, on - DAY),
            (at - HOUR, on),
            (at + DAY, on),
            (at - YEARS_BACK, on),
        ):
            assert await send_due(desk, server, moment, day) is not None, moment
    told = [letter["To"] for letter in box.letters]
    assert len(told) == 2, "one for each day: the clock that was set back gave a day its own letter"
    steps = await StaffReminder.filter(kind="entitlement").using_db(connection).all()
    assert len({(row.slug, row.review_by, row.step) for row in steps}) == len(steps)
    assert await take_turn(connection, "links", at + YEARS_BACK, LINKS_LAST)  # by a clock years ahead
    assert await take_turn(connection, "links", at, LINKS_LAST), "it must not block the work for years"
    assert not await take_turn(connection, "links", at, LINKS_LAST), "but one at a time does it"
    await give_turn_back(connection, "links", at)
    assert await StaffTurn.filter(name="links").using_db(connection).count() == 1


async def test_a_session_of_a_wrong_clock_ends(connection: BaseDBAsyncClient) -> None:
    at = now()
    desk = await signed_in(connection, at)
    key = desk.cookie.removeprefix("staff=")
    for moved, known in (
        (timedelta(0), True), (timedelta(minutes=-5), True), (timedelta(minutes=29), True), (-HOUR, False),
        (-DAY, False), (-YEARS_BACK, False), (DAY, False), (YEARS_BACK, False),
    ):  # fmt: skip
        found = await sessions.person_of(connection, key, at + moved)
        assert (found is not None) is known, moved
        at = max(at, at + moved) if known else at
    again = await signed_in(connection, at - DAY)
    assert await sessions.person_of(connection, again.cookie.removeprefix("staff="), at - DAY), (
        "signed in anew"
    )


async def test_tries_of_a_wrong_clock_lock_nobody_out(connection: BaseDBAsyncClient) -> None:
    at, tries_, who = now(), StaffTries(), Trier("anna@council.example", "192.0.2.1")
    await StaffTry.all().using_db(connection).delete()
    taken = [await tries_.take(connection, who, at + DAY) for _ in range(OF_ACCOUNT_HERE + 1)]
    assert taken == [True] * OF_ACCOUNT_HERE + [False]
    assert await tries_.take(connection, who, at), "the clock was a day ahead when those were counted"


async def test_a_visit_lasts_two_hours_by_every_clock(connection: BaseDBAsyncClient) -> None:
    for begun in (*ODD, now()):
        started = await store.start(connection, "adviser", begun)
        for moved, goes_on in (
            (timedelta(0), True), (timedelta(minutes=-59), True), (timedelta(minutes=119), True),
            (2 * HOUR, False), (DAY, False), (-2 * HOUR, False), (-DAY, False), (-YEARS_BACK, False),
        ):  # fmt: skip
            assert await _goes_on(connection, started, begun + moved) is goes_on, (begun, moved)
        assert not await store.sweep(connection, begun + HOUR)
        assert await store.sweep(connection, begun - DAY), "erased, not kept for a day and two hours"


async def _goes_on(connection: BaseDBAsyncClient, started: store.Started, at: datetime) -> bool:
    try:
        await store.read(connection, started.visit, started.member, at)
    except store.Over:
        return False
    return True


def test_the_civil_day_never_skips_nor_comes_again() -> None:
    """Minute by minute over each odd moment, and over every change of the clocks until 2040."""
    changes = [datetime(year, month, day, tzinfo=UTC) for year in range(2026, 2041) for month in (3, 10)
               for day in range(25, 32) if datetime(year, month, day, tzinfo=UTC).weekday() == 6]  # fmt: skip
    for begin in (*ODD, *changes):
        days = [civil_day(begin + timedelta(minutes=minute)) for minute in range(-1_500, 3_000, 10)]
        steps = {after - before for before, after in pairwise(days)}
        assert steps == {timedelta(0), DAY}
        assert len(set(days)) in (4, 5)


@contextmanager
def on_a_moved_clock(data: Path) -> Iterator[tuple[Running, Path]]:
    """The service on a clock, and the file that moves it."""
    file = data / "clock"
    file.write_text("0")
    with running(data, module="tests.faults.moved_clock", CLOCK=str(file)) as service:
        yield service, file


@slow
async def test_a_running_process_goes_on_over_every_jump(data: Path) -> None:
    url = f"sqlite://{data / 'offer.sqlite3'}"
    jumps = 0
    with on_a_moved_clock(data) as (service, file):
        for moment in ODD[: tries(5, len(ODD))]:
            for at in (moment, moment + timedelta(seconds=20), moment + HOUR, moment - DAY):
                file.write_text(str((at - now()).total_seconds()))
                await asyncio.to_thread(_all_answer, service, at)
                jumps += 1
            adviser, young = await together(service.address, age_years="19")
            assert (await young.post("answer", place="Grantham")).status == 303
            ends = (at + 2 * HOUR).astimezone(LONDON)
            room = (await adviser.ask("GET", adviser.visit)).text
            near = {f"{ends + timedelta(seconds=each):%H:%M}" for each in range(-60, 180, 30)}
            assert any(each in room for each in near), near
        file.write_text("0")
        desk = await asyncio.create_task(desk_at(url))
        assert service.get("/staff", desk.cookie).status == 200
        assert "Traceback" not in service.log.read_text()
    survived("fault", "jumps of the clock under a running process", jumps, jumps, HOW)


def _all_answer(service: Running, at: datetime) -> None:
    for path in PAGES:
        reply = service.get(path)
        assert reply.status == 200, (path, at, reply.status)
    for path, form in FORMS.items():
        assert service.post(path, **form).status in (200, 303, 422), (path, at)
    assert service.check().status == 200
    assert "-" not in service.get("/metrics").text.split("local_offer_catalogue_lag_seconds ")[-1].split()[0]
