"""Files and records: the same bytes on every round trip, and a bad file refused by line and reason."""

import json
from pathlib import Path

import pytest

from directory.places import Places
from directory.records import ENGLAND, Service
from directory.yaml_files import STARTER, dump_service, load_services, read_service

GOOD = (STARTER / "durham-revenues.yaml").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def starter() -> tuple[Service, ...]:
    services, refused = load_services()
    assert refused == ()
    return services


def test_every_starter_file_round_trips(starter: tuple[Service, ...]) -> None:
    assert len(starter) == 57
    for service in starter:
        assert dump_service(service) == (STARTER / f"{service.id}.yaml").read_text(encoding="utf-8"), (
            service.id
        )
        assert Service.model_validate(json.loads(service.model_dump_json())) == service


def test_the_starter_keeps_the_slugs_and_blanks_of_the_facts(
    starter: tuple[Service, ...], shared: Path
) -> None:
    records = json.loads((shared / "facts" / "hubs_services.json").read_text(encoding="utf-8"))["records"]
    ours = {service.id: service for service in starter}
    assert set(ours) == {record["slug"] for record in records}
    for record in records:
        service = ours[record["slug"]]
        assert service.kind == record["kind"], service.id
        if record["postcode"] is None:
            assert service.postcode is None, service.id
        if record["phone"] is None:
            assert service.phones == [], service.id
        else:
            assert record["phone"] in [phone.number for phone in service.phones], service.id


def test_never_public(starter: tuple[Service, ...]) -> None:
    shown = {service.id for service in starter if service.is_shown}
    assert not shown & {"durham-gp-pilot", "barnardos-lincolnshire-sleaford"}
    redirect = next(each for each in starter if each.id == "barnardos-lincolnshire-sleaford")
    assert redirect.redirect_to == "lincolnshire-leaving-care-service"


def test_supported_housing_hides_its_street(starter: tuple[Service, ...]) -> None:
    for service in starter:
        if service.kind == "supported-housing":
            assert (service.address, service.postcode) == ([], None), service.id


def test_every_code_and_postcode_of_the_starter_exists(starter: tuple[Service, ...], places: Places) -> None:
    for service in starter:
        for code in (*service.areas, service.authority):
            assert code == ENGLAND or places.district(code) or places.authority(code), service.id
        assert service.postcode is None or places.find(service.postcode), service.id
        assert service.redirect_to is None or any(s.id == service.redirect_to for s in starter)


@pytest.mark.parametrize(
    ("change", "line", "reason"),
    [
        (("kind: council-tax", "kind: cafe"), 5, "kind"),
        (("postcode: DH8 1FP", "postcode: nowhere"), None, "postcode"),
        (("id: durham-revenues", "id: other"), 1, "id must be the file name"),
        (("stage: public", "stage: public\nfoo: 1"), None, "foo"),
        (("name: Revenues", "name: [Revenues"), None, "is not valid YAML"),
        ((GOOD, "- a list"), 1, "must be one service"),
        ((GOOD, ""), 1, "must be one service"),
        ((GOOD, "id: durham-revenues\n"), 1, "name"),
    ],
)
def test_a_bad_file_is_refused_and_the_rest_load(
    tmp_path: Path, change: tuple[str, str], line: int | None, reason: str
) -> None:
    (tmp_path / "durham-revenues.yaml").write_text(GOOD.replace(*change), encoding="utf-8")
    (tmp_path / "become.yaml").write_bytes((STARTER / "become.yaml").read_bytes())
    services, refused = load_services(tmp_path)
    assert [service.id for service in services] == ["become"]
    assert [each.file for each in refused] == ["durham-revenues.yaml"]
    assert reason in refused[0].reason
    assert "\n" not in refused[0].reason
    assert line is None or refused[0].line == line


def test_a_file_that_is_not_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "x.yaml"
    file.write_bytes(b"\xff\xfe\x00")
    assert not isinstance(read_service(file), Service)
    file.write_bytes(b"id: \x07bell")
    assert not isinstance(read_service(file), Service)
