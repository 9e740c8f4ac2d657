"""Council tax if somebody moved: two districts by their codes, an age only if given, no place kept."""

import gzip

import httpx2
import pytest

from offer.published import Published
from tests.offer.pages.reading import TODAY, title_of, words_of

DURHAM, LINCOLN, WIGAN, CAMDEN = "E06000047", "E07000138", "E08000010", "E09000007"


async def test_a_place_becomes_two_codes_in_the_address(client: httpx2.AsyncClient) -> None:
    posted = await client.post(f"/council-tax/{DURHAM}/compare", data={"place": "LN1 1YL", "age": ""})
    assert (posted.status_code, posted.headers["location"]) == (
        303,
        f"/council-tax/{DURHAM}/compare?with={LINCOLN}",
    )
    aged = await client.post(f"/council-tax/{DURHAM}/compare", data={"place": "LN1 1YL", "age": " 22 "})
    assert aged.headers["location"].endswith(f"?with={LINCOLN}&age=22")


@pytest.mark.parametrize("age", ["", "old", "-3", "121", "9" * 50, "²"])
async def test_an_age_that_is_none_is_left_out(client: httpx2.AsyncClient, age: str) -> None:
    posted = await client.post(f"/council-tax/{DURHAM}/compare", data={"place": "LN1 1YL", "age": age})
    assert posted.headers["location"].endswith(f"?with={LINCOLN}")
    page = await client.get(f"/council-tax/{DURHAM}/compare", params={"with": LINCOLN, "age": age})
    assert page.status_code == 200
    assert "At " not in words_of(page)[:400]


async def test_what_is_no_place_is_kept_and_explained(client: httpx2.AsyncClient) -> None:
    page = await client.post(f"/council-tax/{DURHAM}/compare", data={"place": "ZZ99 9ZZ", "age": "22"})
    assert page.status_code == 422
    assert title_of(page).startswith("Error: Council tax in County Durham")
    assert 'value="ZZ99 9ZZ"' in page.text
    assert 'value="22"' in page.text


async def test_half_a_postcode_is_asked_about(client: httpx2.AsyncClient) -> None:
    page = await client.post(f"/council-tax/{DURHAM}/compare", data={"place": "LN6"})
    assert page.status_code == 200
    assert page.text.count('type="radio"') == 3


async def test_both_rules_stand_side_by_side_with_their_sources(client: httpx2.AsyncClient) -> None:
    words = words_of(await client.get(f"/council-tax/{DURHAM}/compare?with={WIGAN}"))
    assert "It would stop sooner: at 21 in Wigan, not 25 as in County Durham." in words
    assert "As much can come off in both: up to 100%." in words
    assert "durham.gov.uk" in words
    assert "leighjournal.co.uk" in words
    assert "At " not in words[: words.index("Side by side")]


async def test_with_an_age_what_holds_at_it_comes_first(client: httpx2.AsyncClient) -> None:
    words = words_of(await client.get(f"/council-tax/{WIGAN}/compare?with={DURHAM}&age=22"))
    assert "At 22 in Wigan: it may go on. Ask." in words
    assert "At 22 in County Durham: You may pay no council tax until you turn 25." in words
    child = words_of(await client.get(f"/council-tax/{WIGAN}/compare?with={DURHAM}&age=17"))
    assert "Before you turn 18 nobody can send you a council tax bill, here or there." in child


async def test_where_no_rule_is_held_it_says_so(client: httpx2.AsyncClient, published: Published) -> None:
    held = {row.area for row in published.entries["council-tax-care-leaver-discount"].terms}
    other = next(area for area in published.places.districts(TODAY) if area.gss not in held)
    words = words_of(await client.get(f"/council-tax/{DURHAM}/compare?with={other.gss}"))
    assert "Ask its council tax team before you move." in words
    assert "We do not know: ask." in words


async def test_a_weak_rule_shows_no_figure(client: httpx2.AsyncClient) -> None:
    words = words_of(await client.get(f"/council-tax/E07000041/compare?with={CAMDEN}"))
    assert "%" not in words
    assert "birthday" not in words


async def test_odd_addresses_lead_back(client: httpx2.AsyncClient) -> None:
    for odd in ("", "?with=", "?with=E99", f"?with={DURHAM}", "?with=<script>"):
        page = await client.get(f"/council-tax/{DURHAM}/compare{odd}")
        assert page.headers["location"] == f"/council-tax/{DURHAM}#move"
    assert (await client.get(f"/council-tax/narnia/compare?with={DURHAM}")).status_code == 404
    assert (await client.post("/council-tax/narnia/compare", data={"place": "x"})).status_code == 404


async def test_moving_out_of_england_is_answered(client: httpx2.AsyncClient) -> None:
    page = await client.get(f"/council-tax/{DURHAM}/compare?with=W06000011")
    assert "We hold no rule for Swansea" in words_of(page)


async def test_every_pair_next_door_has_a_page(client: httpx2.AsyncClient, published: Published) -> None:
    for area in published.places.districts(TODAY)[::7]:
        page = await client.get(f"/council-tax/{DURHAM}/compare?with={area.gss}&age=20")
        assert page.status_code == (303 if area.gss == DURHAM else 200)
        assert len(gzip.compress(page.content)) <= 6000
