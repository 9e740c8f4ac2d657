"""Visits over real processes: one that is killed, and three that share a database."""

import asyncio
import re
import shutil
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, ExitStack
from pathlib import Path

import pytest
from nacl.public import PrivateKey

from offer.visits.keys import to_text
from tests.offer.visits.people import opened
from tests.visiting import Event, Phone, made_ready, served, together

PATIENCE = 300  # seconds: a machine of a CI may be slow, and nothing waits without a reason
TOWNS = ("Sleaford", "Boston", "Grantham", "Lincoln")


@pytest.fixture
def data(tmp_path: Path, places_file: Path) -> Path:
    shutil.copy(places_file, tmp_path / "places.bin")
    return tmp_path


async def test_a_process_that_is_killed_loses_no_answer(data: Path) -> None:
    made_ready(data)
    with served(data) as first:
        adviser, young = await together(first.address, age_years="19")
        async with adviser.listening() as news:
            mark = (await anext(news)).mark
            said = [
                await young.post("answer", employed="true"),
                await adviser.post("answer", place="Sleaford"),
            ]
            cut = asyncio.create_task(young.post("answer", place="Boston"))  # who knows if it arrives
            first.process.kill()
            first.process.wait()
            await asyncio.gather(cut, return_exceptions=True)
            assert [reply.status for reply in said] == [303, 303]
    with served(data, port=int(first.address.rpartition(":")[2])):
        async with asyncio.timeout(PATIENCE), adviser.listening(last=mark) as news:
            room = (await anext(news)).room
            assert "19</b>" in room and "The young person said this" in room
            assert "Sleaford" in room or "Boston" in room
            assert (await young.post("answer", place="Grantham")).status == 303
            assert "South Kesteven" in (await anext(news)).room
        assert "South Kesteven" in (await young.ask("GET", young.visit)).text


async def test_who_was_let_in_comes_in_although_the_process_was_killed_between(data: Path) -> None:
    made_ready(data)
    tab = PrivateKey.generate()
    with served(data) as first:
        adviser, young = Phone(first.address), Phone(first.address)
        begun = await adviser.ask("POST", "/visit", role="adviser")
        adviser.visit = young.visit = begun.headers["location"]
        await young.post("knock", key=to_text(bytes(tab.public_key)))
        knock = young.cookie.removeprefix("visit-waiting=").partition(".")[0]
        assert (await adviser.post("admit", knock=knock)).status == 303
    with served(data, port=int(first.address.rpartition(":")[2])):
        page = (await young.ask("GET", young.visit)).text
        box = re.search(r'data-handed="([^"]+)"', page)
        assert box
        for _ in range(2):  # the first reply may be lost
            assert (await young.post("enter", key=to_text(opened(box[1], tab)))).status == 303
        assert "You and your adviser are here" in (await young.ask("GET", young.visit)).text


@pytest.fixture
def three(data: Path, postgres_url: str) -> Iterator[list[str]]:
    """The addresses of three processes on one PostgreSQL."""
    made_ready(data, postgres_url)
    with ExitStack() as stack:
        yield [stack.enter_context(served(data, postgres_url)).address for _ in range(3)]


@pytest.mark.postgres
async def test_processes_that_share_a_database_show_each_other_s_answers(three: list[str]) -> None:
    adviser, young = await together(three[0], three[1], age_years="19")
    pages = (adviser, young, adviser.at(three[2]))
    async with asyncio.timeout(PATIENCE), AsyncExitStack() as stack:
        streams = [await _opened(stack, page) for page in pages]
        for number, town in enumerate(TOWNS):
            sender = (adviser, young)[number % 2].at(three[number % 3])
            assert (await sender.post("answer", place=town)).status == 303
            for stream in streams:
                assert town in (await anext(stream)).room
        assert (await young.post("wipe")).status == 200
        assert [(await anext(stream)).name for stream in streams] == ["over"] * 3


async def _opened(stack: AsyncExitStack, page: Phone) -> AsyncIterator[Event]:
    events = await stack.enter_async_context(page.listening())
    assert (await anext(events)).name == "room"
    return events
