"""Telling us from a page, without script: kept, thanked, resent, refused, and the database away."""

import re
import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest
import structlog
from starlette.applications import Starlette

from offer.fair_use.allowances import REPORTS
from tests.offer.pages.reading import title_of, words_of

PATH = "/entitlements/bus-travel/feedback"
WORDS = {"kind": "wrong", "text": "They told me it ends at 24. I am on 07700 900123."}


@pytest.fixture
async def browser(running: Starlette) -> AsyncIterator[httpx2.AsyncClient]:
    transport = httpx2.ASGITransport(app=running)
    async with httpx2.AsyncClient(transport=transport, base_url="http://offer.test") as client:
        yield client


def rows(data_dir: Path) -> list[tuple[object, ...]]:
    with sqlite3.connect(data_dir / "offer.sqlite3") as database:
        return database.execute("SELECT code, slug, kind, text, day FROM feedback ORDER BY id").fetchall()


async def fresh(browser: httpx2.AsyncClient) -> dict[str, str]:
    """The form's hidden code, as somebody's page carries it."""
    page = await browser.get(PATH)
    assert (page.status_code, page.headers["cache-control"]) == (200, "private, no-cache")
    found = re.search(r'name="code" value="([^"]+)"', page.text)
    assert found
    return {**WORDS, "code": found[1]}


async def test_what_is_told_is_kept_without_the_number_and_has_a_page_of_its_own(
    browser: httpx2.AsyncClient, data_dir: Path
) -> None:
    form = await fresh(browser)
    with structlog.testing.capture_logs() as logged:
        sent = await browser.post(PATH, data=form)
        again = await browser.post(PATH, data=form)  # pressed twice, or sent again after Back
    assert sent.status_code == again.status_code == 303
    assert sent.headers["location"] == again.headers["location"]
    assert re.fullmatch(r"/feedback/[A-Z0-9]{4}-[A-Z0-9]{4}", sent.headers["location"])
    kept = [row for row in rows(data_dir) if row[0] == form["code"]]
    assert [row[1:4] for row in kept] == [
        ("bus-travel", "wrong", "They told me it ends at 24. I am on [number].")
    ]
    assert "ends at 24" not in str(logged) and "07700" not in str(logged)
    page = await browser.get(sent.headers["location"])
    words = words_of(page)
    assert page.headers["cache-control"] == "no-store"
    assert "Nobody has read it yet." in words and sent.headers["location"][-9:] in words
    assert "ends at 24" not in words, "the code shows how it stands, never what was written"


async def test_other_words_under_a_used_code_get_a_code_of_their_own(
    browser: httpx2.AsyncClient, data_dir: Path
) -> None:
    form = await fresh(browser)
    first = await browser.post(PATH, data=form)
    second = await browser.post(PATH, data={**form, "text": "And it is a bus, not a train."})
    assert first.headers["location"] != second.headers["location"]
    assert len({row[0] for row in rows(data_dir)}) == len(rows(data_dir))


async def test_the_code_is_typed_in_to_come_back(browser: httpx2.AsyncClient) -> None:
    sent = await browser.post(PATH, data=await fresh(browser))
    code = sent.headers["location"].rpartition("/")[2]
    found = await browser.post("/feedback", data={"code": code.lower().replace("-", " ")})
    assert (found.status_code, found.headers["location"]) == (303, sent.headers["location"])
    wrong = await browser.post("/feedback", data={"code": "hello"})
    assert wrong.status_code == 422 and title_of(wrong).startswith("Error: ")
    assert (await browser.get("/feedback/XXXX-XXXX")).status_code == 404
    assert (await browser.get("/feedback/nonsense")).status_code == 404


@pytest.mark.parametrize(
    ("form", "fault"),
    [
        ({"kind": "", "text": "Hello"}, "Choose what it is about."),
        ({"kind": "rude", "text": "Hello"}, "Choose what it is about."),
        ({"kind": "wrong", "text": "x" * 1_001}, "That is 1 letters too many."),
    ],
)
async def test_a_fault_is_named_and_the_words_stay(
    browser: httpx2.AsyncClient, data_dir: Path, form: dict[str, str], fault: str
) -> None:
    before = rows(data_dir)
    page = await browser.post(PATH, data=form)
    assert page.status_code == 422
    assert title_of(page).startswith("Error: ")
    assert fault in words_of(page) and f">{form['text']}</textarea>" in page.text
    assert rows(data_dir) == before


async def test_hostile_words_are_only_words(browser: httpx2.AsyncClient, data_dir: Path) -> None:
    nasty = "</textarea><script>alert(1)</script>'); DROP TABLE feedback;--\x00"
    page = await browser.post(PATH, data={"kind": "", "text": nasty})
    assert "<script>alert" not in page.text and "&lt;script&gt;" in page.text
    sent = await browser.post(PATH, data={"kind": "missing", "text": nasty, "code": "' OR 1=1"})
    assert sent.status_code == 303
    assert rows(data_dir)[-1][3] == nasty.rstrip("\x00")
    files = {"kind": ("k", b"x"), "text": ("t", b"y")}
    assert (await browser.post(PATH, files=files)).status_code == 422
    assert (await browser.post("/entitlements/nothing-here/feedback", data=WORDS)).status_code == 404
    assert (await browser.post(PATH, data={"text": "x" * 70_000})).status_code == 413


async def test_another_site_cannot_send_it(browser: httpx2.AsyncClient) -> None:
    headers = {"sec-fetch-site": "cross-site"}
    assert (await browser.post(PATH, data=WORDS, headers=headers)).status_code == 403


async def test_too_many_at_once_are_asked_to_wait(browser: httpx2.AsyncClient, running: Starlette) -> None:
    for _ in range(REPORTS.from_everywhere.at_once - 1):
        assert running.state.live.fair_use.wait(REPORTS, "") == (200, 0.0)
    assert (await browser.post(PATH, data=WORDS)).status_code == 303
    page = await browser.post(PATH, data=WORDS)
    assert page.status_code == 429 and 0 < int(page.headers["retry-after"]) <= 18
    assert "Wait a minute" in words_of(page) and "They told me it ends at 24." in page.text


async def test_while_the_database_is_away_the_words_come_back(
    browser: httpx2.AsyncClient, data_dir: Path
) -> None:
    with sqlite3.connect(data_dir / "offer.sqlite3") as database:
        database.execute("ALTER TABLE feedback RENAME TO away")
        database.execute("ALTER TABLE helped RENAME TO gone")
    try:
        form = await fresh(browser)
        page = await browser.post(PATH, data=form)
        assert page.status_code == 503
        assert "We could not keep this just now." in words_of(page)
        assert WORDS["text"] in page.text and form["code"] in page.text and "checked" in page.text
        assert (await browser.get("/feedback/CDFG-HJ34")).status_code == 503
        helped = await browser.post(PATH, data={"kind": "helped"})
        assert helped.headers["location"] == "/feedback/thanks"
    finally:
        with sqlite3.connect(data_dir / "offer.sqlite3") as database:
            database.execute("ALTER TABLE away RENAME TO feedback")
            database.execute("ALTER TABLE gone RENAME TO helped")
    assert (await browser.post(PATH, data=form)).status_code == 303, "the same form, a minute later"


async def test_this_helped_is_counted_and_thanked(browser: httpx2.AsyncClient, data_dir: Path) -> None:
    for _ in range(3):
        sent = await browser.post(PATH, data={"kind": "helped"})
        assert (sent.status_code, sent.headers["location"]) == (303, "/feedback/thanks")
    assert "only count it" in words_of(await browser.get("/feedback/thanks"))
    with sqlite3.connect(data_dir / "offer.sqlite3") as database:
        ((count,),) = database.execute("SELECT sum(count) FROM helped").fetchall()
    assert count >= 3


async def test_in_another_language_the_way_stays_in_it(browser: httpx2.AsyncClient) -> None:
    sent = await browser.post(f"/ar{PATH}", data=await fresh(browser))
    assert sent.headers["location"].startswith("/ar/feedback/")
    assert (await browser.get(sent.headers["location"])).status_code == 200


async def test_a_service_is_told_about_like_an_entry(browser: httpx2.AsyncClient, data_dir: Path) -> None:
    page = "/services/housing-north-kesteven"
    assert f'href="{page}/feedback"' in (await browser.get(page)).text
    sent = await browser.post(f"{page}/feedback", data={"kind": "wrong", "text": "They moved."})
    assert sent.status_code == 303
    assert rows(data_dir)[-1][1:4] == ("service/housing-north-kesteven", "wrong", "They moved.")
    told = await browser.get(sent.headers["location"])
    assert f'href="{page}"' in told.text
    for gone in ("/services/nothing-here", "/services/bus-travel", f"/services/{'x' * 79}"):
        assert (await browser.get(f"{gone}/feedback")).status_code == 404
