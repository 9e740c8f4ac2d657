"""A disk that is full or can only be read: what was acknowledged stands, the rest is refused plainly."""

import asyncio
import shutil
import signal
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from html import unescape
from pathlib import Path

import asyncpg

from offer.catalogue.commands import set_up
from offer.clock import now
from tests.faults.machine import Disk, Running, command, disk, plain, postgres, running, slow, until
from tests.faults.staffed import Desk, desk_at, due_at
from tests.faults.test_database_gone import (
    OUR_WORDS,
    database_of,
    is_plain,
    public_goes_on,
    told_away,
    visits_hear_it,
)
from tests.strength import MANY, survived, tries
from tests.visiting import together

HOW = "pytest tests/faults/test_full_disk.py"
ROOM = 12  # MB: the starter catalogue, its journal, and a little
SOME = 400_000  # bytes: for a few acts, which are acknowledged before the disk is full
SLUG = "access-to-work"


@contextmanager
def small_data(folder: Path, places_file: Path, starter_file: Path) -> Iterator[Disk]:
    """A data folder on a small disk; the postcodes stand elsewhere."""
    with disk(folder, ROOM) as found:
        (folder / "places.bin").symlink_to(places_file)
        shutil.copy(starter_file, folder)
        yield found


def said(service: Running, desk: Desk, change: int, most: int) -> tuple[list[str], str]:
    """Comments until one is refused: those that were taken, and the one that was not ("" for none)."""
    path, taken = f"/staff/changes/{change}/comment", list[str]()
    for number in range(most):
        text = f"Comment {number} " + "x" * 900
        reply = service.post(path, desk.cookie, token=desk.token, text=text)
        if reply.status != 303:
            is_plain(reply, OUR_WORDS, "Everything you typed is kept in this page.", text)
            return taken, text
        taken.append(text)
    return taken, ""


async def test_sqlite_on_a_full_disk(tmp_path: Path, places_file: Path, starter_file: Path) -> None:
    acknowledged = 0
    for _ in range(tries(1, 5)):
        folder = tmp_path / f"small-{acknowledged}"
        with small_data(folder, places_file, starter_file) as small:
            acknowledged += await _written_until_full(small)
    survived("fault", "acts acknowledged on a disk that then was full", acknowledged, acknowledged, HOW)


async def _written_until_full(small: Disk) -> int:
    url = f"sqlite://{small.folder / 'offer.sqlite3'}"
    desk = await asyncio.create_task(desk_at(url))
    change = await asyncio.create_task(due_at(url, now() + timedelta(days=9), "Later.", SLUG))
    with running(small.folder) as service:
        adviser, young = await together(service.address, age_years="19", place="Sleaford")
        assert (await young.post("answer", place="Grantham")).status == 303
        await asyncio.to_thread(small.fill, SOME)
        taken, refused = await asyncio.to_thread(said, service, desk, change, 5_000)
        assert taken and refused, "the disk was full from the first, or never"
        await asyncio.to_thread(small.fill)
        public_goes_on(service)
        answered = await young.post("answer", place="Boston")
        assert answered.status == 503 and "Please try again in a minute." in answered.text
        service.process.send_signal(signal.SIGKILL)
        service.process.wait()
    with running(small.folder, ready=False) as service:
        small.make_room()
        until(lambda: database_of(service)["reachable"] is True)
        assert service.get("/").status == 200
        page = unescape(service.get(f"/staff/changes/{change}", desk.cookie).text)
        assert all(text in page for text in taken), "what was acknowledged stands"
        assert refused not in page
        small.fill(leave=400_000)
        small.make_room()
        assert service.post(
            f"/staff/changes/{change}/comment", desk.cookie, token=desk.token, text=refused
        ).status == 303  # fmt: skip
        room = (await adviser.at(service.address).ask("GET", adviser.visit)).text
        assert "South Kesteven" in room and "Boston" not in room
    with closing(sqlite3.connect(small.folder / "offer.sqlite3")) as file:
        assert file.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert file.execute("PRAGMA foreign_key_check").fetchall() == []
    return len(taken) + 1


def files(folder: Path) -> set[str]:
    """All that stands there, SQLite's own files beside a database aside."""
    return {each.name for each in folder.iterdir() if not each.name.endswith(("-wal", "-shm"))}


@slow
def test_commands_on_a_full_disk_leave_nothing_half(
    tmp_path: Path, places_file: Path, starter_file: Path, data: Path
) -> None:
    """What each says, and that afterwards the disk holds what it held."""
    folder = tmp_path / "small"
    copy = tmp_path / "copy.sqlite3"
    shutil.copy(starter_file, copy)
    with small_data(folder, places_file, starter_file) as small:
        small.fill(leave=200_000)
        before, database = files(folder), (folder / "offer.sqlite3").read_bytes()
        refused: list[Callable[[], str]] = [
            lambda: plain(command(data, "backup", str(folder / "backup.sqlite3"))),
            lambda: plain(command(folder, "backup", str(folder / "backup.sqlite3"))),
            lambda: plain(command(folder, "restore", str(copy))),
            lambda: plain(command(data, "export", "oruk", str(folder / "services.json"))),
            lambda: plain(command(data, "dump", str(folder / "dump"))),
        ]
        if MANY:
            refused.append(lambda: plain(command(folder, "build-places")))
        for refuse in refused:
            line = refuse()
            assert "room" in line or "full" in line or "space" in line, line
            left = {name for name in files(folder) - before if name != "dump"}
            assert not left, (line, left)
        halves = [each for each in (folder / "dump").rglob("*") if each.suffix == ".writing"]
        assert not halves
        assert (folder / "offer.sqlite3").read_bytes() == database
    survived(
        "fault", "commands on a full disk: plain words, and no half file", len(refused), len(refused), HOW
    )


@slow
def test_starting_on_a_full_disk_says_so(tmp_path: Path, places_file: Path, starter_file: Path) -> None:
    folder = tmp_path / "small"
    with small_data(folder, places_file, starter_file) as small:
        small.fill()
        line = plain(command(folder, "ready"))
        assert "full" in line and f"make room on {folder}" in line, line
        with running(folder, ready=False) as service:
            assert service.get("/readyz").status in (200, 503)
            assert service.get("/healthz").status == 200
            small.make_room()
            until(lambda: service.get("/readyz").status == 200)
            assert service.get("/").status == 200


@slow
async def test_a_disk_that_can_only_be_read(tmp_path: Path, places_file: Path, starter_file: Path) -> None:
    folder = tmp_path / "small"
    with small_data(folder, places_file, starter_file) as small:
        url = f"sqlite://{folder / 'offer.sqlite3'}"
        desk = await asyncio.create_task(desk_at(url))
        with running(folder) as service:
            adviser, young = await together(service.address, age_years="19", place="Sleaford")
            await asyncio.to_thread(_only_readable, service, small)
            told_away(service)
            asked = public_goes_on(service)
            is_plain(service.get("/staff", desk.cookie), OUR_WORDS)
            await visits_hear_it(service, adviser, young)
            for words in (["ready"], ["migrate"], ["publish"], ["backup", str(tmp_path / "copy.sqlite3")]):
                line = plain(await asyncio.to_thread(command, folder, *words))
                assert "only be read" in line or "Read-only file system" in line, line
                assert "Mount it" in line or "DATA_DIR" in line, line
            small.remount("rw")
            until(lambda: database_of(service)["reachable"] is True)
            assert service.get("/staff", desk.cookie).status == 200
            assert (await young.post("answer", place="Grantham")).status == 303
    survived("fault", "public pages asked for while the disk could only be read", asked, asked, HOW)


def _only_readable(service: Running, small: Disk) -> None:
    """The system refuses this while a file is open for writing: so the service lets go of its file first."""
    file, away = small.folder / "offer.sqlite3", small.folder / "away"
    file.rename(away)
    told_away(service)
    service.process.send_signal(signal.SIGSTOP)
    away.rename(file)
    small.remount("ro")
    service.process.send_signal(signal.SIGCONT)


@slow
async def test_postgresql_whose_disk_is_full(tmp_path: Path, places_file: Path) -> None:
    """Its tables stand on a small disk of their own, a tablespace."""
    (tmp_path / "places.bin").symlink_to(places_file)
    with postgres() as server, disk(server.folder / "small", 48) as small:
        shutil.chown(small.folder, server.user)
        line = await asyncpg.connect(server.url("postgres"))
        await line.execute(f"CREATE TABLESPACE small LOCATION '{small.folder}'")
        await line.execute("CREATE DATABASE offer TABLESPACE small")
        await line.close()
        url = server.url("offer")
        await asyncio.create_task(set_up(url, at=now()))
        desk = await asyncio.create_task(desk_at(url))
        change = await asyncio.create_task(due_at(url, now() + timedelta(days=9), "Later.", SLUG))
        with running(tmp_path, url) as service:
            await asyncio.to_thread(small.fill, SOME)
            taken, refused = await asyncio.to_thread(said, service, desk, change, 5_000)
            assert taken and refused, "the disk was full from the first, or never"
            public_goes_on(service)
            full = await asyncio.to_thread(command, tmp_path, "load", database=url)
            assert full.returncode in (0, 1) and "Traceback" not in full.stderr, full.stderr
            small.make_room()
            path = f"/staff/changes/{change}/comment"
            sent = service.post(path, desk.cookie, token=desk.token, text=refused)
            assert sent.status == 303
            server.stop()
            server.again()
            until(lambda: service.get("/staff", desk.cookie).status == 200)
            page = unescape(service.get(f"/staff/changes/{change}", desk.cookie).text)
            assert all(text in page for text in (*taken, refused)), "what was acknowledged stands"
    survived(
        "fault", "acts acknowledged by a PostgreSQL whose disk then was full", len(taken), len(taken), HOW
    )
