"""A home by district: tonight's numbers, who owns the homes, the list; what is not known is said."""

import gzip

import httpx2
import pytest

from directory.homes import homes
from offer.published import Published
from tests.offer.pages.reading import TODAY, title_of, words_of

DURHAM, EAST_LINDSEY, BOSTON, CAMDEN = "E06000047", "E07000137", "E07000136", "E09000007"


async def test_a_place_leads_to_its_district_and_is_not_kept_in_the_address(
    client: httpx2.AsyncClient,
) -> None:
    posted = await client.post("/housing", data={"place": "NG34 7EF"})
    assert (posted.status_code, posted.headers["location"]) == (303, "/housing/E07000139")


async def test_what_is_no_place_is_kept_and_explained(client: httpx2.AsyncClient) -> None:
    page = await client.post("/housing", data={"place": "ZZ99 9ZZ"})
    assert page.status_code == 422
    assert title_of(page).startswith("Error:")
    assert 'value="ZZ99 9ZZ"' in page.text
    assert page.headers["cache-control"] == "no-store"


async def test_half_a_postcode_is_asked_about(client: httpx2.AsyncClient) -> None:
    page = await client.post("/housing", data={"place": "LN6"})
    assert page.status_code == 200
    assert page.text.count('type="radio"') == 3


async def test_a_district_is_chosen_from_two_lists_without_script(client: httpx2.AsyncClient) -> None:
    county = (await client.get("/housing?council=E10000019")).text
    assert 'href="/housing/E07000139"' in county
    assert (await client.get(f"/housing?council={DURHAM}")).headers["location"] == f"/housing/{DURHAM}"
    assert (await client.get("/housing?council=E99")).status_code == 200


async def test_every_district_of_england_has_a_page(client: httpx2.AsyncClient, published: Published) -> None:
    for area in published.places.districts(TODAY):
        page = await client.get(f"/housing/{area.gss}")
        assert page.status_code == 200
        words = words_of(page)
        known = area.gss in homes().by_area
        assert ("We do not know yet whether the council" in words) != known
        assert "Nowhere to sleep tonight?" in words


async def test_tonight_comes_first_with_the_districts_own_numbers(
    client: httpx2.AsyncClient, published: Published
) -> None:
    page = (await client.get("/housing/E07000139")).text
    for phone in published.services["housing-north-kesteven"].phones:
        assert page.count(f'href="tel:{phone.number.replace(" ", "")}"') == 1
    assert page.index("tel:01529414155") < page.index("Who owns the homes here")
    assert "/entitlements/homeless-priority-need-18-to-20" in page


async def test_no_number_stands_twice(client: httpx2.AsyncClient) -> None:
    page = (await client.get(f"/housing/{DURHAM}")).text
    assert page.count('href="tel:08081968406"') == 1


async def test_a_team_that_we_do_not_hold_is_said_and_the_councils_own_number_given(
    client: httpx2.AsyncClient,
) -> None:
    words = words_of(await client.get(f"/housing/{BOSTON}"))
    assert "We do not have the number of Boston Council’s housing team yet" in words
    assert "01205 314200" in words


async def test_a_team_with_a_number_comes_before_one_without(client: httpx2.AsyncClient) -> None:
    words = words_of(await client.get("/housing/E07000139"))
    assert words.index("Housing Options, North Kesteven") < words.index("Change4Lincs")


async def test_a_team_without_a_number_does_not_hide_the_councils_own(client: httpx2.AsyncClient) -> None:
    words = words_of(await client.get("/housing/E07000142"))
    assert "Change4Lincs" in words
    assert "01427 676676" in words[: words.index("Who owns the homes here")]


async def test_who_owns_the_homes_is_said_with_its_sources(client: httpx2.AsyncClient) -> None:
    words = words_of(await client.get(f"/housing/{DURHAM}"))
    assert "Housing associations, not the council." in words
    assert "Durham County Council: council housing stock transfer complete (2015)" in words
    assert "Durham Key Options" in words
    found = words_of(await client.get(f"/housing/{EAST_LINDSEY}"))
    assert "East Lindsey and Boston joint housing register" in found
    assert "news report of December 2022" in found


async def test_what_is_not_known_is_said_with_whom_to_ask(client: httpx2.AsyncClient) -> None:
    words = words_of(await client.get(f"/housing/{CAMDEN}"))
    assert "We do not know yet where to join the list here. Ask Camden Council" in words
    assert "Join the council housing list in any part of England" in words


async def test_the_councils_own_help_with_rent_is_there(client: httpx2.AsyncClient) -> None:
    page = (await client.get(f"/housing/{EAST_LINDSEY}")).text
    assert "/entitlements/lincolnshire-rent-deposit-help" in page
    assert "/entitlements/durham-housing-priority" not in page


async def test_outside_england_only_what_holds_there_is_said(client: httpx2.AsyncClient) -> None:
    words = words_of(await client.get("/housing/W06000011"))
    assert "Wales" in words
    assert "Who owns the homes here" not in words


async def test_bad_addresses_lead_nowhere(client: httpx2.AsyncClient) -> None:
    assert (await client.get("/housing/E99999999")).status_code == 404
    assert (await client.get("/housing/%3Cscript%3E")).status_code == 404


@pytest.mark.parametrize("address", ["/housing", "/housing?council=E10000019", *homes().by_area, CAMDEN])
async def test_the_pages_stay_small(client: httpx2.AsyncClient, address: str) -> None:
    path = address if address.startswith("/") else f"/housing/{address}"
    assert len(gzip.compress((await client.get(path)).content)) <= 6000
