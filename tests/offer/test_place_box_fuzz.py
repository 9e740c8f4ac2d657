"""The place box takes anything: always a sentence, never an error, on the pages and in the API alike."""

import asyncio
from pathlib import Path
from typing import Any

import httpx2
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from starlette.applications import Starlette

from offer.app import create_app
from offer.published import Published
from offer.settings import Settings
from tests.offer.api.conftest import client_of
from tests.offer.pages.reading import words_of

ODD = {
    "girobank": "GIR 0AA",
    "outcode or sector": "LN11",
    "sorting office": "W1A",
    "sorting office, whole": "W1A 1AA",
    "armed forces": "BF1",
    "armed forces, whole": "BFPO 12",
    "Jersey": "JE2 3AB",
    "Santa": "XM4 5HQ",
    "overseas territory": "FIQQ 1ZZ",
    "nothing in use": "AB1 0AA",
    "emoji": "🏠🧑‍🦱 Lincoln 🏳️‍🌈",
    "emoji alone": "👻",
    "long": "LN1 1YL " * 1_250,
    "one long word": "a" * 10_000,
    "SQL": "'; DROP TABLE postcodes; --",
    "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "template": "{{ 7*7 }} ${7*7} %s %n {0}",
    "path": "../../../etc/passwd\0.txt",
    "right to left": "\u202eLN1 1YL\u202c",
    "full width": "ＬＮ１　１ＹＬ",
    "not a character": "\ufffe\uffff",
    "zero width": "LN1\u200b1YL",
    "combining": "L\u0301\u0301\u0301incoln",
    "another script": "لينكولن",
    "a number": "1e308",
    "nothing": "",
    "spaces": " \t\n ",
    "commas": ",,,;;;",
    "Turkish capital": "İstanbul",
}
PAGES = {"/council-tax": "place", "/help-nearby": "place", "/results": "place", "/search": "place"}
SOME = settings(max_examples=25, database=None)
TYPED = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.from_regex(
    r"[A-Za-z]{1,2}[0-9OIL][A-Z0-9]? ?[0-9OSB][A-Z0-9]{2}", fullmatch=True
)


@pytest.fixture(scope="module")
def app(published: Published, tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    """The application with the starter catalogue."""
    made = create_app(Settings(data_dir=tmp_path_factory.mktemp("odd")))
    made.state.live.edition = published
    return made


def send(app: Starlette, path: str, **what: Any) -> httpx2.Response:
    async def go() -> httpx2.Response:
        async with client_of(app) as client:
            return await client.post(path, **what)

    return asyncio.run(go())


def check_page(app: Starlette, path: str, text: str) -> None:
    page = send(app, path, data={PAGES[path]: text, "q": "rent"})
    assert page.status_code in (200, 303, 422), (path, page.status_code)
    assert "<script>alert" not in page.text
    assert "onerror=alert(1)>" not in page.text.replace("&gt;", "")
    if page.status_code == 422:
        assert "There is a problem" in words_of(page) or "Error:" in words_of(page)


def check_call(app: Starlette, text: str) -> None:
    reply = send(app, "/api/v1/places", json={"q": text})
    assert reply.status_code == 200
    body = reply.json()
    assert body["note"] or body["precision"] == "exact"
    assert reply.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("name", ODD)
@pytest.mark.parametrize("path", PAGES)
def test_an_odd_place_gets_a_page(app: Starlette, path: str, name: str) -> None:
    check_page(app, path, ODD[name])


@pytest.mark.parametrize("name", ODD)
def test_an_odd_place_gets_an_answer(app: Starlette, name: str) -> None:
    check_call(app, ODD[name])


@pytest.mark.parametrize("path", PAGES)
def test_any_text_gets_a_page(app: Starlette, path: str) -> None:
    @given(TYPED)
    @example("LN1 IYL")
    @SOME
    def typed(text: str) -> None:
        check_page(app, path, text)

    typed()


def test_any_text_gets_an_answer(app: Starlette) -> None:
    @given(TYPED)
    @SOME
    def typed(text: str) -> None:
        check_call(app, text)

    typed()


@pytest.mark.parametrize("path", PAGES)
def test_bytes_that_are_no_text_get_a_page(app: Starlette, path: str) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    for body in (
        b"place=%ff%fe%00",
        b"place=\xff\xfe",
        b"place",
        b"place=" + b"%F0%9F" * 99,
        b"&&=&place=&place=b",
    ):
        reply = send(app, path, content=body, headers=headers)
        assert reply.status_code in (200, 303, 422), (path, body, reply.status_code)


def test_the_folder_of_the_service_holds_nothing_that_was_typed(app: Starlette) -> None:
    folder = Path(app.state.settings.data_dir)
    assert list(folder.iterdir()) == []
