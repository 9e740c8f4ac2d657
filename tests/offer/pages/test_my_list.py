"""A list: what its address says, and what it never says."""

import gzip
import re
from datetime import datetime, time
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from starlette.applications import Starlette

from offer.app import create_app
from offer.clock import LONDON
from offer.pages.listed import MOST
from offer.pages.sharing import LONGEST, picture_of
from offer.published import Published
from offer.settings import Settings
from tests.offer.pages.reading import TODAY, words_of

HOME, TAX = "setting-up-home-allowance", "council-tax-care-leaver-discount"
HUB = "service.housing-north-kesteven"
LIST = f"/my-list?things={HOME},{TAX}"
SHARE = f"/my-list/share?things={HOME},{TAX}"


@pytest.fixture(autouse=True)
def _on_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("offer.pages.my_list.today", lambda: TODAY)
    monkeypatch.setattr("offer.pages.my_list.now", lambda: datetime.combine(TODAY, time(12), LONDON))


@pytest.fixture
def with_a_name(published: Published, tmp_path: Path) -> Starlette:
    """The service that was told where the public finds it."""
    app = create_app(Settings(data_dir=tmp_path, public_url="https://offers.example"))
    app.state.live.edition = published
    return app


def main_of(page: httpx2.Response) -> str:
    """The markup of the main part: links to other languages lead to the address as it was asked."""
    return page.text[page.text.index("<main") : page.text.index("</main>")]


def kept(page: httpx2.Response) -> list[str]:
    return re.findall(r'<li class="app-row app-kept" id="([\w.-]+)"', page.text)


async def test_the_things_stand_in_the_order_of_the_address(client: httpx2.AsyncClient) -> None:
    assert kept(await client.get(LIST)) == [HOME, TAX]
    assert kept(await client.get(f"/my-list?things={TAX},{HOME},{TAX}")) == [TAX, HOME]


async def test_links_move_a_thing_up_and_take_it_off_without_a_script(client: httpx2.AsyncClient) -> None:
    page = await client.get(LIST)
    links = dict(re.findall(r'data-list="(\w+)" href="([^"]*)"', page.text))
    assert kept(await client.get(links["up"])) == [TAX, HOME]
    assert kept(await client.get(links["off"])) == [HOME], "the last one's link"


async def test_a_place_is_kept_with_its_number_address_and_hours(
    client: httpx2.AsyncClient, published: Published
) -> None:
    page = await client.get(f"/my-list?things={HOME},{HUB}")
    assert kept(page) == [HOME, HUB]
    words, service = words_of(page), published.services[HUB.partition(".")[2]]
    location = service.places[0].location
    assert all(each.number in words for each in service.phones)
    assert location.postcode and location.postcode in words and "Monday" in words
    for path in ("/my-list/share", "/print"):
        assert service.name in words_of(await client.get(f"{path}?things={HOME},{HUB}"))
    paper = words_of(await client.get(f"/print?things={HUB}"))
    assert location.postcode in paper and "Monday" in paper
    links = dict(re.findall(r'data-list="(\w+)" href="([^"]*)"', page.text))
    assert kept(await client.get(links["up"])) == [HUB, HOME]
    assert kept(await client.get("/my-list?things=service.never,service.,.x," + HUB)) == [HUB]
    assert f'data-slug="{HUB}"' in (await client.get(f"/services/{service.id}")).text


async def test_no_hours_stand_beside_a_place_that_is_kept_private(
    client: httpx2.AsyncClient, published: Published
) -> None:
    private = [each for each in published.services.values() if each.confidential]
    assert private
    for service in private:
        page = await client.get(f"/my-list?things=service.{service.id}")
        assert kept(page) and 'class="app-hours"' not in main_of(page)


async def test_ticks_make_a_list_without_a_script(client: httpx2.AsyncClient, published: Published) -> None:
    page = await client.get("/my-list?by=E06000047")
    ticks = set(re.findall(r'name="thing" value="([\w-]+)"', page.text))
    assert {HOME, "durham-prison-support"} <= ticks
    assert not [slug for slug in ticks if published.entries[slug].authority == "E10000019"]
    sent = await client.get(f"/my-list?things={TAX}&by=E06000047&thing={HOME}&thing=durham-prison-support")
    assert sent.status_code == 303
    assert sent.headers["location"] == f"/my-list?things={TAX},{HOME},durham-prison-support&by=E06000047"
    assert HOME not in re.findall(
        r'name="thing" value="([\w-]+)"', (await client.get(f"{LIST}&more=yes")).text
    )


async def test_what_is_not_ours_is_counted_or_ignored_and_never_shown(client: httpx2.AsyncClient) -> None:
    page = await client.get(f"{LIST},long-gone,%3Cscript%3Ealert(1)%3C/script%3E&by=nowhere")
    assert kept(page) == [HOME, TAX]
    assert "One thing on this list is no longer in ours" in words_of(page)
    assert "alert(1)" not in main_of(page)
    many = await client.get("/my-list?things=" + ",".join(f"gone-{n}" for n in range(500)))
    assert f"{MOST} things on this list are no longer in ours" in words_of(many)


async def test_a_council_adds_its_number(client: httpx2.AsyncClient) -> None:
    assert "01522 575955" not in words_of(await client.get(LIST))
    assert "01522 575955" in words_of(await client.get(f"{LIST}&by=E10000019"))


async def test_sharing_says_what_the_link_holds_and_draws_no_code_of_a_host_somebody_claims(
    client: httpx2.AsyncClient,
) -> None:
    page = await client.get(SHARE, headers={"Host": "evil.example"})
    words = words_of(page)
    assert "The link holds the names of 2 things, and nothing else." in words
    assert "<svg" not in main_of(page)
    assert "have not told it its own address" in words
    assert "evil.example" not in page.text


async def test_the_code_is_that_of_the_list_at_our_own_address(with_a_name: Starlette) -> None:
    transport = httpx2.ASGITransport(app=with_a_name)
    async with httpx2.AsyncClient(transport=transport, base_url="http://evil.example") as browser:
        page = await browser.get(f"{SHARE}&by=E10000019")
        long = await browser.get("/my-list/share?things=" + ",".join(with_a_name.state.live.edition.entries))
    address = f"https://offers.example{LIST}&by=E10000019"
    assert str(picture_of(address, "The address of this list as a code to scan")) in page.text
    assert "It names Lincolnshire County Council too." in words_of(page)
    assert "evil.example" not in page.text
    assert "too long for a code" in words_of(long)


@pytest.mark.parametrize("more", ["", "&name=Sam", "&dob-day=3&place=DH1+5UL&age_years=19"])
async def test_no_address_on_the_pages_holds_anything_but_things_and_a_council(
    client: httpx2.AsyncClient, more: str
) -> None:
    for path in (LIST, SHARE):
        page = await client.get(f"{path}&by=E10000019{more}")
        for href in re.findall(r'href="(/(?:my-list|print)[^"]*)"', main_of(page)):
            assert set(parse_qs(urlsplit(href.replace("&amp;", "&")).query)) <= {"things", "by", "more"}
        assert "Sam" not in main_of(page)


async def test_nothing_to_share_leads_to_the_list(client: httpx2.AsyncClient) -> None:
    assert (await client.get("/my-list/share")).headers["location"] == "/my-list"


@pytest.mark.parametrize(
    "path",
    ["/my-list", "/my-list?by=E06000047", f"{LIST},{HUB}", f"{LIST}&more=yes&by=E06000047", f"{SHARE},{HUB}"],
)
async def test_each_is_as_light_as_a_later_page(client: httpx2.AsyncClient, path: str) -> None:
    assert len(gzip.compress((await client.get(path)).content)) <= 6_000


def test_a_code_of_the_longest_address_keeps_its_squares_large() -> None:
    drawn = picture_of("https://offers.example/" + "a" * (LONGEST - 23), "An <address>")
    (size,) = re.findall(r'viewBox="0 0 (\d+) ', drawn)
    assert int(size) <= 100, "280 pixels wide: close to three pixels a square"
    assert "<title>An &lt;address&gt;</title>" in drawn
