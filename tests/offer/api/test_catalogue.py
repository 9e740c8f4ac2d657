"""Reading the catalogue: entitlements, council tax, comparison and the registry of facts."""

from typing import Any

import httpx2
import pytest

from offer.eligibility.facts import FACTS
from offer.published import Published
from tests.offer.api.test_check import faults


async def get(api: httpx2.AsyncClient, path: str, **params: Any) -> dict[str, Any]:
    reply = await api.get(f"/api/v1/{path}", params=params)
    assert reply.status_code == 200, reply.text
    body: dict[str, Any] = reply.json()
    assert body["catalogue_version"] == 1
    return body


async def all_slugs(api: httpx2.AsyncClient, **params: Any) -> list[str]:
    slugs: list[str] = []
    page = 1
    while True:
        body = await get(api, "entitlements", page=page, **params)
        slugs += [each["slug"] for each in body["entitlements"]]
        if page >= body["pages"]:
            assert len(slugs) == body["total"]
            return slugs
        page += 1


async def test_pages_together_hold_every_public_entry_once(
    api: httpx2.AsyncClient, published: Published
) -> None:
    slugs = await all_slugs(api, per_page=40)
    assert sorted(slugs) == sorted(published.entries)
    assert len(slugs) == len(set(slugs))


async def test_a_page_past_the_end_is_empty(api: httpx2.AsyncClient) -> None:
    assert (await get(api, "entitlements", page=900))["entitlements"] == []


async def test_councils_topics_and_ages_narrow_the_list(
    api: httpx2.AsyncClient, published: Published
) -> None:
    durham = await all_slugs(api, responsible_authority="E06000047", per_page=200)
    assert "durham-college-bursary" in durham
    assert "personal-adviser-to-21" in durham
    assert not any(slug.startswith("lincolnshire-") for slug in durham)
    boston = await all_slugs(api, lives_in="E07000136", per_page=200)
    assert "council-tax-boston" in boston
    assert "council-tax-lincoln" not in boston
    for slug in await all_slugs(api, topic="council-tax", per_page=200):
        entry = published.entries[slug]
        assert "council-tax" in (entry.topic, *entry.more_topics)
    at_30 = await all_slugs(api, age=30, per_page=200)
    assert "personal-adviser-to-21" not in at_30
    assert "access-to-care-records" in at_30


async def test_bad_filters_are_all_named(api: httpx2.AsyncClient) -> None:
    params = {"topic": "fun", "age": "121", "page": "0", "per_page": "x", "council": "Kent"}
    reply = await api.get("/api/v1/entitlements", params=params)
    assert set(faults(reply)) == {"/topic", "/age", "/page", "/per_page", "/council"}
    reply = await api.get(
        "/api/v1/entitlements", params={"lives_in": "E99999999", "responsible_authority": "E07000136"}
    )
    assert set(faults(reply)) == {"/lives_in", "/responsible_authority"}
    reply = await api.get("/api/v1/entitlements?age=17&age=19")
    assert set(faults(reply)) == {"/age"}


async def test_one_entry_has_its_sources_law_rule_in_words_and_history(
    api: httpx2.AsyncClient, published: Published
) -> None:
    body = await get(api, "entitlements/setting-up-home-allowance", on="2026-11-22")
    entry = published.entries["setting-up-home-allowance"]
    assert body["slug"] == body["id"] == entry.id
    assert body["sources"][0]["url"] == entry.sources[0].url
    assert body["legal_basis"][0]["cite"] == entry.legal_basis[0].cite
    assert body["amount"]["pence"] == 300_000
    assert body["rule"] == entry.rule
    assert any(line["text"] == "You are 16 to 24." for line in body["rule_in_words"])
    assert body["history"] == [], "this edition came from files, not from publications"
    assert "staff_note" not in body


async def test_every_entry_can_be_read_and_keeps_what_is_for_staff(
    api: httpx2.AsyncClient, published: Published
) -> None:
    for slug in published.entries:
        body = await get(api, f"entitlements/{slug}")
        assert body["rule_in_words"], slug
        assert "staff_note" not in body


async def test_terms_of_which_only_the_existence_is_known_carry_no_figure(api: httpx2.AsyncClient) -> None:
    body = await get(api, "entitlements/council-tax-care-leaver-discount")
    weak = [row for row in body["terms"] if row["confidence"] == "existence only"]
    assert weak
    assert all(row["age_before"] is None and row["percent"] is None for row in weak)


@pytest.mark.parametrize("path", ["entitlements/no-such-thing", "services/no-such-thing", "nothing/here"])
async def test_what_we_do_not_hold_is_a_problem_404(api: httpx2.AsyncClient, path: str) -> None:
    reply = await api.get(f"/api/v1/{path}")
    assert reply.status_code == 404
    assert reply.headers["content-type"] == "application/problem+json"
    assert reply.json()["title"] == "Not Found"


async def test_council_tax_of_every_district_by_name(api: httpx2.AsyncClient, published: Published) -> None:
    districts = (await get(api, "council-tax", on="2026-11-22"))["districts"]
    assert len(districts) == 296
    names = [each["district"]["name"] for each in districts]
    assert names == sorted(names)
    for each in districts:
        assert (each["rule"] is not None) is each["found"]
        if each["found"]:
            assert each["rule"]["source"]
            assert each["rule"]["confidence"]


async def test_lincoln_has_a_rule_that_ended_and_one_that_holds(api: httpx2.AsyncClient) -> None:
    (lincoln,) = (await get(api, "council-tax", district="E07000138", on="2026-11-22"))["districts"]
    assert lincoln["rule"]["age_before"] == 25
    assert [row["age_before"] for row in lincoln["history"]] == [22]
    (then,) = (await get(api, "council-tax", district="E07000138", on="2019-06-01"))["districts"]
    assert then["rule"]["age_before"] == 22
    assert [row["age_before"] for row in then["to_come"]] == [25]


async def test_a_county_or_an_unknown_code_is_no_district(api: httpx2.AsyncClient) -> None:
    for code in ("E10000019", "E99999999", "lincoln"):
        reply = await api.get("/api/v1/council-tax", params={"district": code})
        assert set(faults(reply)) == {"/district"}


async def test_a_place_in_scotland_has_no_row(api: httpx2.AsyncClient) -> None:
    assert (await get(api, "council-tax", district="S12000036"))["districts"] == []


async def test_durham_and_lincolnshire_side_by_side(api: httpx2.AsyncClient, published: Published) -> None:
    body = await get(api, "compare", areas="E06000047,E10000019")
    assert [area["name"] for area in body["areas"]] == ["County Durham", "Lincolnshire"]
    assert len(body["rows"]) == 14
    for row in body["rows"]:
        assert [cell["area"] for cell in row["cells"]] == ["E06000047", "E10000019"]
        for cell in row["cells"]:
            assert (cell["says"] == "found") is bool(cell["offers"])
    offers = {offer["slug"] for row in body["rows"] for offer in row["cells"][0]["offers"]}
    assert not any(slug.startswith("lincolnshire-") for slug in offers)
    assert all(published.entries[slug].authority != "E92000001" for slug in offers)


async def test_a_district_is_compared_with_its_own_terms(api: httpx2.AsyncClient) -> None:
    body = await get(api, "compare", areas="E07000138,E07000136", topic="council-tax")
    (row,) = body["rows"]
    assert {offer["slug"] for offer in row["cells"][0]["offers"]} == {"council-tax-lincoln"} | {
        offer["slug"] for offer in row["cells"][1]["offers"] if offer["slug"] != "council-tax-boston"
    }


async def test_where_we_hold_nothing_it_says_not_found(api: httpx2.AsyncClient) -> None:
    body = await get(api, "compare", areas="E10000016,E06000047", topic="money")
    assert body["rows"][0]["cells"][0] == {"area": "E10000016", "says": "not found", "offers": []}


@pytest.mark.parametrize(
    "areas",
    [
        "E06000047",
        "E06000047,E06000047",
        "E06000047,Kent",
        "E06000047,E99999999",
        "",
        ",".join(["E06000047"] * 7),
    ],
)
async def test_areas_that_cannot_be_compared(api: httpx2.AsyncClient, areas: str) -> None:
    assert set(faults(await api.get("/api/v1/compare", params={"areas": areas}))) == {"/areas"}


async def test_the_registry_has_every_fact_with_a_question_and_a_reason(api: httpx2.AsyncClient) -> None:
    facts = (await get(api, "facts"))["facts"]
    assert [fact["name"] for fact in facts] == list(FACTS)
    for fact in facts:
        assert fact["question"] or fact["derived"], fact["name"]
        assert fact["why"] or fact["derived"], fact["name"]
        assert fact["unit"] != "pence", "money is pounds at the door"
