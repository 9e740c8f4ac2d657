"""Migrating, killed at every moment: each step is there whole or not at all, and the next run goes on."""

import random
from pathlib import Path

import pytest

from offer.catalogue.files import write_file
from offer.db.connections import orm
from offer.db.migrate import migrate
from offer.db.shape import Shape, shape_of
from tests.faults.house import House, rows_of, sound, there, timeless, unnumbered
from tests.faults.killing import HOW, Act, Forge, moments, seed
from tests.offer.db.earlier.putting import STATES, STEPS, of_its_day, put_back, rows_there, step_of, tables_of
from tests.offer.db.filled import AT, sample
from tests.strength import MANY, survived, tries

MIGRATING = Act("migrating", ("migrate",), told="migrated: ")


@pytest.mark.parametrize("state", STATES if MANY else ["0004"])
async def test_each_step_is_whole(either_house: House, forged: Forge, state: str, tmp_path: Path) -> None:
    house = either_house
    shapes = await _shapes(house, step_of(state))
    await put_back(house.url, state)
    await house.keep()
    old = await rows_there(house.url)
    whole = forged.run(house, MIGRATING)
    assert whole.codes == (0,), whole.said
    new = await rows_there(house.url)
    number, killed = seed(), 0
    chance = random.Random(number)
    for kill in moments(chance, whole, tries(1, 12), tries(1, 6)):
        await house.bring_back()
        outcome = forged.run(house, MIGRATING, **kill)
        killed += outcome.killed
        told = f"from {state} on {house.engine}, KILL_SEED={number}, {kill}: {outcome}"
        await house.settled()
        left = await rows_there(house.url)
        assert of_its_day(left, old) == old, told
        done = await _steps(house)
        assert done == STEPS[: len(done)], told
        if outcome.killed and "migrated: " not in outcome.said:
            async with orm(house.url) as connection:
                assert await shape_of(connection) == shapes[len(done)], told
        else:
            assert done == STEPS, told
        for copy in house.data.glob("*.before-*.sqlite3"):
            assert await rows_there(f"sqlite://{copy}") == old, f"{told}: {copy} is half a copy"
        again = forged.run(house, MIGRATING)
        assert again.codes == (0,), f"{told}: again: {again.said}"
        assert await rows_there(house.url) == new, told
        assert not (wrong := await sound(house)), f"{told}: {wrong}"
    assert killed
    what = f"kill -9 while migrating a database of {STEPS[step_of(state) - 1]}, {house.engine}"
    survived("fault", what, killed, killed, HOW)


async def _shapes(house: House, first: int) -> dict[int, Shape]:
    """The tables after each number of steps."""
    found = {}
    async with orm(house.url, create=True) as connection:
        for count in range(first, len(STEPS) + 1):
            await tables_of(connection, count)
            found[count] = await shape_of(connection)
    await _emptied(house)
    return found


async def _emptied(house: House) -> None:
    if house.engine == "SQLite":
        house.file.unlink()
        return
    async with orm(house.url) as connection:
        await connection.execute_script("DROP SCHEMA public CASCADE; CREATE SCHEMA public")


async def _steps(house: House) -> list[str]:
    async with orm(house.url) as connection:
        rows = await connection.execute_query_dict("SELECT name FROM tortoise_migrations ORDER BY name")
    return [row["name"] for row in rows]


@pytest.mark.parametrize("made", [False, True], ids=["without tables", "with tables"])
async def test_the_first_start_is_empty_or_ready(
    house: House, forged: Forge, tmp_path: Path, made: bool
) -> None:
    """What is loaded at the first start is published with it: the next start would leave it alone.

    Nearly all a first start does is to make its tables. Where they are there, each kill meets the loading.
    """
    starter = _starter(tmp_path)
    if made:
        await migrate(house.url, at=AT)
    name = f"making an empty machine ready, its tables {'made before' if made else 'too'}"
    ready = Act(name, ("act-ready", str(starter)))
    await house.keep()
    whole = forged.run(house, ready)
    assert whole.codes == (0,), whole.said
    new = timeless(await rows_of(house.url), house.since)
    number, killed = seed(), 0
    chance = random.Random(number)
    for kill in moments(chance, whole, tries(1, 15), tries(0, 15)):
        await house.bring_back()
        outcome = forged.run(house, ready, **kill)
        killed += outcome.killed
        told = f"{house.engine}, KILL_SEED={number}, {kill}: {outcome}"
        await house.settled()
        left = await there(house.url)
        assert left is None or timeless(left, house.since) == new, f"{told}: half is loaded"
        assert left or ready.told not in outcome.said, told
        again = forged.run(house, ready)
        assert again.codes == (0,), f"{told}: again: {again.said}"
        rows = timeless(await rows_of(house.url), house.since)
        assert unnumbered(rows) == unnumbered(new), f"{told}: started again it ends otherwise"
        assert not (wrong := await sound(house)), f"{told}: {wrong}"
    assert killed
    survived("fault", f"kill -9 while {name}, {house.engine}", killed, killed, HOW)


def _starter(folder: Path) -> Path:
    """A small catalogue in files."""
    for record in sample(3):
        kind = "entitlements" if record.kind == "entitlement" else f"{record.kind}s"
        (folder / "starter" / kind).mkdir(parents=True, exist_ok=True)
        write_file(folder / "starter" / kind, record.document)
    return folder / "starter"
