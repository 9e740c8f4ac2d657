"""The Open Referral UK feed over HTTP: paging, filters, CORS, and that nothing leaks."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

import httpx2
import pytest
from jsonschema import Draft202012Validator, FormatChecker

from directory.places import Places
from directory.records import Location, Organisation, Record, Service
from offer.api.openreferral import PATHS
from offer.app import create_app
from offer.documents import ages_of
from offer.openreferral.entitlements import names_somebody
from offer.published import Published, build_published
from offer.settings import Settings
from tests.directory.openreferral.invented import TRUST, records
from tests.offer.api.conftest import client_of

FEED = "/openreferral"
MOMENT = datetime(2026, 11, 1, 12, 30, 45, 123000, tzinfo=UTC)
LISTS = ("services", "service_at_locations", "organizations", "taxonomies", "taxonomy_terms")
NOBODY = "00000000-0000-4000-8000-000000000000"


def id_of(key: str) -> str:
    return str(uuid5(NAMESPACE_URL, key))


async def get(api: httpx2.AsyncClient, path: str, **query: object) -> dict[str, Any]:
    reply = await api.get(f"{FEED}{path}", params={name: str(value) for name, value in query.items()})
    assert reply.status_code == 200, reply.text
    assert reply.headers["access-control-allow-origin"] == "*"
    found: dict[str, Any] = reply.json()
    return found


async def slugs(api: httpx2.AsyncClient, path: str = "/services", **query: object) -> set[str]:
    page = await get(api, path, per_page=500, **query)
    return {each.get("service", each)["slug"] for each in page["contents"]}


def made_of(*found: Record, places: Places) -> Published:
    return build_published([], found, places, 3, MOMENT, today=date(2026, 11, 22))


def client(edition: Published, folder: Path) -> httpx2.AsyncClient:
    app = create_app(Settings(data_dir=folder))
    app.state.live.edition = edition
    return client_of(app)


def small(kind: str, slug: str, **changes: Any) -> Record:
    """A small whole record of the directory."""
    body: dict[str, Any] = {
        "id": slug,
        "name": slug.title(),
        "authority": "E10000019",
        "stage": "public",
        **TRUST,
    }
    if kind == "service":
        body |= {"organisation": "body", "kind": "advice", "areas": ["E10000019"], "topics": ["money"]}
        body |= {"status": "open", "summary": f"Help from {slug}."}
    match kind:
        case "organisation":
            return Organisation.model_validate(body | changes)
        case "location":
            return Location.model_validate(body | changes)
    return Service.model_validate(body | changes)


async def test_the_root_with_and_without_its_slash(api: httpx2.AsyncClient) -> None:
    for path in ("", "/"):
        root = await get(api, path)
        assert root["version"] == "HSDS-UK-3.0"
        assert root["profile"].startswith("https://")
        assert root["openapi_url"] == "http://offer.test/openapi.json"


@pytest.mark.parametrize("path", [each.path for each in PATHS if "{" not in each.path])
async def test_every_list_answers_with_and_without_a_final_slash(api: httpx2.AsyncClient, path: str) -> None:
    assert await get(api, path.rstrip("/")) == await get(api, f"{path.rstrip('/')}/")


@pytest.mark.parametrize(
    "path", ["services", "service_at_locations", "organizations", "taxonomies", "taxonomy_terms"]
)
async def test_each_listed_record_can_be_read_and_an_unknown_one_is_404(
    api: httpx2.AsyncClient, path: str
) -> None:
    first = (await get(api, f"/{path}"))["contents"][0]
    whole = await get(api, f"/{path}/{first['id']}")
    assert whole["id"] == first["id"] and UUID(first["id"]).version == 5
    assert (await get(api, f"/{path}/{first['id'].upper()}/")) == whole
    for unknown in (NOBODY, "nonsense", "%00", "../x"):
        reply = await api.get(f"{FEED}/{path}/{unknown}")
        assert reply.status_code == 404
        assert reply.headers["access-control-allow-origin"] == "*"
        assert reply.json()["status"] == 404


async def test_errors_are_open_too(api: httpx2.AsyncClient) -> None:
    for reply in (
        await api.get(f"{FEED}/nothing"),
        await api.post(f"{FEED}/services", json={}),
        await api.get(f"{FEED}/services", params={"page": "x"}),
    ):
        assert reply.status_code in (404, 405, 422)
        assert reply.headers["access-control-allow-origin"] == "*"
        assert reply.headers["content-type"] == "application/problem+json"


async def test_paging_adds_up(api: httpx2.AsyncClient) -> None:
    seen: list[str] = []
    number, last = 0, False
    while not last:
        number += 1
        page = await get(api, "/services", page=number, per_page=30)
        assert page["page_number"] == number and page["size"] == len(page["contents"])
        assert page["first_page"] == (number == 1) and not page["empty"]
        seen += [each["id"] for each in page["contents"]]
        last = page["last_page"]
    assert len(seen) == len(set(seen)) == page["total_items"]
    assert page["total_pages"] == number == -(-len(seen) // 30)
    beyond = await get(api, "/services", page=number + 5, per_page=30)
    assert beyond["empty"] and beyond["last_page"] and not beyond["first_page"]
    assert beyond["size"] == 0 and beyond["total_items"] == len(seen)


async def test_an_empty_list_is_a_page(api: httpx2.AsyncClient) -> None:
    page = await get(api, "/services", search="zzqxjvkwzzqx")
    assert page == {
        "total_items": 0, "total_pages": 0, "page_number": 1, "size": 0,
        "first_page": True, "last_page": True, "empty": True, "contents": [],
    }  # fmt: skip


async def test_pages_have_fifty_and_no_more_than_five_hundred(places: Places, tmp_path: Path) -> None:
    edition = made_of(*records(700, places), places=places)
    async with client(edition, tmp_path) as api:
        assert (await get(api, "/services"))["size"] == 50
        assert (await get(api, "/services", per_page=100_000))["size"] == 500
        assert (await get(api, "/services", per_page=500, full="true"))["size"] == 100


async def test_unknown_and_empty_parameters_are_ignored_and_bad_ones_named(api: httpx2.AsyncClient) -> None:
    plain = await get(api, "/services")
    assert await get(api, "/services", colour="blue", format="json", minimum_age="", search=" ") == plain
    bad = {"page": "0", "per_page": "-1", "minimum_age": "old", "day": "Monday", "start_time": "9am"}
    reply = await api.get(f"{FEED}/services", params=bad | {"modified_after": "yesterday"})
    assert reply.status_code == 422
    assert {each["pointer"] for each in reply.json()["errors"]} == {
        f"/{name}" for name in [*bad, "modified_after"]
    }


async def test_ages_and_times_mean_services_that_lie_inside(places: Places, tmp_path: Path) -> None:
    def aged(slug: str, age_from: int | None, age_before: int | None) -> Record:
        return small("service", slug, age_from=age_from, age_before=age_before)

    monday = {"byday": ["MO"], "opens_at": "09:00", "closes_at": "17:00"}
    night = {"byday": ["FR"], "opens_at": "22:00", "closes_at": "02:00"}
    edition = made_of(
        aged("eleven", 11, 26), aged("sixteen", 16, 26), aged("older", 16, 27), aged("any", None, None),
        small("service", "monday", schedules=[monday]), small("service", "night", schedules=[night]),
        places=places,
    )  # fmt: skip
    async with client(edition, tmp_path) as api:
        assert await slugs(api, minimum_age=16, maximum_age=25) == {"sixteen"}
        assert await slugs(api, minimum_age=16) == {"sixteen", "older"}
        assert await slugs(api, maximum_age=25) == {"sixteen", "eleven"}
        assert await slugs(api, day="MO", start_time="09:00", end_time="17:00") == {"monday"}
        assert await slugs(api, day="MO", start_time="09:01") == set()
        assert await slugs(api, day="TU") == set()
        assert await slugs(api, start_time="22:00", end_time="02:00") == {"night"}
        assert await slugs(api, start_time="08:00", end_time="18:00") == {"monday"}
        assert await slugs(api, start_time="23:59", end_time="00:00") == set()


async def test_filters_add_up(api: httpx2.AsyncClient) -> None:
    term = id_of("taxonomy_term/topics/housing")
    housing, lincoln = await slugs(api, taxonomy_term_id=term), await slugs(api, search="LINCOLN")
    assert housing and lincoln and housing != lincoln
    assert await slugs(api, taxonomy_term_id=term, search="lincoln") == housing & lincoln
    body = id_of("organisation/durham-county-council")
    run = await slugs(api, organization_id=body)
    assert run == {each["slug"] for each in (await get(api, f"/organizations/{body}"))["services"]}
    assert await slugs(api, taxonomy_id=id_of("taxonomy/topics")) == await slugs(api)
    for name in ("taxonomy_id", "taxonomy_term_id", "organization_id"):
        assert await slugs(api, **{name: NOBODY}) == set()


async def test_modified_after_and_minimal(places: Places, tmp_path: Path) -> None:
    async with client(made_of(small("service", "one"), places=places), tmp_path) as api:
        assert await slugs(api, modified_after="2026-11-01T12:30:45.123Z") == {"one"}
        assert await slugs(api, modified_after="2026-11-01") == {"one"}
        assert await slugs(api, modified_after="2026-11-01T13:30:45.123+01:00") == {"one"}
        assert await slugs(api, modified_after="2026-11-01T12:30:46Z") == set()
        assert await slugs(api, modified_after="2999-01-01T00:00:00.000Z") == set()
        page = await get(api, "/services", minimal="true")
        assert page["contents"] == [{"id": id_of("service/one"), "modified_date": "2026-11-01T12:30:45.123Z"}]


async def test_postcodes_find_what_serves_them_and_what_is_near(places: Places, tmp_path: Path) -> None:
    def at(slug: str, postcode: str, area: str) -> tuple[Record, Record]:
        where = {"address": ["1 Street"], "town": "Lincoln", "postcode": postcode}
        return (
            small("location", f"at-{slug}", **where),
            small("service", slug, areas=[area], at=[{"location": f"at-{slug}"}]),
        )

    edition = made_of(
        *at("lincoln", "LN1 1YL", "E07000138"), *at("county", "PE21 6TT", "E10000019"),
        *at("durham", "DH1 5UL", "E06000047"), *at("all", "LN1 1YL", "E92000001"), places=places,
    )  # fmt: skip
    async with client(edition, tmp_path) as api:
        both = {"lincoln", "county", "all"}
        assert await slugs(api, "/service_at_locations", postcode="ln11yl") == both
        assert await slugs(api, "/service_at_locations", postcode=" LN1 1YL ", proximity=1000) == both - {
            "county"
        }
        assert await slugs(api, "/service_at_locations", postcode="DH1 5UL") == {"durham", "all"}
        assert await slugs(api, "/service_at_locations", postcode="EH1 1YZ") == set()
        assert await slugs(api, "/service_at_locations", postcode="nonsense") == set()
        reply = await api.get(f"{FEED}/service_at_locations", params={"postcode": "LN1 1YL"})
        assert reply.headers["cache-control"] == "no-store"


async def test_drafts_never_leak(places: Places, tmp_path: Path) -> None:
    edition = made_of(
        small("organisation", "body"), small("organisation", "secret-body", stage="draft"),
        small("location", "secret-place", stage="draft"), small("location", "place"),
        small("service", "shown", at=[{"location": "secret-place"}, {"location": "place"}]),
        small("service", "secret", stage="draft", at=[{"location": "place"}]),
        small("service", "planned", status="planned"), small("service", "closed", status="closed"),
        small("service", "lent", organisation="secret-body"), places=places,
    )  # fmt: skip
    async with client(edition, tmp_path) as api:
        for path in LISTS:
            for full in ("", "true"):
                page = await get(api, f"/{path}", full=full, per_page=500)
                said = json.dumps(page).casefold()
                for record in page["contents"]:
                    said += json.dumps(await get(api, f"/{path}/{record['id']}")).casefold()
                assert (
                    "secret" not in said
                    and "planned" not in said
                    and "closed" not in said.replace("closes", "")
                )
        assert (await get(api, "/services"))["total_items"] == 2
        for key in ("service/secret", "service/planned", "service/closed"):
            assert (await api.get(f"{FEED}/services/{id_of(key)}")).status_code == 404
        hidden = id_of("service/shown/at/secret-place")
        assert (await api.get(f"{FEED}/service_at_locations/{hidden}")).status_code == 404
        assert (await api.get(f"{FEED}/organizations/{id_of('organisation/secret-body')}")).status_code == 404


async def test_a_place_kept_private_stays_so(places: Places, tmp_path: Path) -> None:
    refuge = small("location", "refuge", confidential=True, areas=["E07000138"], town="Lincoln")
    edition = made_of(refuge, small("service", "safe", at=[{"location": "refuge"}]), places=places)
    async with client(edition, tmp_path) as api:
        whole = await get(api, f"/service_at_locations/{id_of('service/safe/at/refuge')}")
        place = whole["location"]
        assert not {"latitude", "longitude", "addresses"} & place.keys()
        assert place["description"] == "The address is kept private."
        assert await slugs(api, "/service_at_locations", postcode="LN1 1YL") == {"safe"}
        near = await slugs(api, "/service_at_locations", postcode="LN1 1YL", proximity=2_000_000)
        assert near == set()


async def test_a_place_without_a_published_address_says_whom_to_ring(places: Places, tmp_path: Path) -> None:
    hub = small("location", "hub", town="Lincoln", phones=[{"number": "01522 000000"}])
    edition = made_of(hub, small("service", "open", at=[{"location": "hub"}]), places=places)
    async with client(edition, tmp_path) as api:
        record = await get(api, f"/services/{id_of('service/open')}")
    place = record["service_at_locations"][0]["location"]
    assert "addresses" not in place
    assert place["description"] == "The address is not published. Ring 01522 000000 to ask where it is."


async def test_every_record_of_the_starter_data_fits_the_published_schemas(
    api: httpx2.AsyncClient, shared: Path
) -> None:
    folder = shared / "oruk" / "uk-profile" / "schema" / "compiled"

    def validator(name: str) -> Draft202012Validator:
        schema = json.loads((folder / f"{name}.json").read_text("utf-8"))
        return Draft202012Validator(schema, format_checker=FormatChecker())

    fits = {
        "services": ("service_list", ("service",)),
        "service_at_locations": ("service_at_location_list", ("service_at_location", "service")),
        "organizations": ("organization_list", ("organization",)),
    }
    for path, (item, wholes) in fits.items():
        for each in (await get(api, f"/{path}", per_page=500))["contents"]:
            assert not list(validator(item).iter_errors(each))
        for page in (1, 2):
            for each in (await get(api, f"/{path}", full="true", page=page))["contents"]:
                assert not [error.message for name in wholes for error in validator(name).iter_errors(each)]
                assert not set(values(each)) & {None, ""}


def values(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return [leaf for each in value.values() for leaf in values(each)] or [None]
    if isinstance(value, list):
        return [leaf for each in value for leaf in values(each)] or [None]
    return [value]


async def test_entitlements_are_services_only_where_somebody_delivers_them(
    api: httpx2.AsyncClient, published: Published
) -> None:
    listed = {each.key for each in published.open_referral.services}
    assert "entitlement/care-to-learn" in listed
    assert "entitlement/durham-leisure-pass-18" in listed
    for entry in published.entries.values():
        if entry.nature == "law" or entry.strength in ("status", "information", "future", "future_or_check"):
            assert f"entitlement/{entry.id}" not in listed
        if entry.in_force != "yes" or entry.status in ("may-have-ended", "proposal"):
            assert f"entitlement/{entry.id}" not in listed
    assert "entitlement/durham-durhamworks" not in listed  # the directory has it
    assert "service/durhamworks" in listed
    record = await get(api, f"/services/{id_of('entitlement/care-to-learn')}")
    assert "support" in {each["taxonomy_term"]["term"] for each in record["attributes"]}


@pytest.mark.parametrize(
    ("decided_by", "names"),
    [
        ("Durham County Council", True),
        ("The Department for Education", True),
        ("The local NHS and Durham County Council", True),
        ("National Rail", True),
        ("The college or school", False),
        ("The council that looked after you", False),
        ("Your district council", False),
        ("The company that holds your account. The Share Foundation traces accounts", False),
    ],
)
def test_whether_words_name_somebody(decided_by: str, names: bool) -> None:
    assert names_somebody(decided_by) is names


def test_the_last_birthday_becomes_the_last_age(published: Published) -> None:
    listed = {each.key: each for each in published.open_referral.services}
    ended = [each for each in published.entries.values() if f"entitlement/{each.id}" in listed]
    befores = {each.id: before for each in ended if (before := ages_of(each.rule)[1])}
    assert befores
    for slug, before in befores.items():
        assert listed[f"entitlement/{slug}"].maximum_age == before - 1
