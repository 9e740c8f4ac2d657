"""A whole visit over HTTP, with two browsers: without script, and the news that a script hears."""

import asyncio
import base64
import json
import re
import zlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from offer.app import create_app
from offer.catalogue.commands import set_up
from offer.clock import now, today
from offer.pages import visit_live
from offer.settings import Settings
from offer.visits import store

NOT_FOUND = "nowhere-at-all-00000000"


@dataclass
class Phone:
    """One person's browser."""

    http: httpx2.AsyncClient

    async def get(self, path: str) -> httpx2.Response:
        return await self.http.get(path, follow_redirects=True)

    async def post(self, path: str, **fields: str) -> httpx2.Response:
        headers = {"Sec-Fetch-Site": "same-origin"}
        return await self.http.post(path, data=fields, headers=headers, follow_redirects=True)


@pytest.fixture
async def app(data_dir: Path) -> AsyncIterator[Starlette]:
    settings = Settings(data_dir=data_dir, public_url="https://offers.example")
    await set_up(settings.database, at=now())
    made = create_app(settings)
    async with made.router.lifespan_context(made):
        yield made


@pytest.fixture
async def phones(app: Starlette) -> AsyncIterator[tuple[Phone, Phone, Phone]]:
    """The adviser's, the young person's, and a stranger's."""
    transport = httpx2.ASGITransport(app=app)
    clients = [httpx2.AsyncClient(transport=transport, base_url="http://offer.test") for _ in range(3)]
    yield Phone(clients[0]), Phone(clients[1]), Phone(clients[2])
    for client in clients:
        await client.aclose()


async def begun(adviser: Phone, **answers: str) -> tuple[str, str]:
    """The address of a new visit and its code."""
    reply = await adviser.post("/visit", role="adviser", **answers)
    code = re.search(r'app-number">([\w ]+)<', reply.text)
    assert reply.status_code == 200 and code
    return reply.url.path, code[1]


async def together(adviser: Phone, young: Phone, **answers: str) -> str:
    """A visit in which both are."""
    visit, code = await begun(adviser, **answers)
    waiting = await young.post("/join", code=code)
    assert "Waiting to be let in" in waiting.text
    room = await adviser.get(visit)
    number = re.search(r'app-number">(\d\d)<', waiting.text)
    knock = re.search(r'name="knock" value="([^"]+)"', room.text)
    assert number and knock and f">{number[1]}<" in room.text
    assert "Your visit" in (await adviser.post(f"{visit}/admit", knock=knock[1])).text
    assert "You and your adviser are here" in (await young.get(visit)).text
    return visit


async def test_two_people_answer_and_see_the_same_each_in_their_own_words(
    phones: tuple[Phone, Phone, Phone],
) -> None:
    adviser, young, _ = phones
    visit = await together(adviser, young)
    born = today().replace(day=1) - timedelta(days=19 * 366)
    said = {"dob-day": "1", "dob-month": str(born.month), "dob-year": str(born.year)}
    assert (await young.post(f"{visit}/answer", **said)).status_code == 200
    await adviser.post(f"{visit}/answer", responsible_authority="E06000047")
    await adviser.post(f"{visit}/answer", care_when="left_at_18")
    theirs, ours = (await adviser.get(visit)).text, (await young.get(visit)).text
    for title in ("Money to set up your first home", "A personal adviser"):
        assert (title in theirs) == (title in ours)
    assert "You said this" in ours and "The young person said this" in theirs
    assert "Your adviser said this" in ours
    assert "Children Act 1989" in theirs and "The law" in theirs
    assert "app-lawline" not in ours
    assert "no-store" in (await young.get(visit)).headers["cache-control"]


async def test_a_question_taken_out_is_gone_for_both(phones: tuple[Phone, Phone, Phone]) -> None:
    adviser, young, _ = phones
    visit = await together(adviser, young, age_years="19")
    refused = await adviser.post(f"{visit}/leave-out", fact="lives_in")
    assert refused.status_code == 422 and "Only the young person" in refused.text
    await young.post(f"{visit}/leave-out", fact="lives_in")
    said = await adviser.post(f"{visit}/answer", place="Sleaford")
    assert said.status_code == 422 and "would rather not answer" in said.text
    assert "Not answered here, as the young person wished" in (await adviser.get(visit)).text
    assert "Not answered here, as you wished" in (await young.get(visit)).text
    await young.post(f"{visit}/answer", place="Sleaford")
    assert "Not answered here" not in (await adviser.get(visit)).text


async def test_what_makes_no_sense_is_refused_and_nothing_is_lost(
    phones: tuple[Phone, Phone, Phone],
) -> None:
    adviser, young, _ = phones
    visit = await together(adviser, young, age_years="19")
    for fields in (
        {"age_years": "minus two"},
        {"place": "xyzzy"},
        {"dob-day": "31", "dob-month": "2", "dob-year": "2007"},
    ):
        reply = await adviser.post(f"{visit}/answer", **fields)
        assert reply.status_code == 422 and "Something needs putting right" in reply.text
    assert "19</b>" in (await young.get(visit)).text
    empty = await adviser.post(f"{visit}/answer", age_years=" ")
    assert empty.status_code == 422 and "Type or choose an answer first" in empty.text
    await adviser.post(f"{visit}/answer", shoe_size="44")  # a question nobody asked: nothing changes
    assert "19</b>" in (await young.get(visit)).text


async def test_one_shows_the_other_something(phones: tuple[Phone, Phone, Phone]) -> None:
    adviser, young, _ = phones
    visit = await together(adviser, young, age_years="19", responsible_authority="E06000047")
    await adviser.post(f"{visit}/point", at="setting-up-home-allowance")
    assert "Look at this:" in (await young.get(visit)).text
    assert "You are showing them:" in (await adviser.get(visit)).text
    await adviser.post(f"{visit}/point", at="")
    assert "Look at this:" not in (await young.get(visit)).text
    await adviser.post(f"{visit}/point", at="<script>")
    assert "Look at this:" not in (await young.get(visit)).text


async def test_a_stranger_sees_the_door_and_changes_nothing(phones: tuple[Phone, Phone, Phone]) -> None:
    adviser, young, stranger = phones
    visit = await together(adviser, young, place="Sleaford")
    seen = await stranger.get(visit)
    assert "Ask to join" in seen.text and "Sleaford" not in seen.text
    assert (await stranger.post(f"{visit}/answer", age_years="40")).status_code == 403
    stranger.http.cookies.set("visit", "forged.adviser.AAAA.en.AAAA", path=visit)
    assert "Ask to join" in (await stranger.get(visit)).text
    knocked = await stranger.post(f"{visit}/knock")
    assert "Waiting" not in knocked.text, "two are here: nobody else may come"
    assert (await stranger.get(f"/visit/{NOT_FOUND}")).status_code == 410
    assert (await stranger.http.get(f"{visit}/live")).status_code == 204


async def test_wrong_codes_are_said_and_soon_stopped(phones: tuple[Phone, Phone, Phone]) -> None:
    _, _, stranger = phones
    for typed in ("", "hello", "C4HK9", "🙂🙂🙂🙂🙂🙂"):
        reply = await stranger.post("/join", code=typed)
        assert reply.status_code == 422 and "six letters and numbers" in reply.text
    statuses = [(await stranger.post("/join", code="CCCCCC")).status_code for _ in range(25)]
    assert statuses == [422] * 20 + [429] * 5


async def test_the_square_code_leads_to_the_visit_and_no_code_is_asked(
    phones: tuple[Phone, Phone, Phone],
) -> None:
    adviser, young, _ = phones
    visit, _code = await begun(adviser)
    room = (await adviser.get(visit)).text
    assert "A square code that leads to this visit" in room
    assert "Waiting to be let in" in (await young.post(f"{visit}/knock")).text


async def test_each_reads_in_their_own_language(phones: tuple[Phone, Phone, Phone]) -> None:
    adviser, young, _ = phones
    visit = await together(adviser, young, age_years="19")
    arabic = await young.post(f"{visit}/language", language="ar")
    assert '<html lang="ar" dir="rtl"' in arabic.text
    assert '<html lang="en"' in (await adviser.get(visit)).text
    await young.post(f"{visit}/answer", place="Sleaford")
    assert "Sleaford" in (await adviser.get(visit)).text


async def test_leaving_and_wiping(phones: tuple[Phone, Phone, Phone]) -> None:
    adviser, young, _ = phones
    visit = await together(adviser, young, place="Sleaford")
    left = await young.post(f"{visit}/leave")
    assert "You have left the visit" in left.text
    assert "Sleaford" not in (await young.get(visit)).text
    assert "The other person has left" in (await adviser.get(visit)).text
    await adviser.post(f"{visit}/wipe")
    for phone in (adviser, young):
        over = await phone.get(visit)
        assert over.status_code == 410 and "This visit is over" in over.text


async def test_after_two_hours_it_is_over(
    phones: tuple[Phone, Phone, Phone], monkeypatch: pytest.MonkeyPatch
) -> None:
    adviser, young, _ = phones
    visit = await together(adviser, young)
    for module in (
        "offer.pages.visit_room",
        "offer.pages.visit_deeds",
        "offer.pages.visit_live",
        "offer.app",
    ):
        monkeypatch.setattr(f"{module}.now", lambda: now() + store.LASTS)
    assert (await adviser.get(visit)).status_code == 410
    assert (await young.http.get(f"{visit}/live")).status_code == 204


async def test_cookies_go_to_the_visit_alone(phones: tuple[Phone, Phone, Phone]) -> None:
    adviser, _, _ = phones
    reply = await adviser.http.post("/visit", data={"role": "adviser"})
    cookie = reply.headers["set-cookie"]
    assert f"Path={reply.headers['location']}" in cookie
    assert "HttpOnly" in cookie and "SameSite=lax" in cookie and "Max-Age=7200" in cookie


async def events(
    app: Starlette, phone: Phone, visit: str, wanted: int, *then: object, query: bytes = b""
) -> list[tuple[str, str]]:
    """The first events of a stream, read as ASGI, since the test client waits for a body's end."""
    found: list[tuple[str, str]] = []
    cookie = "; ".join(f"{each.name}={each.value}" for each in phone.http.cookies.jar)
    scope = {
        "type": "http", "method": "GET", "path": f"{visit}/live", "raw_path": f"{visit}/live".encode(),
        "query_string": query, "headers": [(b"cookie", cookie.encode()), (b"host", b"offer.test")],
        "scheme": "http", "server": ("offer.test", 80), "client": ("1.2.3.4", 1), "http_version": "1.1",
    }  # fmt: skip
    enough = asyncio.Event()

    async def receive() -> dict[str, str]:
        await enough.wait()
        return {"type": "http.disconnect"}

    steps = list(then)

    async def send(message: dict[str, bytes]) -> None:
        for block in message.get("body", b"").decode().split("\n\n"):
            if block.startswith("event: "):
                lines = dict(line.split(": ", 1) for line in block.split("\n"))
                found.append((lines["event"], json.loads(lines["data"])))
                if steps:
                    asyncio.get_running_loop().create_task(steps.pop(0)())  # type: ignore[operator]
        if len(found) >= wanted:
            enough.set()

    async with asyncio.timeout(120):
        await app(scope, receive, send)  # type: ignore[arg-type]
    return found


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
