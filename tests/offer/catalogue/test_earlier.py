"""Earlier editions: the one of the day, few in memory, none where none was published."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient

from directory.places import Places
from offer.catalogue.documents import ENTITLEMENT, KINDS
from offer.catalogue.earlier import MOST_KEPT, Earlier
from offer.catalogue.findings import findings
from offer.catalogue.publishing import publish
from offer.catalogue.reading import NotPublished
from offer.catalogue.revisions import Stamp, save
from offer.published import Published, build_published
from tests.offer.catalogue.conftest import entry

MORNING = datetime(2026, 5, 3, 8, 0, tzinfo=UTC)


async def said(title: str, at: datetime) -> None:
    document = KINDS[ENTITLEMENT].model.model_validate(entry("bursary", title=title))
    await save(ENTITLEMENT, document, Stamp("anna", at, state="ready"))
    await publish(at=at, author="anna", note="why", findings=findings)


@pytest.fixture
def newest(places: Places) -> Published:
    """What this process serves: a later edition than any that is asked for."""
    return build_published([], [], places, version=99, today=date(2026, 11, 22))


async def test_the_edition_is_the_one_seen_at_the_end_of_the_day(
    connection: BaseDBAsyncClient, newest: Published
) -> None:
    for days, title in enumerate(("One", "Two", "Three")):
        await said(title, MORNING + timedelta(days=days))
    earlier = Earlier()
    for days, title in ((1, "Two"), (0, "One"), (9, "Three"), (0, "One")):
        found = await earlier.on(connection, (MORNING + timedelta(days=days)).date(), newest)
        assert found.published.entries["bursary"].title == title
        assert found.at == MORNING + timedelta(days=min(days, 2))
        assert len(earlier) <= MOST_KEPT


async def test_an_edition_that_is_kept_is_not_read_again(
    connection: BaseDBAsyncClient, newest: Published
) -> None:
    await said("One", MORNING)
    earlier = Earlier()
    first = await earlier.on(connection, MORNING.date(), newest)
    assert await earlier.on(connection, MORNING.date(), newest) is first
    mine = build_published([], [], newest.places, version=1, today=MORNING.date())
    assert (await earlier.on(connection, MORNING.date(), mine)).published is mine
    assert len(earlier) == 1


@pytest.mark.parametrize(
    "day", [MORNING.date() - timedelta(days=1), date.min, date(1999, 12, 31), date.max, date(3000, 1, 1)]
)
async def test_a_day_of_no_catalogue_is_said_to_be_one(
    connection: BaseDBAsyncClient, newest: Published, day: date
) -> None:
    await said("One", MORNING)
    with pytest.raises(NotPublished):
        await Earlier().on(connection, day, newest)
