"""A database of each earlier version, filled by the code of its day, is upgraded with every row and index."""

import pytest

from offer.catalogue.reading import read_published
from offer.db.connections import orm
from offer.db.migrate import migrate
from offer.db.shape import differences, shape_of, shape_of_models
from offer.staff.audit import standing
from tests.offer.db.earlier.putting import STATES, STEPS, of_its_day, put_back, rows_there, step_of
from tests.offer.db.filled import AT
from tests.strength import MANY, survived


def test_there_is_one_of_every_state_before_this() -> None:
    assert [f"{number:04}" for number in range(1, len(STEPS))] == STATES


@pytest.mark.parametrize("state", STATES if MANY else [STATES[0], STATES[-1]])
async def test_it_is_upgraded_whole(empty_database_url: str, state: str) -> None:
    await put_back(empty_database_url, state)
    before = await rows_there(empty_database_url)
    assert all(before.values()), "every table of its day has rows to lose"
    done = await migrate(empty_database_url, at=AT)
    assert done.steps == tuple(f"catalogue.{step}" for step in STEPS[step_of(state) :])
    after = await rows_there(empty_database_url)
    assert of_its_day(after, before) == before, "no table, column or row is lost"
    async with orm(empty_database_url) as connection:
        wanted, found = await shape_of_models(connection), await shape_of(connection)
        assert not differences(wanted, found)
        assert {name: shape.indexes for name, shape in found.items()} == {
            name: shape.indexes for name, shape in wanted.items()
        }
        stands = await standing(connection)
        assert (stands.broken, stands.guarded) == (None, True)
        published = await read_published(connection)
        assert (published.version, published.unreadable) == (2, [])
        assert published.entitlements and published.records
    assert (await migrate(empty_database_url, at=AT)).steps == ()
    what = (
        f"a filled database of {STEPS[step_of(state) - 1]} upgraded, {empty_database_url.partition(':')[0]}"
    )
    survived("fault", what, 1, 1, "make strength")
