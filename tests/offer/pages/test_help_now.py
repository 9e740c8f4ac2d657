"""Help now: numbers that can be tapped, hours beside each, the council's own team."""

import gzip
import re
from datetime import UTC, datetime

import httpx2
import pytest

from offer.urgent_help import help_list
from tests.offer.pages.reading import words_of


async def test_it_works_with_nothing_known(client: httpx2.AsyncClient) -> None:
    page = await client.get("/help-now")
    assert page.status_code == 200
    for link in ("tel:999", "tel:111", "tel:116123", "sms:85258", "tel:08001111"):
        assert f'href="{link}"' in page.text


async def test_only_lines_that_may_be_shown_are_shown(client: httpx2.AsyncClient) -> None:
    page = await client.get("/help-now")
    shown = {
        line.phone.replace(" ", "")
        for line in help_list()._lines.values()
        if line.phone and line.show == "yes"
    }
    teams = set(re.findall(r'href="tel:(\d+)"', page.text))
    assert teams <= shown


async def test_every_need_has_a_heading_and_hours_beside_each_line(client: httpx2.AsyncClient) -> None:
    page = await client.get("/help-now")
    for slug, need in help_list().needs.items():
        if len(need.lines) > 1:
            assert f'id="{slug}">{need.title}<' in page.text
    assert page.text.count("app-line__facts") == page.text.count("app-line__name")


@pytest.mark.parametrize(
    ("moment", "number"),
    [
        (datetime(2026, 11, 23, 10, tzinfo=UTC), "03000262271"),
        (datetime(2026, 11, 23, 22, tzinfo=UTC), "03000267979"),
    ],
    ids=["in office hours", "at night"],
)
async def test_the_councils_own_team_stands_under_its_needs(
    client: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch, moment: datetime, number: str
) -> None:
    """By day the leaving care team comes first, at night the duty team."""
    monkeypatch.setattr("offer.urgent_help.now", lambda: moment)
    page = await client.get("/help-now?by=E06000047")
    section = page.text[page.text.index('id="nowhere-tonight"') :]
    assert section.index(f"tel:{number}") < section.index("tel:08088000661")
    assert '<option value="E06000047" selected>' in page.text


async def test_no_number_is_invented_for_another_council(client: httpx2.AsyncClient) -> None:
    page = await client.get("/help-now?by=E10000016")
    assert "We hold no number for Kent’s own team" in words_of(page)
    plain = await client.get("/help-now")
    assert set(re.findall(r"tel:\d+", page.text)) == set(re.findall(r"tel:\d+", plain.text))


async def test_only_councils_whose_team_we_hold_are_offered_and_others_are_told_where_to_look(
    client: httpx2.AsyncClient,
) -> None:
    page = await client.get("/help-now")
    assert re.findall(r'<option value="(\w+)">', page.text) == ["E06000047", "E10000019"]
    assert "look for “emergency duty team”" in words_of(page)
    kent = await client.get("/help-now?by=E10000016")
    assert '<option value="E10000016" selected>Kent' in kent.text


async def test_the_page_stays_small(client: httpx2.AsyncClient) -> None:
    for address in ("/help-now", "/help-now?by=E06000047", "/help-now?by=E10000019"):
        assert len(gzip.compress((await client.get(address)).content)) <= 6000
