"""Reports and thanks in the database, on both engines."""

import asyncio
from datetime import date, timedelta

from offer.db.connections import orm
from offer.db.migrate import migrate
from offer.db.models import Feedback, Helped
from offer.feedback.listing import lines
from offer.feedback.store import keep, number_of, reports, standing_of, thank, thanks
from offer.feedback.told import Report
from offer.published import Published
from offer.staff.acts import answer_report
from offer.staff.audit import COMMAND_LINE
from tests.offer.catalogue.conftest import AT

DAY = date(2026, 11, 22)
REPORT = Report("CDFGHJ34", "bus-travel", 7, "wrong", "The pass ends at 24.")


async def test_a_report_sent_twice_is_kept_once_and_another_never_overwrites_it(database_url: str) -> None:
    await migrate(database_url, at=AT)
    async with orm(database_url) as connection:
        assert await keep(REPORT, DAY) == REPORT.code
        assert await keep(REPORT, DAY) == REPORT.code
        other = Report(REPORT.code, "bus-travel", 7, "missing", "Trams.")
        code = await keep(other, DAY)
        assert code != REPORT.code
        told = await reports(connection, DAY)
        assert [(each.code, each.kind, each.text) for each in told] == [
            (REPORT.code, "wrong", "The pass ends at 24."),
            (code, "missing", "Trams."),
        ]


async def test_whoever_has_the_code_reads_how_it_stands(database_url: str) -> None:
    await migrate(database_url, at=AT)
    async with orm(database_url) as connection:
        await keep(REPORT, DAY)
        standing = await standing_of(connection, REPORT.code)
        assert standing is not None
        assert (standing.slug, standing.day, standing.state) == ("bus-travel", DAY, "new")
        number = await number_of(connection, REPORT.code)
        assert number is not None
        await answer_report(connection, number, "changed", "Now it says 24.", COMMAND_LINE, AT)
        standing = await standing_of(connection, REPORT.code)
        assert standing is not None and (standing.state, standing.answer) == ("changed", "Now it says 24.")
        assert await number_of(connection, "XXXXXXXX") is None
        assert await standing_of(connection, "XXXXXXXX") is None


async def test_thanks_of_several_processes_add_up(database_url: str) -> None:
    await migrate(database_url, at=AT)

    async def process() -> None:
        async with orm(database_url):
            for _ in range(5):
                await thank("bus-travel", DAY)

    await asyncio.gather(*(asyncio.create_task(process()) for _ in range(3)))
    async with orm(database_url) as connection:
        await thank("pathway-plan", DAY + timedelta(1))
        assert await thanks(connection, DAY) == {"bus-travel": 15, "pathway-plan": 1}
        assert await thanks(connection, DAY + timedelta(1)) == {"pathway-plan": 1}


async def test_all_go_after_two_years(database_url: str) -> None:
    await migrate(database_url, at=AT)
    async with orm(database_url):
        await keep(REPORT, date(2024, 10, 31))
        await thank("bus-travel", date(2024, 10, 31))
        await keep(Report("CDFGHJ37", "bus-travel", 7, "wrong", ""), DAY)
        await thank("bus-travel", DAY)
        assert [each.code for each in await Feedback.all()] == ["CDFGHJ37"]
        assert [each.day for each in await Helped.all()] == [DAY]


async def test_staff_read_it_by_entry_and_no_small_count(database_url: str, published: Published) -> None:
    await migrate(database_url, at=AT)
    async with orm(database_url) as connection:
        assert next(lines(published, [], {})) == "Nobody has told us anything in this time."
        await keep(REPORT, DAY)
        await keep(Report("CDFGHJ37", "gone-since", 7, "missing", "First.\n\nSecond."), DAY)
        said = list(lines(published, await reports(connection, DAY), {"bus-travel": 5, "pathway-plan": 4}))
    assert said[0].endswith("[bus-travel]")
    assert said[1].startswith("- CDFG-HJ34  22 November 2026, list 7, new: Something here is wrong")
    assert said[2] == "    The pass ends at 24."
    assert "gone-since (not public now)" in said[3]
    assert said[5:7] == ["    First.", "    Second."]
    assert (
        "     5  " in said[-1] and len([line for line in said if "  " in line[:8] and line[5:6] == "4"]) == 0
    )
