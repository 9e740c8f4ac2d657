"""Where a phone is, posted with a form: used once, told to nobody, and never taken for granted."""

import re

import httpx2
import pytest
import structlog

from tests.offer.pages.reading import words_of

SLEAFORD = {"lat": "53.000", "lon": "-0.410"}
FORMS = ["/help-nearby", "/council-tax"]


async def test_help_near_a_phone_has_distances(client: httpx2.AsyncClient) -> None:
    page = await client.post("/help-nearby", data={"place": "", **SLEAFORD})
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    words = words_of(page)
    assert "Your phone puts you in North Kesteven" in words
    assert "miles in a straight line" in words


async def test_the_council_tax_of_where_a_phone_is(client: httpx2.AsyncClient) -> None:
    page = await client.post("/council-tax", data=SLEAFORD)
    assert page.headers["cache-control"] == "no-store"
    assert "Council tax in North Kesteven Your phone puts you in North Kesteven" in words_of(page)


@pytest.mark.parametrize("path", FORMS)
async def test_a_point_far_from_every_home_gets_a_sentence(client: httpx2.AsyncClient, path: str) -> None:
    page = await client.post(path, data={"lat": "48.857", "lon": "2.352"})
    assert page.status_code == 422
    assert "No home on our list is within 3 miles of there" in words_of(page)


@pytest.mark.parametrize("path", FORMS)
@pytest.mark.parametrize("lat", ["nan", "inf", "", "1e999", "53.0; DROP", "<b>", "99", "５３.0x", "🏠"])
async def test_what_is_no_point_falls_back_to_the_typed_place(
    client: httpx2.AsyncClient, path: str, lat: str
) -> None:
    page = await client.post(path, data={"place": "xyzzy", "lat": lat, "lon": "-0.4"})
    assert page.status_code == 422
    assert "We do not know that place" in words_of(page)


@pytest.mark.parametrize("path", FORMS)
async def test_a_point_stands_in_no_page_address_or_log(
    client: httpx2.AsyncClient, path: str, capfd: pytest.CaptureFixture[str]
) -> None:
    with structlog.testing.capture_logs() as logged:
        reply = await client.post(path, data={"lat": "53.0071", "lon": "-0.4093"})
    printed = capfd.readouterr()
    told = [reply.text, str(reply.headers), str(logged), printed.out, printed.err]
    assert not any("53.007" in each or "0.409" in each for each in told)


@pytest.mark.parametrize("path", ["/", *FORMS])
async def test_the_button_is_hidden_until_its_script_shows_it(client: httpx2.AsyncClient, path: str) -> None:
    page = await client.get(path)
    start = page.text.index("data-locate=")
    assert " hidden>" in page.text[start : start + 40]
    assert 'role="status"' in page.text
    assert page.text.count('<script type="module" src="/assets/locate.') == 1


async def test_a_place_whose_council_is_to_be_replaced_says_so(client: httpx2.AsyncClient) -> None:
    """Surrey's districts join East or West Surrey on 1 April 2027; on the day of these tests, still ahead."""
    for path in ("/council-tax/E07000217", "/help-nearby?in=E07000217"):
        assert re.search(r"council for Woking (will be|is) West Surrey", words_of(await client.get(path))), (
            path
        )
    typed = {"age_years": "19", "responsible_authority": "E10000030"}
    for place in ({"place": "Woking"}, {"lives_in": "E07000217"}):
        words = words_of(await client.post("/results", data={**typed, **place}))
        assert words.count("West Surrey: ") == 2, "said of Surrey County Council, and of Woking, once each"


@pytest.mark.parametrize("path", FORMS)
async def test_a_slip_put_right_is_said(client: httpx2.AsyncClient, path: str) -> None:
    page = await client.post(path, data={"place": "LN1 IYL"})
    assert page.status_code == 200
    assert "We read that as LN1 1YL." in words_of(page)
    assert page.headers["cache-control"] == "no-store"


async def test_a_slip_put_right_is_said_beside_the_results_of_a_search(client: httpx2.AsyncClient) -> None:
    page = await client.post("/search", data={"q": "council tax", "place": "LN1 IYL"})
    assert page.status_code == 200
    assert page.headers["cache-control"] == "no-store"
    assert "We read that as LN1 1YL." in words_of(page)
    assert 'value="Lincoln"' in page.text
    assert "/entitlements/council-tax-lincoln" in page.text
    clean = await client.post("/search", data={"q": "council tax", "place": "LN1 1YL"})
    assert clean.status_code == 303
