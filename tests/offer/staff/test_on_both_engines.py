"""What staff sign in and tell with, on SQLite and on PostgreSQL: tries, council accounts, you said."""

import asyncio
from datetime import timedelta

import pytest

from offer.commands.reports import answer_feedback
from offer.db.connections import orm
from offer.db.errors import Refused
from offer.db.migrate import migrate
from offer.db.models import Feedback
from offer.db.staff_models import AuditRow
from offer.feedback.following import look
from offer.settings import Settings
from offer.staff import you_said
from offer.staff.accounts import account_of, invite
from offer.staff.audit import COMMAND_LINE, By, standing
from offer.staff.council.identities import accept, account_for, link
from offer.staff.roles import Grant
from offer.staff.tries import FROM_HERE, MINUTES, OF_ACCOUNT_HERE, StaffTries, Trier
from offer.staff.you_said import Draft, Said
from tests.offer.catalogue.conftest import AT

ISSUER, OURS = "https://login.example", "E10000019"


async def test_many_tries_at_once_are_all_counted(database_url: str) -> None:
    await migrate(database_url, at=AT)
    async with orm(database_url) as connection:
        tries, who = StaffTries(), Trier("sam@council.example", "198.51.100.7")

        async def attempt() -> bool:
            return await tries.take(connection, who, AT)

        taken = await asyncio.gather(*(attempt() for _ in range(12)))
        assert sum(taken) == OF_ACCOUNT_HERE
        assert not await attempt()
        assert await tries.take(connection, Trier(who.email, "203.0.113.9"), AT), "another place"
        assert await tries.take(connection, who, AT + timedelta(minutes=MINUTES)), "a quarter of an hour on"


async def test_one_place_cannot_try_one_account_after_the_other(database_url: str) -> None:
    await migrate(database_url, at=AT)
    async with orm(database_url) as connection:
        tries = StaffTries()
        taken = [
            await tries.take(connection, Trier(f"{each}@a.example", "198.51.100.7"), AT)
            for each in range(FROM_HERE + 3)
        ]
        assert taken == [True] * FROM_HERE + [False] * 3


async def test_a_subject_belongs_to_one_account(database_url: str) -> None:
    await migrate(database_url, at=AT)
    async with orm(database_url) as connection:
        first, second = [
            await invite(
                connection, f"{name}@a.example", name, "Team", Grant(OURS, "viewer"), COMMAND_LINE, AT
            )
            for name in ("one", "two")
        ]
        held = await accept(connection, first.key, ISSUER, "subject", AT)
        assert held and held.state == "active" and held.is_linked and not held.has_password
        assert await accept(connection, first.key, ISSUER, "other", AT) is None, "it works once"
        with pytest.raises(Refused):
            await accept(connection, second.key, ISSUER, "subject", AT)
        still = await account_of(connection, second.account)
        assert still and still.state == "invited"
        by = By(first.account, "Team")
        await link(connection, first.account, ISSUER, "a new subject", by, AT)
        assert await account_for(connection, ISSUER, "subject") is None
        found = await account_for(connection, ISSUER, "a new subject")
        assert found and found.id == first.account
        assert await account_for(connection, "https://another.example", "a new subject") is None
        assert (await standing(connection)).broken is None


async def test_what_was_said_is_followed(database_url: str) -> None:
    await migrate(database_url, at=AT)
    async with orm(database_url) as connection:
        taken: list[tuple[Said, ...]] = []
        seen = await look(connection, taken.append, None)
        number = await you_said.write(
            connection, Draft(OURS, "bus-travel", "It was old.", "It is new."), COMMAND_LINE, AT
        )
        seen = await look(connection, taken.append, seen)
        assert await look(connection, taken.append, seen) == seen
        assert [len(each) for each in taken] == [0, 1]
        assert await you_said.take_down(connection, number, COMMAND_LINE, AT)
        assert not await you_said.take_down(connection, number, COMMAND_LINE, AT)
        await look(connection, taken.append, seen)
        assert [len(each) for each in taken] == [0, 1, 0]


async def test_an_answer_by_the_command_line_is_in_the_log(database_url: str) -> None:
    await migrate(database_url, at=AT)
    async with orm(database_url) as connection:
        await Feedback.create(
            using_db=connection, code="CDFGHJ34", slug="bus-travel", version=1,
            day=AT.date(), kind="wrong", text="", state="new",
        )  # fmt: skip
    settings = Settings(database_url=database_url)
    said = await answer_feedback(settings, "cdfg-hj34", "changed", "It is new.")
    assert said == "CDFG-HJ34 is now: changed"
    async with orm(database_url) as connection:
        (row,) = await AuditRow.filter(act="answered a report").using_db(connection)
        assert (row.account, row.team) == (None, "command line") and "It is new" not in row.detail
        told = await Feedback.get(code="CDFGHJ34", using_db=connection)
        assert (told.state, told.answer) == ("changed", "It is new.")
