"""Council tax on maps: each district a link with its fact, and the same facts in the table."""

import gzip
import html
import re

import httpx2
import pytest

from offer.pages.council_tax_kinds import ALL, ASK, KINDS, NOTHING, SOME, YOUNGER, fact_of
from offer.pages.council_tax_map import council_view, facts_of, summary
from offer.published import COUNCIL_TAX, Published
from tests.offer.pages.reading import TODAY, words_of
from tests.offer.pages.test_council_tax import row

LINCOLNSHIRE = "E10000019"
DISTRICTS = [f"E070001{number}" for number in range(36, 43)]


def drawing_of(page: httpx2.Response) -> str:
    """The drawing of a page, as text."""
    found = re.search(r'<svg class="app-map__svg".*?</figcaption>', page.text, re.DOTALL)
    assert found
    return html.unescape(found[0])


@pytest.mark.parametrize(
    ("terms", "kind", "value"),
    [
        ([], NOTHING, ""),
        ([row(confidence="existence only")], ASK, "?"),
        ([row()], ALL, "25"),
        ([row(age_before=21)], YOUNGER, "21"),
        ([row(age_before=21), row(percent=None, asks=["Ask."])], YOUNGER, "21"),
        ([row(percent=50)], SOME, "25"),
        ([row(age_before=None)], SOME, "?"),
        ([row(percent=None)], SOME, "25"),
    ],
)
def test_a_rule_is_of_one_kind(terms: list[object], kind: object, value: str) -> None:
    fact = fact_of("E07000139", "North Kesteven", terms)  # type: ignore[arg-type]
    assert (fact.kind, fact.value) == (kind, value)


def test_a_weak_row_shows_no_figure_on_a_map() -> None:
    fact = fact_of("E07000139", "North Kesteven", [row(confidence="existence only")])
    assert fact.words == "North Kesteven: may have one: ask"
    assert (
        fact_of("E07000139", "North Kesteven", [row()]).words == "North Kesteven: 100% off the bill until 25"
    )


async def test_the_map_of_a_county_links_its_seven_districts_and_prints_their_ages(
    client: httpx2.AsyncClient,
) -> None:
    page = await client.get(f"/council-tax/map/{LINCOLNSHIRE}")
    drawing = drawing_of(page)
    for code in DISTRICTS:
        assert f'<a href="/council-tax/{code}" class="own"><title>' in drawing
    assert "<title>Boston: 100% off the bill until 25</title>" in drawing
    assert ">East Lindsey</text>" in drawing
    assert drawing.count("until 25</text>") >= 6
    assert "not legal boundaries" in drawing
    assert "Office for National Statistics" in drawing
    assert "In all 7 districts of Lincolnshire, you may pay nothing until you turn 25." in words_of(page)


async def test_a_place_too_small_for_words_has_a_letter_that_the_table_explains(
    client: httpx2.AsyncClient,
) -> None:
    page = await client.get(f"/council-tax/map/{LINCOLNSHIRE}")
    assert ">A</text>" in drawing_of(page)
    assert re.search(
        r'app-map__letter">A</b> <a class="govuk-link" href="/council-tax/E07000138">Lincoln', page.text
    )


async def test_all_that_is_drawn_stands_in_the_table(
    client: httpx2.AsyncClient, published: Published
) -> None:
    for code in (LINCOLNSHIRE, "E06000047", "E09000007"):
        page = await client.get(f"/council-tax/map/{code}")
        tables = "".join(re.findall(r"<table.*?</table>", page.text, re.DOTALL))
        drawn = re.findall(r'href="([^"]+)"', drawing_of(page))
        assert drawn
        assert [href for href in drawn if f'href="{href}"' not in tables] == []


async def test_a_council_is_drawn_with_those_next_door(client: httpx2.AsyncClient) -> None:
    words = words_of(await client.get("/council-tax/map/E06000047"))
    for near in ("Next door", "Darlington", "Northumberland", "North Yorkshire", "Westmorland and Furness"):
        assert near in words


async def test_a_district_leads_to_its_councils_map(
    client: httpx2.AsyncClient,
) -> None:
    page = await client.get("/council-tax/map/E07000139")
    assert (page.status_code, page.headers["location"]) == (303, f"/council-tax/map/{LINCOLNSHIRE}")
    assert (await client.get("/council-tax/map/E99999999")).status_code == 404
    assert 'href="/council-tax/map/E07000139"' in (await client.get("/council-tax/E07000139")).text


async def test_england_is_drawn_whole_with_its_crowded_parts_larger(
    client: httpx2.AsyncClient, published: Published
) -> None:
    page = await client.get("/council-tax/map")
    drawing = drawing_of(page)
    for area in published.places.districts(TODAY):
        assert f'href="/council-tax/{area.gss}"' in drawing
        assert page.text.count(f'href="/council-tax/{area.gss}"') > drawing.count(
            f'href="/council-tax/{area.gss}"'
        )
    for inset in ("London", "Tyne and Wear", "West Midlands"):
        assert f">{inset}</text>" in drawing
    assert drawing.count('href="/council-tax/E09000007"') >= 2


async def test_england_is_counted_by_kind(client: httpx2.AsyncClient, published: Published) -> None:
    facts = facts_of(published, TODAY)
    held = {each.area for each in published.entries[COUNCIL_TAX].terms}
    assert {gss for gss, fact in facts.items() if fact.kind != NOTHING} == held
    words = words_of(await client.get("/council-tax/map"))
    for kind in KINDS:
        assert f"{kind.words}: {sum(fact.kind == kind for fact in facts.values())} districts" in words


async def test_a_map_is_patterns_and_words_without_style_or_script(client: httpx2.AsyncClient) -> None:
    for address in (f"/council-tax/map/{LINCOLNSHIRE}", "/council-tax/map"):
        text = (await client.get(address)).text
        assert "style=" not in text
        assert re.findall("<script[^>]*>", text.partition("<main")[2].partition("</main>")[0]) == []
        assert "<image" not in text
        used = set(re.findall(r"url\(#([a-z-]+)\)", text))
        assert used
        assert used <= set(re.findall(r'<pattern id="([a-z-]+)"', text))


async def test_the_maps_stay_small(client: httpx2.AsyncClient, published: Published) -> None:
    async def weight(address: str) -> int:
        return len(gzip.compress((await client.get(address)).content))

    assert await weight("/council-tax/map") <= 60_000
    assert await weight(f"/council-tax/map/{LINCOLNSHIRE}") <= 6_000
    assert await weight("/council-tax/map/E06000047") <= 6_000
    for area in published.places.authorities(TODAY)[::9]:
        assert await weight(f"/council-tax/map/{area.gss}") <= 15_000


def test_every_council_has_a_map_whose_words_lie_in_the_picture(published: Published) -> None:
    for area in published.places.authorities(TODAY):
        view = council_view(published, area, TODAY)
        assert view.drawing, area.name
        for shape in view.drawing.shapes:
            for mark in (*shape.name, *((shape.value,) if shape.value else ())):
                assert 0 <= mark.x <= view.drawing.width
                assert 0 <= mark.y <= view.drawing.height + view.drawing.text
        assert any(shape.own and (shape.name or shape.value) for shape in view.drawing.shapes), area.name


def test_a_summary_counts_what_differs() -> None:
    one, other = (fact_of(f"E0700013{n}", "X", [row(age_before=age)]) for n, age in ((7, 25), (8, 21)))
    text = summary([one, other], "Kent")
    assert text == (
        "Kent has 2 districts. In 1, you may pay nothing until you turn 25. "
        "In 1, you may pay nothing, but not up to 25."
    )
