"""Shared between processes, on both databases: whose turn it is, what was sent, how sources answered."""

from collections.abc import AsyncIterator
from datetime import date, timedelta

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient

from offer.catalogue.commands import migrate
from offer.clock import now
from offer.db.connections import orm
from offer.staff.audit import COMMAND_LINE
from offer.staff.links import rows
from offer.staff.links.seen import Seen
from offer.staff.reminding import sending
from offer.staff.reminding.letters import Digest
from offer.staff.turn import give_turn_back, take_turn

URL, MINUTE = "https://council.example/grant", timedelta(minutes=1)


@pytest.fixture
async def connection(database_url: str) -> AsyncIterator[BaseDBAsyncClient]:
    """A database with its tables and nothing in them."""
    await migrate(database_url, at=now(), say=lambda line: None)
    async with orm(database_url) as made:
        yield made


async def test_a_turn_is_one_s_until_it_is_given_back_or_runs_out(connection: BaseDBAsyncClient) -> None:
    at = now()
    assert [await take_turn(connection, "mail", at, MINUTE) for _ in range(3)] == [True, False, False]
    assert await take_turn(connection, "links", at, MINUTE), "each work has its own turn"
    await give_turn_back(connection, "mail", at)
    assert await take_turn(connection, "mail", at, MINUTE)
    assert not await take_turn(connection, "mail", at + MINUTE / 2, MINUTE)
    assert await take_turn(connection, "mail", at + MINUTE, MINUTE)


async def test_what_was_sent_is_known_and_noted_once(connection: BaseDBAsyncClient) -> None:
    on, digest = date(2027, 3, 1), Digest("E10000019", "Lincolnshire", "", "a@b.example", False, (), 2)
    for _ in range(2):
        await sending._note(connection, digest, now(), on)
    sent = await sending._sent(connection, on)
    assert len(sent) == 2 and ("april", "E10000019", date(2027, 4, 1), 31) in sent
    assert len(await sending._sent(connection, on + timedelta(days=1))) == 1, "the letter of a day before"


async def test_sources_are_followed_asked_queued_and_settled(connection: BaseDBAsyncClient) -> None:
    at = now()
    for _ in range(2):
        await rows.follow(connection, [URL, "https://council.example/other"])
    assert await rows.due(connection, at, 1) == [URL]
    await rows.keep(connection, URL, Seen(404, problem="gone"), at)
    assert await rows.due(connection, at, 9) == ["https://council.example/other"]
    (waiting,) = await rows.queue(connection)
    assert (waiting.url, waiting.problem) == (URL, "gone")
    assert await rows.looked_at(connection, waiting.id, COMMAND_LINE, at)
    assert await rows.queue(connection) == [] and not await rows.looked_at(connection, 999, COMMAND_LINE, at)
    await rows.follow(connection, [])
    assert await rows.due(connection, at + timedelta(days=9), 9) == []
