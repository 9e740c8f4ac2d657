"""Small invented documents of the directory, for tests to change."""

from typing import Any

from directory.assembled import PlaceView, ServiceView
from directory.records import Location, Organisation, Service, ServiceAtLocation

KEPT: dict[str, Any] = {
    "authority": "E06000047",
    "stage": "public",
    "sources": [{"name": "Somewhere Council: hub", "url": "https://example.org", "seen": "2026-11-22"}],
    "confidence": "found in source",
    "checked_on": "2026-11-22",
    "review_by": "2027-02-22",
}


def organisation(**changes: object) -> Organisation:
    """Somewhere Council."""
    return Organisation.model_validate(
        {"id": "somewhere-council", "name": "Somewhere Council"} | KEPT | changes
    )


def location(**changes: object) -> Location:
    """A library with a published address."""
    body = {
        "id": "library",
        "name": "The library",
        "areas": ["E06000047"],
        "address": ["1 High Street"],
        "town": "Stanley",
        "postcode": "DH1 5UL",
    }
    return Location.model_validate(body | KEPT | changes)


def service(**changes: object) -> Service:
    """A hub that is nowhere in particular."""
    body = {
        "id": "hub-somewhere",
        "name": "Hub, Somewhere",
        "organisation": "somewhere-council",
        "kind": "care-leaver-hub",
        "areas": ["E06000047"],
        "topics": ["adviser-and-rights"],
        "status": "open",
        "summary": "A place to drop in.",
    }
    return Service.model_validate(body | KEPT | changes)


def view(*locations: Location, **changes: object) -> ServiceView:
    """The hub put together, at these locations."""
    at = [ServiceAtLocation(location=each.id) for each in locations]
    places = tuple(PlaceView(a, each) for a, each in zip(at, locations, strict=True))
    return ServiceView(service(at=at, **changes), (organisation(),), places)
