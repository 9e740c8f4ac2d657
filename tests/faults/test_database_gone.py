"""The database is gone for ten minutes: the public goes on, staff and visits hear it, nothing is lost."""

import asyncio
import json
import os
import re
import signal
import sqlite3
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import timedelta
from html import unescape
from pathlib import Path

import asyncpg

from offer.catalogue.commands import set_up
from offer.clock import now
from offer.db.connections import orm
from offer.db.models import Publication
from offer.db.staff_models import AuditRow
from offer.staff.audit import standing
from tests.faults.machine import TRACES, Postgres, Reply, Running, postgres, running, slow, until
from tests.faults.staffed import SLUG, Desk, desk_at, due_at
from tests.strength import survived, tries
from tests.visiting import Phone, together

TEN_MINUTES = tries(4, 600)  # seconds
HOW = "pytest tests/faults/test_database_gone.py"
PUBLIC = ("/", "/search?q=rent", "/topics", "/council-tax", f"/entitlements/{SLUG}", "/help-now", "/you-said",
          "/what-changed", "/about", "/api/v1/entitlements", "/api/v1/facts", "/docs")  # fmt: skip
AFTER = "Somebody on your side, after the outage."
TYPED = "Please ask Sam & Ali about “advocacy” <before> Friday."
OUR_WORDS = "The database cannot be used just now"


def public_goes_on(service: Running) -> int:
    """Every public page, a check and a form; how many were asked."""
    for path in PUBLIC:
        assert service.get(path).status == 200, path
    assert service.check().status == 200
    results = service.post("/results", age="19", place="NG34 7EF", care_when="left_at_18")
    assert results.status in (200, 303)
    assert service.get("/healthz").status == 200
    return len(PUBLIC) + 3


def is_plain(reply: Reply, *words: str) -> None:
    """503, in words for a person."""
    assert reply.status == 503, reply.text
    text = unescape(reply.text)
    assert all(each in text for each in words), text
    assert not any(each in reply.text for each in TRACES), reply.text


def database_of(service: Running) -> dict[str, object]:
    found: dict[str, object] = json.loads(service.get("/readyz").text)["database"]
    return found


def told_away(service: Running) -> None:
    """/readyz and /metrics say so, and the process stays in use."""
    until(lambda: database_of(service)["reachable"] is False)
    assert service.get("/readyz").status == 200
    assert "local_offer_database_reachable 0" in service.get("/metrics").text


def hidden(text: str) -> dict[str, str]:
    """The hidden fields of a page, as a browser sends them again."""
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', text)
    return {name: unescape(value) for name, value in fields}


def staff_lose_nothing(service: Running, desk: Desk, change: int) -> dict[str, str]:
    """What somebody typed is in the page they get; its fields."""
    is_plain(service.get("/staff", desk.cookie), OUR_WORDS)
    path = f"/staff/changes/{change}/comment"
    away = service.post(path, desk.cookie, token=desk.token, text=TYPED)
    is_plain(away, OUR_WORDS, "Everything you typed is kept in this page.")
    secret = service.post("/staff/me/password", desk.cookie, token=desk.token, old="a b c d e f")
    is_plain(secret, OUR_WORDS, "go back and send it again")
    assert "a b c d e f" not in secret.text
    door = service.post("/staff/sign-in", email="sam@council.example", password="a b c d e f", code="123456")
    is_plain(door, OUR_WORDS, 'value="sam@council.example"')
    assert "a b c d e f" not in door.text
    return hidden(away.text)


async def visits_hear_it(service: Running, adviser: Phone, young: Phone) -> None:
    """Each of what people do in a visit ends in one sentence and a way to help."""
    for reply in (
        await adviser.ask("GET", adviser.visit),
        await young.post("answer", place="Boston"),
        await Phone(service.address).ask("POST", "/visit", role="adviser"),
        await Phone(service.address).ask("POST", "/join", code="C4HK9T"),
        await young.ask("GET", f"{young.visit}/live"),
    ):
        is_plain(Reply(reply.status, reply.headers, reply.text), "Please try again in a minute.", "/help-now")
    assert "Look at this together" in (await Phone(service.address).ask("GET", "/visit")).text
    told = service.post(f"/entitlements/{SLUG}/feedback", kind="wrong", text="It closed.")
    assert told.status in (422, 503) and "It closed." in told.text


@slow
async def test_ten_minutes_without_postgresql(tmp_path: Path, places_file: Path) -> None:
    (tmp_path / "places.bin").symlink_to(places_file)
    with postgres() as server:
        url = server.url("postgres")
        await asyncio.create_task(set_up(url, at=now()))
        desk = await asyncio.create_task(desk_at(url))
        talked = await asyncio.create_task(due_at(url, now() + timedelta(days=9), "Later.", "access-to-work"))
        with running(tmp_path, url) as one, running(tmp_path, url) as other:
            adviser, young = await together(one.address, other.address, age_years="19", place="Sleaford")
            hour = now() + timedelta(seconds=TEN_MINUTES / 2)
            await asyncio.create_task(due_at(url, hour, AFTER))
            server.stop()
            asked, kept = await asyncio.to_thread(_while_gone, (one, other), desk, talked)
            await visits_hear_it(one, adviser, young)
            server.again()
            await asyncio.to_thread(_is_back, (one, other), desk, talked, kept)
            assert (await young.post("answer", place="Grantham")).status == 303
            assert "South Kesteven" in (await adviser.ask("GET", adviser.visit)).text
            await _all_listen(server, 2)
            await asyncio.create_task(published_once(url))
    what = "public pages and checks asked for while PostgreSQL was gone for ten minutes"
    survived("fault", what, asked, asked, HOW)


def _while_gone(two: Sequence[Running], desk: Desk, change: int) -> tuple[int, dict[str, str]]:
    """How many public pages were answered, and the form that could not be taken."""
    end, asked, kept = time.monotonic() + TEN_MINUTES, 0, dict[str, str]()
    for service in two:
        told_away(service)
    while not asked or time.monotonic() < end:
        for service in two:
            asked += public_goes_on(service)
        kept = staff_lose_nothing(two[0], desk, change)
        time.sleep(1)
    for service in two:
        told_away(service)
    return asked, kept


def _is_back(two: Sequence[Running], desk: Desk, change: int, kept: dict[str, str]) -> None:
    """Everything goes on by itself, and what was typed is sent from the page it stood in."""
    for service in two:
        until(lambda service=service: database_of(service)["reachable"] is True)  # type: ignore[misc]
        until(lambda service=service: AFTER in service.get(f"/entitlements/{SLUG}").text)  # type: ignore[misc]
        assert "local_offer_database_reachable 1" in service.get("/metrics").text
    said_again(two[1], desk, change, kept)


def said_again(service: Running, desk: Desk, change: int, kept: dict[str, str]) -> None:
    """The page that kept a comment sends it, and there it stands."""
    assert service.post(f"/staff/changes/{change}/comment", desk.cookie, **kept).status == 303
    assert TYPED in unescape(service.get(f"/staff/changes/{change}", desk.cookie).text)


async def published_once(url: str) -> None:
    """What was due while the database was gone became public in one publication, noted once."""
    async with orm(url) as connection:
        assert await Publication.all().using_db(connection).count() == 2
        assert await AuditRow.filter(act="published a change").using_db(connection).count() == 1
        assert (await standing(connection)).broken is None


async def _all_listen(server: Postgres, processes: int) -> None:
    """Each process has its line for wake-ups again."""
    line = await asyncpg.connect(server.url("postgres"))
    try:
        query = "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'"
        async with asyncio.timeout(60):
            while await line.fetchval(query) != processes:  # noqa: ASYNC110 - the server has no event for it
                await asyncio.sleep(0.1)
    finally:
        await line.close()


@slow
async def test_a_postgresql_that_answers_nothing(tmp_path: Path, places_file: Path) -> None:
    """Worse than gone: it takes connections and never replies."""
    (tmp_path / "places.bin").symlink_to(places_file)
    with postgres() as server:
        url = server.url("postgres")
        await asyncio.create_task(set_up(url, at=now()))
        desk = await asyncio.create_task(desk_at(url))
        with running(tmp_path, url) as service:
            frozen = [server.pid, *_children(server.pid)]
            try:
                for pid in frozen:
                    os.kill(pid, signal.SIGSTOP)
                told_away(service)
                asked = public_goes_on(service)
                is_plain(await asyncio.to_thread(service.get, "/staff", desk.cookie), OUR_WORDS)
                asked += public_goes_on(service)
            finally:
                for pid in frozen:
                    os.kill(pid, signal.SIGCONT)
            until(lambda: database_of(service)["reachable"] is True)
            until(lambda: service.get("/staff", desk.cookie).status == 200)
    survived("fault", "replies of public pages while PostgreSQL was frozen", asked, asked, HOW)


def _children(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


async def test_sqlite_locked_for_long_and_moved_away(data: Path) -> None:
    url, file = f"sqlite://{data / 'offer.sqlite3'}", data / "offer.sqlite3"
    desk = await asyncio.create_task(desk_at(url))
    talked = await asyncio.create_task(due_at(url, now() + timedelta(days=9), "Later.", "access-to-work"))
    await asyncio.create_task(due_at(url, now() + timedelta(seconds=5), AFTER))
    with running(data) as service:
        adviser, young = await together(service.address, age_years="19", place="Sleaford")
        kept = await asyncio.to_thread(_while_locked, service, file, desk, talked)
        said_again(service, desk, talked, kept)
        until(lambda: AFTER in service.get(f"/entitlements/{SLUG}").text)
        assert (await young.post("answer", place="Grantham")).status == 303
        file.rename(data / "gone")
        told_away(service)
        await asyncio.to_thread(staff_lose_nothing, service, desk, talked)
        await visits_hear_it(service, adviser, young)
        asked = public_goes_on(service)
        assert not file.exists(), "nobody makes an empty one in its place"
        (data / "gone").rename(file)
        until(lambda: database_of(service)["reachable"] is True)
        assert TYPED in unescape(service.get(f"/staff/changes/{talked}", desk.cookie).text)
        assert "South Kesteven" in (await adviser.ask("GET", adviser.visit)).text
        await asyncio.create_task(published_once(url))
    survived("fault", "public pages asked for while the SQLite file was locked or gone", asked, asked, HOW)


def _while_locked(service: Running, file: Path, desk: Desk, change: int) -> dict[str, str]:
    """Another program writes for long: staff wait five seconds, the public does not."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        away = service.post(f"/staff/changes/{change}/comment", desk.cookie, token=desk.token, text=TYPED)
        is_plain(away, OUR_WORDS, "Everything you typed is kept in this page.")
        public_goes_on(service)
        other.execute("ROLLBACK")
    return hidden(away.text)
