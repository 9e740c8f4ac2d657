"""The directory put together: names followed once, and nothing of a draft."""

from directory.assembled import assemble
from directory.records import Record
from tests.directory.invented import location, organisation, service

PHONES = [{"number": "0300 1", "label": "Hub"}, {"number": "0300 2"}]
AT = [{"location": "library"}, {"location": "town-hall", "outreach": True}]


def records(**stages: str) -> list[Record]:
    return [
        organisation(stage=stages.get("organisation", "public")),
        organisation(id="charity", name="Charity"),
        location(stage=stages.get("library", "public"), phones=[{"number": "0300 1"}]),
        location(id="town-hall", name="Town Hall", town="Durham"),
        service(
            at=AT, partners=["charity"], phones=[{"number": "0300 1", "label": "Hub"}, {"number": "0300 2"}]
        ),
    ]


def test_a_service_knows_who_runs_it_and_where_it_is() -> None:
    hub = assemble(records()).services["hub-somewhere"]
    assert hub.run_by == "Somewhere Council and Charity"
    assert [(place.location.name, place.at.outreach) for place in hub.places] == [
        ("The library", False), ("Town Hall", True),
    ]  # fmt: skip
    assert hub.towns == ("Stanley", "Durham")


def test_each_number_once_with_the_services_own_label() -> None:
    hub = assemble(records()).services["hub-somewhere"]
    assert [(phone.number, phone.label) for phone in hub.phones] == [("0300 1", "Hub"), ("0300 2", None)]


def test_what_was_taken_back_is_gone_from_what_names_it() -> None:
    whole = assemble(records(library="draft", organisation="draft"))
    hub = whole.services["hub-somewhere"]
    assert [place.location.id for place in hub.places] == ["town-hall"]
    assert hub.run_by == "Charity"
    assert "library" not in whole.locations


def test_a_draft_service_is_not_there() -> None:
    assert assemble([organisation(), service(stage="draft")]).services == {}
