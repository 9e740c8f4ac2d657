"""Reports and thanks in the database, forgotten after two years."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.expressions import F
from tortoise.functions import Sum
from tortoise.transactions import in_transaction

from offer.db.models import Feedback, Helped
from offer.feedback.told import Report, new_code

KEPT_YEARS = 2


@dataclass(frozen=True, slots=True)
class Standing:
    """How a report stands: its number, what it is about, and what staff say, or ""."""

    id: int
    slug: str
    day: date
    state: str
    answer: str


async def keep(report: Report, today: date) -> str:
    """Keeps a report; its code. The same one sent twice is kept once; a code in use is never overwritten."""
    async with in_transaction() as transaction:
        await Feedback.filter(day__lt=_years_before(today)).using_db(transaction).delete()
        held = await Feedback.filter(code=report.code).using_db(transaction).first()
        if held is not None and _same(held, report):
            return report.code
        code = report.code if held is None else new_code()
        await Feedback.create(
            code=code,
            slug=report.slug,
            version=report.version,
            day=today,
            kind=report.kind,
            text=report.text,
            state="new",
            using_db=transaction,
        )
        return code


def _same(held: Feedback, report: Report) -> bool:
    return (held.slug, held.kind, held.text) == (report.slug, report.kind, report.text)


async def thank(slug: str, today: date) -> None:
    """Counts that an entry helped."""
    async with in_transaction() as transaction:
        await Helped.bulk_create(
            [Helped(day=today, slug=slug, count=0)], ignore_conflicts=True, using_db=transaction
        )
        row = Helped.filter(day=today, slug=slug).using_db(transaction)
        await row.update(count=F("count") + 1)
        await Helped.filter(day__lt=_years_before(today)).using_db(transaction).delete()


async def standing_of(connection: BaseDBAsyncClient, code: str) -> Standing | None:
    """How the report with that code stands; None where there is none."""
    held = await Feedback.filter(code=code).using_db(connection).first()
    return Standing(held.id, held.slug, held.day, held.state, held.answer) if held else None


async def number_of(connection: BaseDBAsyncClient, code: str) -> int | None:
    """The number by which staff know the report with that code; None where there is none."""
    held = await Feedback.filter(code=code).using_db(connection).first()
    return held.id if held else None


async def reports(connection: BaseDBAsyncClient, since: date) -> list[Feedback]:
    """Every report from a day on, by entry, the oldest first."""
    return await Feedback.filter(day__gte=since).using_db(connection).order_by("slug", "day", "id")


async def thanks(connection: BaseDBAsyncClient, since: date) -> Mapping[str, int]:
    """How often each entry helped from a day on."""
    held = Helped.filter(day__gte=since).using_db(connection).annotate(total=Sum("count")).group_by("slug")
    return {slug: int(total) for slug, total in await held.values_list("slug", "total")}


def _years_before(day: date) -> date:
    """The first of the month so many years earlier."""
    return date(day.year - KEPT_YEARS, day.month, 1)
