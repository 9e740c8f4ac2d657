"""Copying, bringing back and moving a database, and building the postcode file, killed at every moment."""

import asyncio
import os
import random
import shutil
import signal
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.request import urlopen

import pytest

from directory.places import Places
from offer.backup import backup
from offer.catalogue.publishing import publish
from offer.catalogue.revisions import Stamp, save
from offer.clock import now
from offer.db.connections import is_sqlite, orm
from offer.db.migrate import migrate
from tests.bench.serving import free_port, wait_for
from tests.faults.house import House, dropped, rows_of, there
from tests.faults.killing import HOW, Act, Forge, Outcome, moments, seed
from tests.faults.machine import slow
from tests.offer.db.filled import AT, sample
from tests.strength import survived, tries

SLUG = "advocacy"  # public, and in every filled house
Check = Callable[[Outcome, str], Awaitable[None]]


async def killed_while(house: House, forged: Forge, act: Act, check: Check, *others: House) -> None:
    """Kills `act` at many moments; after each, `check` looks at what is left and the act is done again."""
    for each in (house, *others):
        await each.keep()
    whole = forged.run(house, act)
    assert whole.codes == (0,) and act.told in whole.said, whole.said
    number, killed = seed(), 0
    chance = random.Random(number)
    for kill in moments(chance, whole, tries(1, 12), tries(1, 12)):
        for each in (house, *others):
            await each.bring_back()
        outcome = forged.run(house, act, **kill)
        for each in (house, *others):
            await each.settled()
        killed += outcome.killed
        await check(outcome, f"{act.name}, KILL_SEED={number}, {kill}: {outcome}")
    assert killed
    survived("fault", f"kill -9 while {act.name}", killed, killed, HOW)


async def test_a_backup_is_whole_or_not_there(lived_in: House, forged: Forge) -> None:
    file = lived_in.data / "copy.sqlite3"
    act = Act(f"copying a database, {lived_in.engine}", ("backup", str(file)), told="is copied to")
    old = await rows_of(lived_in.url)

    async def check(outcome: Outcome, told: str) -> None:
        assert await rows_of(lived_in.url) == old, told
        if file.exists():
            assert await rows_of(f"sqlite://{file}") == old, f"{told}: half a copy"
        else:
            assert outcome.killed and act.told not in outcome.said, told
            again = forged.run(lived_in, act)
            assert again.codes == (0,), f"{told}: again: {again.said}"
            assert await rows_of(f"sqlite://{file}") == old, told
            assert not list(lived_in.data.glob("*.part*")), f"{told}: something is left lying about"

    await killed_while(lived_in, forged, act, check)


async def test_bringing_back_a_copy(lived_in: House, forged: Forge) -> None:
    """On SQLite over a database that is in use; on PostgreSQL into an empty one."""
    file = lived_in.data / "copy.sqlite3"
    await backup(lived_in.url, file, AT, lambda *_: None)
    if is_sqlite(lived_in.url):
        async with orm(lived_in.url):
            for record in sample():
                changed = record.document.model_copy(update={"summary": "Since the copy."})
                await save(record.kind, changed, Stamp("anna", now()))
            await publish(at=now(), author="anna")
    else:
        async with orm(lived_in.url) as connection:
            await connection.execute_script("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        await migrate(lived_in.url, at=AT)
    old, copied = await there(lived_in.url), await rows_of(f"sqlite://{file}")
    act = Act(f"bringing back a copy, {lived_in.engine}", ("restore", str(file)), told="The database is that")

    async def check(outcome: Outcome, told: str) -> None:
        left = await there(lived_in.url)
        assert left in (old, copied), f"{told}: a mixture"
        assert left == copied or act.told not in outcome.said, told
        for kept in lived_in.data.glob("offer-before-*.sqlite3"):
            assert await rows_of(f"sqlite://{kept}") == old, f"{told}: {kept} is not what was there before"
        if left == old:
            again = forged.run(lived_in, act)
            assert again.codes == (0,), f"{told}: again: {again.said}"
            assert await rows_of(lived_in.url) == copied, told

    await killed_while(lived_in, forged, act, check)


async def test_a_service_that_runs_shows_the_copy(lived_in: House, forged: Forge) -> None:
    """On SQLite: PostgreSQL takes a copy only when it is empty."""
    if not is_sqlite(lived_in.url):
        return
    port, file = free_port(), lived_in.data / "copy.sqlite3"
    address = f"http://127.0.0.1:{port}/entitlements/{SLUG}"
    await backup(lived_in.url, file, AT, lambda *_: None)
    process = forged.begin(lived_in, "serve", PORT=str(port))
    try:
        await asyncio.to_thread(wait_for, port)
        entry = next(each.document for each in sample() if each.document.id == SLUG)  # type: ignore[attr-defined]
        async with orm(lived_in.url):
            changed = entry.model_copy(update={"summary": "Since the copy."})
            await save("entitlement", changed, Stamp("anna", now()))
            await publish(at=now(), author="anna")
        await until(address, lambda page: "Since the copy." in page)
        done = forged.run(lived_in, Act("", ("restore", str(file))))
        assert done.codes == (0,), done.said
        await until(address, lambda page: "Since the copy." not in page)
    finally:
        os.kill(process, signal.SIGKILL)


async def until(address: str, wanted: Callable[[str], bool]) -> None:
    """Waits until a page is as it should be, for as long as it takes."""
    while not wanted(await asyncio.to_thread(page_at, address)):  # noqa: ASYNC110 - another process
        await asyncio.sleep(0.1)


def page_at(address: str) -> str:
    """A page as it is served."""
    with urlopen(address, timeout=60) as reply:
        return str(reply.read().decode())


@pytest.fixture
def elsewhere(lived_in: House, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    """An empty database of the other engine."""
    data = tmp_path / "other"
    data.mkdir()
    to_file = not is_sqlite(lived_in.url)
    url = f"sqlite://{data / 'offer.sqlite3'}" if to_file else request.getfixturevalue("spare_postgres")
    other = House(data, tmp_path / "other-kept", url)
    yield other
    if not to_file:
        with ThreadPoolExecutor(1) as elsewhere:
            elsewhere.submit(asyncio.run, dropped(other)).result()


@pytest.mark.postgres
async def test_moving_to_the_other_engine(lived_in: House, elsewhere: House, forged: Forge) -> None:
    act = Act(
        f"moving a database from {lived_in.engine} to {elsewhere.engine}",
        ("move", elsewhere.url), told="each compared",
    )  # fmt: skip
    old = await rows_of(lived_in.url)

    async def check(outcome: Outcome, told: str) -> None:
        assert await rows_of(lived_in.url) == old, f"{told}: the first is not as it was"
        left = await there(elsewhere.url)
        assert left in (None, old), f"{told}: half is moved"
        assert left == old or act.told not in outcome.said, told
        if left is None:
            again = forged.run(lived_in, act)
            assert again.codes == (0,), f"{told}: again: {again.said}"
            assert await rows_of(elsewhere.url) == old, told

    await killed_while(lived_in, forged, act, check, elsewhere)


@pytest.fixture
def postcodes(folder: House, places_file: Path) -> House:
    """A data folder with a postcode file of its own, and no database."""
    folder.settings.places_file.unlink()
    shutil.copyfile(places_file, folder.settings.places_file)
    return folder


async def test_writing_the_postcode_file(postcodes: House, forged: Forge, tmp_path: Path) -> None:
    house = postcodes
    old, new = house.settings.places_file.read_bytes(), tmp_path / "new.bin"
    new.write_bytes(old[::-1])
    act = Act("writing the postcode file", ("act-places", str(new)))

    async def check(outcome: Outcome, told: str) -> None:
        left = house.settings.places_file.read_bytes()
        assert left in (old, new.read_bytes()), f"{told}: half a file"
        assert left != old or act.told not in outcome.said, told

    await killed_while(house, forged, act, check)


@slow
async def test_building_the_postcode_file(postcodes: House, forged: Forge) -> None:
    house = postcodes
    edition = Places.open(house.settings.places_file).edition
    act = Act("building the postcode file", ("build-places",), told="is built")
    number, seconds = seed(), 40.0
    chance = random.Random(number)
    for _ in range(6):
        outcome = forged.run(house, act, after=chance.uniform(0, seconds))
        assert Places.open(house.settings.places_file).edition == edition, f"KILL_SEED={number}: {outcome}"
    whole = forged.run(house, act)
    assert whole.codes == (0,), whole.said
    survived("fault", f"kill -9 while {act.name}", 6, 6, HOW)
