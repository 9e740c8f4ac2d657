"""Sheets to print: dated, everything written out, facts only where wanted, nothing decided twice."""

import gzip
import html
import re
from collections.abc import Mapping
from datetime import date

import httpx2
import pytest

from offer.answer import answer
from offer.deciding import decision
from offer.eligibility.situation import Situation
from offer.pages.blocks import groups_of
from offer.pages.sheet_parts import sections_of
from offer.pages.sheet_short import most_useful_first
from offer.person import read_person
from offer.published import Published
from tests.offer.pages.reading import TODAY, words_of

HOME = "setting-up-home-allowance"
BUDGET = 15_000  # bytes, compressed
LINCOLN = {
    "age_years": "19",
    "lives_in": "E07000139",
    "responsible_authority": "E10000019",
    "care_when": "left_at_18",
    "care_13_weeks": "true",
}


@pytest.fixture(autouse=True)
def _on_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("sheet", "custody_sheet", "start"):
        monkeypatch.setattr(f"offer.pages.{module}.today", lambda: TODAY)


def sheet_of(page: httpx2.Response) -> str:
    """The words of the paper alone."""
    assert page.status_code == 200
    found = page.text[page.text.index("<article") : page.text.index("</article>")]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", found)).split())


async def printed(client: httpx2.AsyncClient, **more: str) -> httpx2.Response:
    return await client.post("/print", data={**LINCOLN, **more})


async def test_the_sheet_says_what_the_results_say(client: httpx2.AsyncClient, published: Published) -> None:
    words = sheet_of(await printed(client))
    groups = groups_of(published, answer(published, _lincoln(published), TODAY).outcomes, None)
    for section in sections_of(published, groups, TODAY):
        assert section.title in words
        for item in section.items:
            assert item.title in words
            assert item.decides in words
            assert not item.ask or item.ask in words
            assert [term.title for term in item.terms if term.title not in words] == []
    assert "Printed on 22 November 2026" in words
    assert "We checked all of this in November 2026." in words


async def test_numbers_and_addresses_are_written_out_and_none_is_made_up(client: httpx2.AsyncClient) -> None:
    words = sheet_of(await printed(client))
    for found in ("01522 575955", "County Offices, Newland", "LN1 1YL", "01529 414155", "0808 800 5792"):
        assert found in words
    assert "Leaving Care Service , Lincolnshire County Council 01522 575955 Address not found." in words


async def test_answers_stand_on_it_only_where_wanted_and_travel_on_in_the_form(
    client: httpx2.AsyncClient,
) -> None:
    without, told = await printed(client), await printed(client, answers="with")
    assert "What you told us" not in sheet_of(without)
    assert "Aged 19. Living in North Kesteven. Looked after by Lincolnshire." in sheet_of(told)
    for page in (without, told):
        for name, value in LINCOLN.items():
            assert f'name="{name}" value="{value}"' in page.text
        assert page.headers["cache-control"] == "private, no-cache"
        assert not re.search(r'(?:href|action)="[^"]*(?:age_years|lives_in|19)="', page.text)


async def test_the_short_sheet_names_all_that_is_sure_and_says_what_is_left_out(
    client: httpx2.AsyncClient, published: Published
) -> None:
    words = sheet_of(await printed(client, sheet="short"))
    groups = groups_of(published, answer(published, _lincoln(published), TODAY).outcomes, None)
    sure = [block.item for group in groups.yes for block in group.blocks]
    _yes, might, no = groups.counts
    assert [item.words.title for item in sure if item.words.title not in words] == []
    assert f"Left out to keep this short: {might} things you might get; {no} things" in words
    assert "Not now, and why" not in words
    first, more = words.split("More that you should be able to get")
    assert first.count("Decides:") > 5
    assert "/entitlements/" in more and "/entitlements/" not in first


async def test_what_nobody_may_refuse_stands_first_on_the_short_sheet(published: Published) -> None:
    groups = groups_of(published, answer(published, _lincoln(published), TODAY).outcomes, None)
    blocks = most_useful_first(published, groups, TODAY)
    duties = [
        decision(published.entries[block.item.words.slug], TODAY).duty for block in blocks if not block.terms
    ]
    sure = [duty for duty in duties if duty != "nothing-to-decide"]
    assert sure[0] == "must"
    assert blocks[-1].item.words.background
    assert not [block for block in blocks[:5] if block.item.words.background]


def _lincoln(published: Published) -> Situation:
    return read_person(published, {**LINCOLN, "age_years": 19, "care_13_weeks": True}, TODAY).situation


async def test_a_fault_in_the_form_is_asked_about(client: httpx2.AsyncClient) -> None:
    for path in ("/print", "/print/custody"):
        page = await client.post(path, data={"age_years": "nineteen and a half"})
        assert page.status_code == 422
        assert "Error" in page.text


async def test_a_list_has_every_step(client: httpx2.AsyncClient, published: Published) -> None:
    page = await client.get(f"/print?things={HOME},universal-credit-from-18&by=E06000047")
    words = sheet_of(page)
    for slug in (HOME, "universal-credit-from-18"):
        entry = published.entries[slug]
        told = decision(entry, TODAY)
        for text in (
            entry.title,
            *entry.steps,
            *entry.bring,
            entry.ask,
            entry.if_told_no,
            told.who,
            told.words,
        ):
            assert " ".join(text.split()) in words
        assert f"/entitlements/{slug}" in words
    assert "03000 262 271" in words
    assert "Checked November 2026" in words


async def test_one_thing_is_headed_by_its_name(client: httpx2.AsyncClient, published: Published) -> None:
    page = await client.get(f"/print?things={HOME}")
    assert f"<h1>{published.entries[HOME].title}</h1>" in page.text
    assert f'href="/entitlements/{HOME}"' in page.text
    assert "Write its number here:" in words_of(page)


async def test_nothing_to_print_tells_what_there_is(client: httpx2.AsyncClient) -> None:
    for path in ("/print", "/print?things=no-such-thing"):
        assert "/print/custody" in (await client.get(path)).text


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("/print", LINCOLN),
        ("/print", LINCOLN | {"responsible_authority": "E06000047", "lives_in": "E06000047"}),
        ("/print/custody", LINCOLN),
    ],
)
async def test_it_is_light(client: httpx2.AsyncClient, path: str, data: Mapping[str, str]) -> None:
    assert len(gzip.compress((await client.post(path, data=dict(data))).content)) <= BUDGET


async def test_each_piece_of_paper_carries_the_day(client: httpx2.AsyncClient) -> None:
    for path in (f"/print?things={HOME}", "/print/custody", "/what-happens-when"):
        page = await client.get(path)
        day = re.search(r'media="print" href="(/print/(\d{4}-\d\d-\d\d)\.css)"', page.text)
        assert day, path
        style = await client.get(day[1])
        assert style.headers["content-type"].startswith("text/css")
        said = date.fromisoformat(day[2])
        assert f'content: "Printed on {said.day} {said:%B %Y}."' in style.text
    assert (await client.get("/print/yesterday.css")).status_code == 404


async def test_a_council_whose_offer_we_do_not_hold_is_named_as_such(client: httpx2.AsyncClient) -> None:
    words = sheet_of(await client.post("/print", data=LINCOLN | {"responsible_authority": "E10000016"}))
    assert "We do not have Kent’s own offer yet." in words
    assert "we hold no number or address of its leaving care team" in words
    assert "We do not have" not in sheet_of(await printed(client))
