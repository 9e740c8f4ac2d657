"""What is kept of the sources: how each answered last, and what waits for somebody to look."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.expressions import Q
from tortoise.transactions import in_transaction

from offer.db.change_models import LinkCheck
from offer.staff import audit
from offer.staff.audit import By
from offer.staff.links.seen import GONE, Seen

WEEKLY, SOONER = timedelta(days=7), timedelta(days=1)
BROKEN_AFTER = 2  # looks in a row that failed: one hiccup is nobody's work
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Queued:
    """A source that somebody should look at. `problem`: "" where it only says something else now."""

    id: int
    url: str
    problem: str
    changed_at: datetime | None
    checked_at: datetime | None


async def follow(connection: BaseDBAsyncClient, cited: Collection[str]) -> None:
    """Takes up addresses that are cited now, and drops those that are not any more."""
    held = set(await LinkCheck.all().using_db(connection).values_list("url", flat=True))
    fresh = [LinkCheck(url=url) for url in sorted(set(cited) - held) if len(url) <= 600]
    await LinkCheck.bulk_create(fresh, _AT_ONCE, using_db=connection, ignore_conflicts=True)
    gone = sorted(held - set(cited))
    for start in range(0, len(gone), _AT_ONCE):
        await LinkCheck.filter(url__in=gone[start : start + _AT_ONCE]).using_db(connection).delete()


async def due(connection: BaseDBAsyncClient, at: datetime, most: int) -> list[str]:
    """The addresses to ask now, the longest due first: each weekly, one that failed the next day."""
    old = Q(checked_at=None) | Q(checked_at__lte=at - WEEKLY)
    failed = Q(failures__gte=1, checked_at__lte=at - SOONER)
    rows = LinkCheck.filter(old | failed).using_db(connection).order_by("checked_at", "id").limit(most)
    return [row.url for row in await rows]


async def keep(connection: BaseDBAsyncClient, url: str, seen: Seen, at: datetime) -> None:
    """Keeps what a look found. What is new about it puts the source in the queue again."""
    row = await LinkCheck.get_or_none(url=url, using_db=connection)
    if row is None:
        return
    was_broken = _is_broken(row.failures, row.status)
    row.checked_at, row.status, row.problem = at, seen.status, seen.problem[:200]
    row.failures = row.failures + 1 if seen.problem else 0
    if not was_broken and _is_broken(row.failures, row.status):
        row.seen_by = None
    if seen.digest:
        if row.digest and row.digest != seen.digest:
            row.changed_at, row.seen_by = at, None
        row.digest = seen.digest
    await row.save(using_db=connection)


def _is_broken(failures: int, status: int | None) -> bool:
    return failures >= BROKEN_AFTER or (failures >= 1 and status in GONE)


async def queue(connection: BaseDBAsyncClient) -> list[Queued]:
    """What nobody looked at yet: first what is broken, then what says something else."""
    rows = LinkCheck.filter(Q(failures__gte=1) | ~Q(changed_at=None), seen_by=None).using_db(connection)
    found = [
        Queued(row.id, row.url, row.problem if broken else "", row.changed_at, row.checked_at)
        for row in await rows
        if (broken := _is_broken(row.failures, row.status)) or row.changed_at is not None
    ]
    return sorted(found, key=lambda each: (not each.problem, each.url))


async def url_of(connection: BaseDBAsyncClient, link: int) -> str | None:
    """The address of a row."""
    row = await LinkCheck.get_or_none(id=link, using_db=connection)
    return row.url if row else None


async def looked_at(connection: BaseDBAsyncClient, link: int, by: By, at: datetime) -> bool:
    """Takes a source out of the queue until something new is found; whether there is such a row."""
    async with in_transaction(connection.connection_name) as transaction:
        row = LinkCheck.filter(id=link).using_db(transaction)
        if not await row.update(seen_by=by.account or 0, changed_at=None):
            return False
        await audit.append(transaction, by, "looked at a source", f"link {link}", at)
    return True


Cited = Mapping[str, tuple[str, ...]]  # address → slugs that cite it
