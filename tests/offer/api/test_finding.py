"""Search, places and services: what is found, what is understood, and what is never given away."""

from typing import Any

import httpx2
import pytest

from directory.help_now import HelpNow
from offer.published import Published
from tests.offer.api.test_check import faults


async def ask(api: httpx2.AsyncClient, path: str, method: str = "GET", **given: Any) -> dict[str, Any]:
    address = f"/api/v1/{path}"
    reply = await (api.get(address, params=given) if method == "GET" else api.post(address, json=given))
    assert reply.status_code == 200, reply.text
    body: dict[str, Any] = reply.json()
    return body


async def test_words_find_entitlements_and_services_best_first(api: httpx2.AsyncClient) -> None:
    body = await ask(api, "search", q="bursary university")
    assert body["total"] == len(body["results"]) or body["pages"] > 1
    assert body["results"][0]["slug"] in {"higher-education-bursary", "durham-university-bursary"}
    scores = [each["score"] for each in body["results"]]
    assert scores == sorted(scores, reverse=True)
    assert body["corrected"] is None
    assert body["crisis"] is False
    assert set(body["facets"]) == {"topic", "kind", "decides", "ages"}


async def test_get_and_post_say_the_same(api: httpx2.AsyncClient) -> None:
    given = {"q": "council tax", "lives_in": "E07000139", "age": 19}
    assert await ask(api, "search", "GET", **given) == await ask(api, "search", "POST", **given)
    assert await ask(api, "places", "GET", q="Sleaford") == await ask(api, "places", "POST", q="Sleaford")
    assert await ask(api, "services", near="Sleaford") == await ask(api, "services", "POST", near="Sleaford")


async def test_an_age_and_a_place_among_the_words_are_understood(api: httpx2.AsyncClient) -> None:
    body = await ask(api, "search", q="council tax 19 in Lincoln")
    assert body["understood"] == {"age": 19, "place": {"gss": "E07000138", "name": "Lincoln"}}
    found = {each["slug"] for each in body["results"]}
    assert "council-tax-lincoln" in found
    assert "council-tax-boston" not in found


async def test_a_postcode_among_the_words_is_understood_and_cut_out(api: httpx2.AsyncClient) -> None:
    for q in ("council tax NG34 7EF", "council tax ng347ef", "NG34 7EF", "council tax ZZ99 9ZZ"):
        reply = await api.post("/api/v1/search", json={"q": q})
        assert reply.status_code == 200
        for part in ("NG34", "7EF", "ZZ99"):
            assert part not in reply.text.upper()
    assert (await ask(api, "search", q="gym NG34 7EF"))["understood"]["place"]["gss"] == "E07000139"


async def test_a_place_in_scotland_is_understood_by_its_name(api: httpx2.AsyncClient) -> None:
    body = await ask(api, "search", "POST", q="council tax EH1 1YZ")
    assert body["understood"]["place"] == {"gss": "S12000036", "name": "City of Edinburgh"}


async def test_a_misspelt_word_is_corrected_and_said_so(api: httpx2.AsyncClient) -> None:
    body = await ask(api, "search", q="apprentiship bursary")
    assert body["corrected"] == "apprenticeship bursary"


async def test_another_councils_offer_is_never_found(api: httpx2.AsyncClient) -> None:
    found = await ask(api, "search", q="college bursary", responsible_authority="E06000047")
    slugs = [each["slug"] for each in found["results"]]
    assert "durham-college-bursary" in slugs
    assert not any(slug.startswith("lincolnshire-") for slug in slugs)


async def test_in_a_crisis_999_and_the_helplines_come_first_with_the_numbers_we_hold(
    api: httpx2.AsyncClient,
) -> None:
    held = {line.phone for line in HelpNow.load()._lines.values()}
    body = await ask(api, "search", "POST", q="i want to kill myself")
    assert body["crisis"] is True
    assert body["help_now"][0]["slug"] == "emergency-999"
    numbers = {phone["number"] for line in body["help_now"] for phone in line["phones"]}
    assert "116 123" in numbers, "Samaritans"
    assert numbers <= held


async def test_nowhere_to_sleep_in_lincolnshire_shows_the_councils_own_night_team(
    api: httpx2.AsyncClient, published: Published
) -> None:
    body = await ask(api, "search", "POST", q="nowhere to sleep tonight", lives_in="E07000138")
    assert body["crisis"] is True
    own = {phone.number for phone in published.services["lincolnshire-edt"].phones}
    assert own & {phone["number"] for line in body["help_now"] for phone in line["phones"]}


async def test_an_ordinary_search_shows_no_help_lines(api: httpx2.AsyncClient) -> None:
    assert (await ask(api, "search", q="driving licence"))["help_now"] == []


async def test_pages_of_results_do_not_overlap(api: httpx2.AsyncClient) -> None:
    first, second = await ask(api, "search", q="money"), await ask(api, "search", q="money", page=2)
    assert first["total"] == second["total"] > 20
    keys = [(each["kind"], each["slug"]) for body in (first, second) for each in body["results"]]
    assert len(keys) == len(set(keys))


async def test_a_full_postcode_is_exact_and_a_place_nobody_knows_is_an_answer(
    api: httpx2.AsyncClient,
) -> None:
    body = await ask(api, "places", q="ng347ef")
    assert set(body) == {"catalogue_version", "query", "read_as", "kind", "precision", "matches", "note"}
    assert body["precision"] == "exact"
    (match,) = body["matches"]
    assert set(match) == {"district", "authority", "lat", "lon", "share"}
    assert match["district"] == {"gss": "E07000139", "name": "North Kesteven"}
    assert match["authority"] == {"gss": "E10000019", "name": "Lincolnshire"}
    none = await ask(api, "places", q="xyzzy plugh")
    assert none["precision"] == "none"
    assert none["matches"] == []
    assert none["note"]


async def test_half_a_postcode_over_several_districts_is_asked_about(api: httpx2.AsyncClient) -> None:
    body = await ask(api, "places", q="LN1")
    assert body["precision"] == "several"
    assert len(body["matches"]) > 1
    assert body["note"]


async def test_services_near_a_postcode_are_nearest_first_in_a_straight_line(api: httpx2.AsyncClient) -> None:
    body = await ask(api, "services", near="DH1 5UL")
    measured = [each["distance_miles"] for each in body["services"] if each["distance_miles"] is not None]
    assert measured
    assert measured == sorted(measured)
    assert body["near"] == {
        "precision": "exact",
        "districts": [{"gss": "E06000047", "name": "County Durham"}],
        "note": None,
    }
    assert "DH1 5UL" not in str(body["near"])


OFFICE, AT_NIGHT = "housing-north-kesteven", "lincolnshire-edt"


@pytest.mark.parametrize(
    ("given", "known"),
    [
        ({"open_on": "2026-11-23", "open_at": "10:00"}, {OFFICE}),
        ({"open_on": "2026-11-23", "open_at": "17:30"}, {AT_NIGHT}),
        ({"open_on": "2026-11-23"}, {OFFICE, AT_NIGHT}),
        ({"open_on": "2026-11-28"}, {AT_NIGHT}),
    ],
)
async def test_only_what_is_known_to_be_open_then(
    api: httpx2.AsyncClient, given: dict[str, str], known: set[str]
) -> None:
    body = await ask(api, "services", near="NG34 7EF", **given)
    assert {each["slug"] for each in body["services"]} == known
    assert "we do not know their hours" in body["notes"][0]


async def test_where_the_hours_are_not_known_nobody_is_told_it_is_open(api: httpx2.AsyncClient) -> None:
    body = await ask(api, "services", near="DH1 5UL", kind="care-leaver-hub")
    assert body["services"]
    assert all(each["open_now"] is None and each["next_open"] is None for each in body["services"])


async def test_a_topic_an_age_and_access_narrow_the_services(api: httpx2.AsyncClient) -> None:
    housing = await ask(api, "services", near="NG34 7EF", topic="housing", age="19")
    assert housing["services"] and all("housing" in each["topics"] for each in housing["services"])
    access = await ask(api, "services", near="LN1 1YL", access="true")
    assert [each["slug"] for each in access["services"]] == ["housing-lincoln"]


async def test_pages_of_services_go_round_without_a_gap(api: httpx2.AsyncClient) -> None:
    pages = [await ask(api, "services", near="LN1 1YL", page=page) for page in (1, 2)]
    slugs = [each["slug"] for page in pages for each in page["services"]]
    assert len(slugs) == len(set(slugs)) == pages[0]["total"]


async def test_a_kind_and_a_council_narrow_the_services(api: httpx2.AsyncClient) -> None:
    body = await ask(api, "services", kind="care-leaver-hub", responsible_authority="E06000047")
    assert {"hub-sherburn-hill", "hub-connect-stanley"} <= {each["slug"] for each in body["services"]}
    assert {each["kind"] for each in body["services"]} == {"care-leaver-hub"}
    lincolnshire = await ask(api, "services", kind="care-leaver-hub", responsible_authority="E10000019")
    assert not any(each["slug"] == "hub-sherburn-hill" for each in lincolnshire["services"])


async def test_every_service_can_be_read_and_a_confidential_one_has_no_street(
    api: httpx2.AsyncClient, published: Published
) -> None:
    for slug, service in published.services.items():
        body = await ask(api, f"services/{slug}")
        assert body["name"] == service.name
        assert body["distance_miles"] is None
        assert "staff_note" not in body
        for at in body["at"]:
            if at["confidential"]:
                assert (at["address"], at["postcode"], at["directions"]) == ([], None, None)
        if service.confidential:
            assert any(at["confidential"] for at in body["at"])


async def test_closed_and_planned_services_are_left_out_of_lists(
    api: httpx2.AsyncClient, published: Published
) -> None:
    listed = {
        each["slug"] for page in (1, 2, 3) for each in (await ask(api, "services", page=page))["services"]
    }
    assert listed == {slug for slug, service in published.services.items() if service.is_shown}


@pytest.mark.parametrize(
    ("given", "pointers"),
    [
        ({"lat": "54"}, {"/lon"}),
        ({"lon": "-1.5"}, {"/lon"}),
        ({"near": "DH1", "lat": "54", "lon": "-1"}, {"/lon"}),
        ({"lat": "nan", "lon": "-1"}, {"/lat"}),
        ({"lat": "12", "lon": "200"}, {"/lat", "/lon"}),
        ({"kind": "pub", "open_at": "25:00", "open_on": "tomorrow"}, {"/kind", "/open_at", "/open_on"}),
    ],
)
async def test_bad_questions_about_services(
    api: httpx2.AsyncClient, given: dict[str, str], pointers: set[str]
) -> None:
    assert set(faults(await api.get("/api/v1/services", params=given))) == pointers


async def test_json_has_types_of_its_own(api: httpx2.AsyncClient) -> None:
    reply = await api.post("/api/v1/search", json={"q": 3, "age": "19", "page": True})
    assert set(faults(reply)) == {"/q", "/age", "/page"}
    assert set(faults(await api.get("/api/v1/places"))) == {"/q"}


async def test_a_point_has_a_district_and_is_kept_by_nobody(api: httpx2.AsyncClient) -> None:
    point: dict[str, Any] = {"lat": 53.23142, "lon": -0.54571}
    reply = await api.post("/api/v1/places", json=point)
    body = reply.json()
    assert reply.headers["cache-control"] == "no-store"
    assert (body["query"], body["kind"], body["precision"]) == ("53.231,-0.546", "point", "exact")
    assert body["matches"][0]["district"] == {"gss": "E07000138", "name": "Lincoln"}
    assert await ask(api, "places", **point) == body
    far = await ask(api, "places", lat=48.857, lon=2.352)
    assert (far["precision"], far["matches"]) == ("none", [])
    assert "within 3 miles" in far["note"]


@pytest.mark.parametrize(
    ("given", "pointers"),
    [
        ({"lat": 53.2}, {"/lon", "/q"}),
        ({"lat": 53.2, "lon": -0.5, "q": "Lincoln"}, {"/q"}),
        ({"lat": 91, "lon": -0.5}, {"/lat"}),
        ({"lat": "north", "lon": 200}, {"/lat", "/lon"}),
        ({"lat": "nan", "lon": "inf"}, {"/lat", "/lon"}),
    ],
)
async def test_half_a_point_is_refused_naming_what_is_wrong(
    api: httpx2.AsyncClient, given: dict[str, Any], pointers: set[str]
) -> None:
    reply = await api.get("/api/v1/places", params=given)
    assert reply.status_code == 422
    assert set(faults(reply)) <= pointers
    assert faults(reply)
