"""The page for whoever places the next hub: sorted by links, honest about gaps, and a file beside it."""

import csv
import gzip
import re

import httpx2
import pytest

from offer.pages.coverage import SORTS
from tests.offer.pages.reading import words_of

DURHAM, LINCOLNSHIRE = "E06000047", "E10000019"


def table(page: httpx2.Response) -> list[list[str]]:
    """The cells of each row, tags left out."""
    rows = re.findall(r"<tr[^>]*><th[^>]* scope=\"row\">.*?</tr>", page.text, re.DOTALL)
    cells = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
    return [[" ".join(re.sub(r"<[^>]*>", " ", cell).split()) for cell in row] for row in cells]


async def test_county_durham_is_measured_from_its_hubs(client: httpx2.AsyncClient) -> None:
    rows = {row[0].split(" ")[0] + row[0][6:]: row for row in table(await client.get("/coverage"))}
    durham = next(row for row in rows.values() if row[0].startswith("County Durham"))
    assert "Connect hub" in durham[1]
    assert re.fullmatch(r"about \d+\.\d miles", durham[2])  # no hub of Durham's publishes its address
    shares = [int(cell.rstrip("%")) for cell in durham[4:7]]
    assert shares == sorted(shares) and 0 < shares[-1] <= 100
    assert re.match(r"about \d+ miles, near \w+", durham[7])


async def test_what_we_do_not_know_is_none_known_to_us(client: httpx2.AsyncClient) -> None:
    page = await client.get("/coverage")
    assert "“none known to us”" in words_of(page)
    assert "There may be one" in words_of(page)
    county = table(await client.get(f"/coverage?council={LINCOLNSHIRE}"))
    assert len(county) == 7
    assert all(row[1] == "none known to us" for row in county)


@pytest.mark.parametrize("sort", SORTS)
async def test_every_heading_sorts_without_script(client: httpx2.AsyncClient, sort: str) -> None:
    page = await client.get(f"/coverage?sort={sort}")
    assert page.status_code == 200
    assert page.text.count("aria-sort=") == 1
    assert f'href="/coverage?sort={sort}' not in page.text
    for other in set(SORTS) - {sort}:
        assert f'href="/coverage?sort={other}"' in page.text


async def test_the_farthest_stand_first(client: httpx2.AsyncClient) -> None:
    rows = table(await client.get("/coverage?sort=half"))
    miles = [float(re.sub(r"[^\d.]", "", row[2])) for row in rows if row[2].endswith("miles")]
    assert len(miles) >= 2
    assert miles == sorted(miles, reverse=True)


@pytest.mark.parametrize("query", ["sort=nonsense", "sort=<script>", "council="])
async def test_a_nonsense_sort_shows_the_usual_table(client: httpx2.AsyncClient, query: str) -> None:
    page = await client.get(f"/coverage?{query}")
    assert page.status_code == 200
    assert "<script>" not in page.text


@pytest.mark.parametrize("code", ["E99999999", "nonsense", "E07000139"])
async def test_a_council_nobody_knows_is_not_found(client: httpx2.AsyncClient, code: str) -> None:
    assert (await client.get(f"/coverage?council={code}")).status_code == 404


async def test_the_file_holds_every_district(client: httpx2.AsyncClient) -> None:
    reply = await client.get("/coverage.csv")
    rows = list(csv.DictReader(reply.content.decode("utf-8-sig").splitlines()))
    assert reply.headers["content-type"] == "text/csv; charset=utf-8"
    assert len(rows) == 296
    durham = next(row for row in rows if row["district"] == DURHAM)
    assert float(durham["median_miles"]) < float(durham["p90_miles"]) < float(durham["farthest_miles"])
    assert durham["about"] == "about"
    kesteven = next(row for row in rows if row["district"] == "E07000139")
    assert (kesteven["hubs_known"], kesteven["median_miles"], kesteven["hubs"]) == ("0", "", "")
    assert len((await client.get(f"/coverage.csv?council={LINCOLNSHIRE}")).text.splitlines()) == 8


async def test_the_page_is_light(client: httpx2.AsyncClient) -> None:
    assert len(gzip.compress((await client.get("/coverage")).content)) < 6_000
