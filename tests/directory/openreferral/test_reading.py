"""A stranger's record as drafts: what is kept, what is doubted, and what can never get in."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from directory.openreferral.reading import Desk, IncomingService, NotReadable, read_service
from directory.places import Places
from directory.records import Location, Organisation, Service
from tests.directory.openreferral.loopback import uuid

TODAY = date(2026, 11, 22)
ID = uuid("service")
SMALL: dict[str, Any] = {"id": ID, "name": "Drop-in", "status": "active", "description": "A warm room."}


@pytest.fixture
def desk(places: Places) -> Desk:
    return Desk(
        "https://example.org/feed",
        "example.org",
        places,
        None,
        slug=lambda kind, remote_id, name, own: f"{kind}-{remote_id[:8].lower()}".replace(".", "-").strip(
            "-"
        ),
        seen=lambda kind, remote_id: TODAY,
    )


def read(desk: Desk, **changes: Any) -> IncomingService:
    return read_service({**SMALL, **changes}, ID, desk)


def at(*addresses: dict[str, Any], **changes: Any) -> list[dict[str, Any]]:
    location = {"id": uuid("place"), "location_type": "physical", "addresses": list(addresses), **changes}
    return [{"id": uuid("at"), "location": location}]


def location_in(found: IncomingService) -> Location:
    return next(each.document for each in found.drafts if isinstance(each.document, Location))


def test_everything_arrives_as_an_unconfirmed_draft_that_says_where_it_is_from(desk: Desk) -> None:
    found = read(desk, service_at_locations=at({"address_1": "1 Street", "country": "GB"}))
    assert [each.kind for each in found.drafts] == ["organisation", "location", "service"]
    for each in found.drafts:
        assert each.document.stage == "draft" and each.document.confidence == "unconfirmed"
        assert each.document.sources[0].name == "Open Referral feed of example.org"
    assert found.service.sources[0].url == f"https://example.org/feed/services/{ID}"
    assert found.service.organisation == found.drafts[0].document.id
    assert found.service.at[0].location == found.drafts[1].document.id


@pytest.mark.parametrize("name", [None, "", "  ", 5, [], {}, "<b></b>", "<script>x</script>"])
def test_a_record_without_a_name_is_refused(desk: Desk, name: object) -> None:
    with pytest.raises(NotReadable, match="no name"):
        read(desk, name=name)


@pytest.mark.parametrize(
    ("status", "ours"),
    [
        ("active", "open"),
        ("inactive", "closed"),
        ("defunct", "closed"),
        ("temporarily closed", "temporarily-closed"),
        (None, "unknown"),
        ("ACTIVE!", "unknown"),
        (3, "unknown"),
        ([], "unknown"),
    ],
)
def test_statuses(desk: Desk, status: object, ours: str) -> None:
    assert read(desk, status=status).service.status == ours


def test_ages_keep_the_number_and_flag_twenty_five(desk: Desk) -> None:
    found = read(desk, minimum_age=16, maximum_age=25)
    assert (found.service.age_from, found.service.age_before) == (16, 26)
    assert any("up to 25" in doubt for doubt in found.doubts)
    assert not any("up to" in doubt for doubt in read(desk, minimum_age=16, maximum_age=24).doubts)


@pytest.mark.parametrize(("low", "high"), [(None, None), ("", ""), ("16", -1), (True, 1e400), (18, 16)])
def test_ages_that_make_no_sense_are_left_out(desk: Desk, low: object, high: object) -> None:
    service = read(desk, minimum_age=low, maximum_age=high).service
    assert service.age_from is None and service.age_before is None


def test_text_is_plain_and_never_markup(desk: Desk) -> None:
    evil = "<script>alert(1)</script><img src=x onerror=alert(1)>Hello <b>there</b>&lt;svg onload=x&gt;"
    keys = ("name", "description", "fees", "alert", "eligibility_description", "application_process")
    places = at({"address_1": evil, "city": evil, "country": "GB"}, name=evil, description=evil)
    found = read(
        desk,
        **dict.fromkeys(keys, evil),
        url="javascript:alert(1)",
        email=evil,
        organization={"id": uuid("o"), "name": evil, "description": evil, "website": "data:text/html,x"},
        service_at_locations=places,
        languages=[{"name": evil}],
        phones=[{"number": "01522 1", "description": evil}],
        schedules=[{"freq": "WEEKLY", "byday": "MO", "notes": evil, "description": evil}],
    )
    for each in found.drafts:
        said = json.dumps(each.document.model_dump(mode="json"))
        assert "<" not in said and "alert" not in said and "javascript" not in said
    assert found.service.name == "Hello there"


def test_places_by_code_name_and_postcode(desk: Desk) -> None:
    uri = "http://statistics.data.gov.uk/id/statistical-geography/E07000138"
    assert read(desk, service_areas=[{"uri": uri}]).service.areas == ("E07000138",)
    assert read(desk, service_areas=[{"uri": uri}]).service.authority == "E10000019"
    assert read(desk, service_areas=[{"name": "County Durham"}]).service.areas == ("E06000047",)
    by_postcode = read(desk, service_at_locations=at({"postal_code": "dh15ul"})).service
    assert by_postcode.authority == "E06000047" and by_postcode.areas == ("E06000047",)
    assert read(desk, service_areas=[{"name": "Narnia", "uri": "E99999999"}]).service.areas == ("E92000001",)


def test_an_address_of_another_country_is_not_ours(desk: Desk) -> None:
    found = read(desk, service_at_locations=at({"address_1": "1 Main Street", "country": "US"}))
    assert location_in(found).address == () and any("United Kingdom" in doubt for doubt in found.doubts)


def test_an_address_is_read_whole(desk: Desk) -> None:
    one = {
        "address_1": "1 Street",
        "city": "Lincoln",
        "state_province": "Lincolnshire",
        "postal_code": "ln1 1yl",
    }
    place = location_in(read(desk, service_at_locations=at(one)))
    assert (place.address, place.town, place.county) == (("1 Street",), "Lincoln", "Lincolnshire")
    assert place.postcode == "LN1 1YL" and place.areas == ("E07000138",)
    box = location_in(read(desk, service_at_locations=at({**one, "address_1": "PO Box 7"})))
    assert box.location_type == "postal"


def test_hours_at_a_place_and_of_the_service(desk: Desk) -> None:
    hours = {"freq": "WEEKLY", "byday": "TH,FR", "opens_at": "10:00:00Z", "closes_at": "18:00+01:00"}
    schedules = [
        {"id": uuid("a"), **hours},
        {"id": uuid("b"), "service_at_location_id": uuid("at"), **hours},
        {"id": uuid("c"), "freq": "YEARLY"},
        {"id": uuid("d"), "description": "When the flag is up"},
    ]
    found = read(desk, schedules=schedules, service_at_locations=at({"country": "GB"}))
    assert found.service.schedules[0].opens_at == "10:00" and found.service.schedules[0].closes_at == "18:00"
    assert len(found.service.schedules) == len(found.service.at[0].schedules) == 1
    assert found.service.opening_hours == "When the flag is up"
    assert any("make no sense" in doubt for doubt in found.doubts)
    daily = read(desk, schedules=[{**hours, "freq": "DAILY", "byday": None}]).service.schedules[0]
    assert len(daily.byday) == 7


def test_names_of_people_are_not_taken_over(desk: Desk) -> None:
    contact = {"name": "Ann Persona", "title": "Reception", "phones": [{"number": "+44 1522 782333"}]}
    service = read(desk, contacts=[contact]).service
    assert [(each.number, each.label) for each in service.phones] == [("01522 782333", "Reception")]
    assert "Persona" not in service.model_dump_json()


def test_the_published_examples_are_read(desk: Desk, shared: Path) -> None:
    for file in sorted((shared / "oruk").rglob("service_full.json")):
        record = json.loads(file.read_text("utf-8"))
        found = read_service(record, record["id"], desk)
        assert isinstance(found.drafts[0].document, Organisation)
        assert found.service.name == "Community Counselling"


def _wrong(depth: int = 3) -> st.SearchStrategy[Any]:
    leaf = st.one_of(
        st.none(),
        st.booleans(),
        st.integers(),
        st.floats(),
        st.text(max_size=30),
        st.sampled_from(
            ["", "DAILY", "<b>", "2026-13-40", "25:99", "E07000138", uuid("x"), "\ud800", "\x00"]
        ),
    )
    return st.recursive(leaf, lambda inner: st.lists(inner, max_size=3) | _records(inner), max_leaves=12)


NAMES = [
    "id",
    "name",
    "description",
    "status",
    "url",
    "email",
    "minimum_age",
    "maximum_age",
    "alert",
    "fees",
    "slug",
    "organization",
    "schedules",
    "service_areas",
    "service_at_locations",
    "languages",
    "phones",
    "attributes",
    "contacts",
    "location",
    "addresses",
    "postal_code",
    "city",
    "address_1",
    "number",
    "taxonomy_term",
    "uri",
    "freq",
    "byday",
    "interval",
    "opens_at",
    "closes_at",
    "valid_from",
    "dtstart",
    "assured_date",
    "accessibility",
]


def _records(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.dictionaries(st.sampled_from(NAMES), inner, max_size=6)


@settings(max_examples=300)
@given(record=_records(_wrong()))
def test_anything_at_all_is_read_or_refused_in_words(desk: Desk, record: dict[str, Any]) -> None:
    try:
        found = read_service({**SMALL, **record}, ID, desk)
    except NotReadable as fault:
        assert str(fault)
        return
    for text in _texts([each.document.model_dump(mode="json") for each in found.drafts]):
        text.encode()
        assert "<b>" not in text and "\x00" not in text
    assert isinstance(found.service, Service)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _texts(each)
