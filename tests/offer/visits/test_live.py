"""The news that the pages of a visit hear: whole rooms, and few of them."""

import asyncio
import base64
import re
import zlib
from datetime import timedelta

import pytest
from starlette.applications import Starlette

from offer.clock import now
from offer.pages import visit_live
from offer.visits import live
from tests.offer.visits.people import Phone, begun, events, together


async def test_a_page_hears_each_change_as_the_whole_room(
    app: Starlette, phones: tuple[Phone, Phone, Phone]
) -> None:
    adviser, young, _ = phones
    visit = await together(adviser, young, age_years="19")

    async def answer() -> None:
        await adviser.post(f"{visit}/answer", place="Sleaford")

    async def wipe() -> None:
        await adviser.post(f"{visit}/wipe")

    heard = await events(app, young, visit, 3, answer, wipe)
    assert [name for name, _ in heard] == ["room", "room", "over"]
    assert "Sleaford" not in heard[0][1] and "Sleaford" in heard[1][1]
    assert "You and your adviser are here" in heard[1][1]
    assert app.state.live.visits.count == 0


async def test_who_waits_hears_that_it_was_decided(
    app: Starlette, phones: tuple[Phone, Phone, Phone]
) -> None:
    adviser, young, _ = phones
    visit, code = await begun(adviser)
    await young.post("/join", code=code)

    async def let_in() -> None:
        knock = re.search(r'name="knock" value="([^"]+)"', (await adviser.get(visit)).text)
        assert knock
        await adviser.post(f"{visit}/admit", knock=knock[1])

    letting = asyncio.create_task(let_in())
    assert [name for name, _ in await events(app, young, visit, 1)] == ["decided"]
    await letting


async def test_a_quiet_stream_stays_open(
    app: Starlette, phones: tuple[Phone, Phone, Phone], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visit_live, "ALIVE", 0.01)
    adviser, young, _ = phones
    visit = await together(adviser, young)

    async def later() -> None:
        await asyncio.sleep(0.1)
        await adviser.post(f"{visit}/point", at="staying-put")

    assert len(await events(app, young, visit, 2, later)) == 2


async def test_a_room_comes_packed_to_a_phone_that_can_unpack(
    app: Starlette, phones: tuple[Phone, Phone, Phone]
) -> None:
    adviser, young, _ = phones
    visit = await together(
        adviser, young, age_years="19", responsible_authority="E06000047", place="Sleaford"
    )
    ((_, plain),) = await events(app, young, visit, 1)
    ((_, packed),) = await events(app, young, visit, 1, query=b"packed")
    assert zlib.decompress(base64.b64decode(packed)).decode() == plain
    assert len(packed) <= 15_000, "as light as the results"


async def test_a_phone_asleep_for_ten_minutes_catches_up_with_one_event(
    app: Starlette, phones: tuple[Phone, Phone, Phone], monkeypatch: pytest.MonkeyPatch
) -> None:
    adviser, young, _ = phones
    visit = await together(adviser, young, age_years="19")
    marks: list[str] = []
    await events(app, young, visit, 1, marks=marks)
    awake = now
    for module in ("visit_room", "visit_live", "visit_deeds"):
        monkeypatch.setattr(f"offer.pages.{module}.now", lambda: awake() + timedelta(minutes=10))
    await adviser.post(f"{visit}/answer", place="Sleaford")
    await adviser.post(f"{visit}/answer", employed="true")
    await adviser.post(f"{visit}/point", at="staying-put")
    ((name, room),) = await events(app, young, visit, 1, last=marks[0])
    assert name == "room"
    assert "Sleaford" in room and "Your adviser said this" in room and "Look at this:" in room


async def test_a_phone_that_missed_nothing_is_sent_nothing(
    app: Starlette, phones: tuple[Phone, Phone, Phone]
) -> None:
    adviser, young, _ = phones
    visit = await together(adviser, young, age_years="19")
    marks: list[str] = []
    await events(app, young, visit, 1, marks=marks)

    async def answer() -> None:
        await asyncio.sleep(2)  # time enough for a room that should not come
        await adviser.post(f"{visit}/answer", place="Sleaford")

    answering = asyncio.create_task(answer())
    ((_, room),) = await events(app, young, visit, 1, last=marks[0])
    assert "Sleaford" in room, "the first event is the change"
    await answering


async def test_where_too_many_pages_are_open_a_phone_is_told_and_asks_again_later(
    app: Starlette, phones: tuple[Phone, Phone, Phone], monkeypatch: pytest.MonkeyPatch
) -> None:
    adviser, young, _ = phones
    visit = await together(adviser, young, age_years="19")
    monkeypatch.setattr(live, "MOST_OPEN", 0)
    heard = await events(app, young, visit, 2)
    assert [name for name, _ in heard] == ["room", "busy"], "the room as it stands, and no open stream"
    assert "Many people are looking at visits just now" in (await young.get(visit)).text
    assert app.state.live.visits.count == 0


async def test_a_stream_opened_again_and_again_leaves_three_and_the_other_person_s_alone(
    app: Starlette, phones: tuple[Phone, Phone, Phone]
) -> None:
    adviser, young, _ = phones
    visit = await together(adviser, young, age_years="19")
    theirs = asyncio.create_task(events(app, adviser, visit, 2))
    marks: list[str] = []
    await events(app, young, visit, 1, marks=marks)
    many = [asyncio.create_task(events(app, young, visit, 1, last=marks[0])) for _ in range(40)]
    done, still_open = await asyncio.wait(many[: -live.MOST_OF_ONE], timeout=300)
    assert not still_open
    assert all(task.result() == [("elsewhere", "")] for task in done)
    assert app.state.live.visits.count == live.MOST_OF_ONE + 1
    await young.post(f"{visit}/answer", place="Sleaford")
    assert [name for name, _ in await theirs] == ["room", "room"]
    for task in many[-live.MOST_OF_ONE :]:
        assert "Sleaford" in (await task)[0][1]
