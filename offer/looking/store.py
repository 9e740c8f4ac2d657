"""The counts of all processes, added up in the database, and forgotten after thirteen months."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.expressions import F
from tortoise.functions import Sum
from tortoise.transactions import in_transaction

from offer.db.models import LookedFor, Opened
from offer.looking.counter import Due, Key

KEPT_MONTHS = 13  # a year to compare with, and the month that is running


@dataclass(frozen=True, slots=True)
class Counts:
    """All counts from a day on. `first` is the first day on which anything was counted, None for never."""

    first: date | None
    searches: Mapping[str, int]
    openings: Mapping[Key, int]


async def keep(due: Due, today: date) -> None:
    """Adds to what stands and deletes what is too old, all or nothing.

    In one order, so that two processes never wait for each other.
    """
    async with in_transaction() as transaction:
        for (day, words), times in sorted(due.searches.items()):
            await _add_search(transaction, day, words, times)
        for (day, key), times in sorted(due.openings.items()):
            await _add_opening(transaction, day, key, times)
        before = _months_before(today, KEPT_MONTHS)
        await LookedFor.filter(day__lt=before).using_db(transaction).delete()
        await Opened.filter(day__lt=before).using_db(transaction).delete()


async def _add_search(connection: BaseDBAsyncClient, day: date, words: str, times: int) -> None:
    """A row of none first, if there is no row; then adding in the database loses nobody's count."""
    await LookedFor.bulk_create(
        [LookedFor(day=day, words=words, count=0)], ignore_conflicts=True, using_db=connection
    )
    await LookedFor.filter(day=day, words=words).using_db(connection).update(count=F("count") + times)


async def _add_opening(connection: BaseDBAsyncClient, day: date, key: Key, times: int) -> None:
    kind, slug = key
    await Opened.bulk_create(
        [Opened(day=day, kind=kind, slug=slug, count=0)], ignore_conflicts=True, using_db=connection
    )
    row = Opened.filter(day=day, kind=kind, slug=slug).using_db(connection)
    await row.update(count=F("count") + times)


async def read(connection: BaseDBAsyncClient, since: date) -> Counts:
    """The counts of a day and all after it, added up."""
    searches = LookedFor.filter(day__gte=since).using_db(connection)
    openings = Opened.filter(day__gte=since).using_db(connection)
    asked = searches.annotate(total=Sum("count")).group_by("words")
    opened = openings.annotate(total=Sum("count")).group_by("kind", "slug")
    return Counts(
        first=await _first(connection),
        searches={words: int(total) for words, total in await asked.values_list("words", "total")},
        openings={
            (kind, slug): int(total)
            for kind, slug, total in await opened.values_list("kind", "slug", "total")
        },
    )


async def _first(connection: BaseDBAsyncClient) -> date | None:
    rows = [await model.all().using_db(connection).order_by("day").first() for model in (LookedFor, Opened)]
    return min((row.day for row in rows if row is not None), default=None)


def _months_before(day: date, months: int) -> date:
    """The first of the month so many months earlier: whole months are easier to promise and to check."""
    number = day.year * 12 + day.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
