"""Pages in another language: all answer, forms and links stay in it, and English is told as English."""

import re
from html.parser import HTMLParser

import httpx2
import pytest

from offer.languages.address import ONE_LANGUAGE
from offer.languages.known import BY_CODE, TRANSLATED
from tests.offer.pages.test_results import SLEAFORD

PAGES = ("/", "/search", "/search?q=gym", "/topics", "/topics/money", "/council-tax",
         "/council-tax/E07000139", "/help-nearby", "/help-now", "/coverage", "/about", "/privacy",
         "/what-happens-when", "/words", "/entitlements/council-tax-north-kesteven",
         "/compare", "/languages")  # fmt: skip
CODES = ("ar", "so")
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}
LATIN, ARABIC = re.compile(r"[A-Za-z]"), re.compile(r"[\u0621-\u064a]")


class Runs(HTMLParser):
    """Every run of text with the language it is told to be in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self._open = list[tuple[str, str]]()
        self.runs = list[tuple[str, str]]()
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            around = self._open[-1][1] if self._open else ""
            self._open.append((tag, dict(attrs).get("lang") or around))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if not self._open or self._open[-1][0] in ("script", "style"):
            return
        mixed = LATIN.search(data) and ARABIC.search(data)
        if not (
            mixed and self._open[-1][0] == "option"
        ):  # no element may stand in an option: nothing to tell with
            self.runs.append((self._open[-1][1], data.strip()))


def untold(page: httpx2.Response, code: str) -> list[str]:
    """Runs in Latin letters told as a language that has others, and the other way round; titles may mix."""
    body = page.text[page.text.index("<body") :]
    runs = Runs(f'<html lang="{code}">{body}').runs
    wrong = [text for lang, text in runs if lang == code and LATIN.search(text)]
    return wrong + [text for lang, text in runs if lang == "en" and ARABIC.search(text)]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("code", CODES)
async def test_every_page_answers_in_the_language(client: httpx2.AsyncClient, code: str, path: str) -> None:
    page = await client.get(f"/{code}{path}", headers={"accept-encoding": "identity"})
    assert page.status_code == 200
    assert page.headers["content-language"] == code
    assert int(page.headers["content-length"]) == len(page.content)
    head = page.text[:200]
    assert f'<html lang="{code}"' in head
    assert ('dir="rtl"' in head) is BY_CODE[code].rtl
    assert ("app-rtl." in page.text) is BY_CODE[code].rtl
    assert "Not yet checked by a speaker of this language" in page.text
    row = page.text[page.text.index('<details class="app-langs"') :].partition("</details>")[0]
    assert re.search(r'<(?:a|button) [^>]*lang="en"', row)
    rest = re.sub(r"<link [^>]*hreflang=[^>]*>", "", page.text.replace(row, ""))
    links = re.findall(r'\s(?:href|action|formaction)="(/[^"]*)"', rest)
    assert [href for href in links if not href.startswith((f"/{code}/", *ONE_LANGUAGE))] == []


@pytest.mark.parametrize("path", PAGES)
async def test_every_run_of_english_says_that_it_is(client: httpx2.AsyncClient, path: str) -> None:
    assert untold(await client.get(f"/ar{path}"), "ar") == []


async def test_a_form_keeps_the_language_from_question_to_answer_and_fault(
    client: httpx2.AsyncClient,
) -> None:
    start = await client.get("/ar/")
    assert 'id="answers" action="/ar/results"' in start.text
    answer = await client.post("/ar/results", data=SLEAFORD)
    assert answer.status_code == 200 and "ما يمكنك الحصول عليه" in answer.text
    assert untold(answer, "ar") == []
    assert 'formaction="/so/results"' in answer.text and 'formaction="/results"' in answer.text
    fault = await client.post("/ar/results", data={"age_years": "old", "dob-day": "3"})
    assert fault.status_code == 422 and "هناك شيء يحتاج إلى تصحيح" in fault.text
    assert "<title>خطأ: " in fault.text
    assert untold(fault, "ar") == []


async def test_a_redirect_stays_in_the_language(client: httpx2.AsyncClient) -> None:
    away = await client.get("/ti/results")
    assert (away.status_code, away.headers["location"]) == (303, "/ti/")
    found = await client.post("/ti/search", data={"q": "gym"})
    assert found.headers["location"].startswith("/ti/search?")


async def test_the_page_leads_to_itself_in_every_language(client: httpx2.AsyncClient) -> None:
    page = await client.get("/search?q=gym")
    for language in TRANSLATED:
        assert f'href="/{language.code}/search?q=gym" lang="{language.code}"' in page.text
        assert language.own_name in page.text
    back = await client.get("/ar/search?q=gym")
    assert 'href="/search?q=gym" lang="en"' in back.text


@pytest.mark.parametrize(
    "path", ["/xx/", "/ar/nothing", "/ar//evil.example", "/ar/api/v1/places", "/ar/assets/app.css"]
)
async def test_what_there_is_not_is_not_found(client: httpx2.AsyncClient, path: str) -> None:
    page = await client.get(path)
    assert page.status_code == 404


async def test_an_error_page_speaks_the_language_and_repeats_nothing(client: httpx2.AsyncClient) -> None:
    page = await client.get("/ar/nothing?q=ZZ99+9ZZ")
    assert page.status_code == 404 and "الصفحة غير موجودة" in page.text
    assert "ZZ99" not in page.text and untold(page, "ar") == []


async def test_the_browser_gets_no_cookie_and_english_no_trace(client: httpx2.AsyncClient) -> None:
    page = await client.get("/ar/")
    assert "set-cookie" not in page.headers
    english = await client.get("/")
    assert "content-language" not in english.headers
    assert not re.search("[\ue000-\ue002]", page.text + english.text)


async def test_the_page_of_languages_says_how_much_of_each_there_is(client: httpx2.AsyncClient) -> None:
    page = await client.get("/languages")
    for language in TRANSLATED:
        row = page.text[page.text.index(f'scope="row"><span lang="{language.code}"') :]
        percent = re.search(r">(\d+)%<", row)
        assert percent and 20 <= int(percent[1]) <= 100
    assert page.text.count(">Not yet<") == len(TRANSLATED)
