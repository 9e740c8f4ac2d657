"""People to ask as paper needs them: the number and the address in full, and what is missing said."""

from collections.abc import Iterator
from dataclasses import dataclass

from directory.assembled import PlaceView, ServiceView
from directory.places import Area
from offer.council_names import council_name
from offer.pages.service_places import address_lines
from offer.pages.who_to_ask import advice_services, leaving_care_team
from offer.published import Published

_OF_A_DISTRICT = ("council-office", "council-tax", "housing-advice")
MOST_OF_A_DISTRICT = 3


@dataclass(frozen=True, slots=True)
class Phone:
    """A number in full; `label` says whose or when, or is ""."""

    number: str
    label: str


@dataclass(frozen=True, slots=True)
class WrittenOut:
    """Somebody to ring or write to. `address` is () where none is published.

    `private`: the address is kept back on purpose. `letters_only`: nobody can go there.
    """

    name: str
    organisation: str
    phones: tuple[Phone, ...]
    address: tuple[str, ...]
    private: bool
    letters_only: bool
    email: str
    website: str
    how: str
    caution: str


@dataclass(frozen=True, slots=True)
class Contacts:
    """Whom to ask: the council's own people, those where somebody lives, and advice from outside.

    `council` is its name, "" where none is known; `team`: whether its leaving care team is among `own`.
    """

    council: str
    team: bool
    own: tuple[WrittenOut, ...]
    near: tuple[WrittenOut, ...] = ()
    advice: tuple[WrittenOut, ...] = ()


def contacts_of(
    published: Published, council: Area | None, district: str | None = None, *, kinds: tuple[str, ...] = ()
) -> Contacts:
    """For somebody looked after by this council who lives in that district (its code, if it is known).

    `kinds`: further kinds of the council's services, such as those for people in custody.
    """
    own = tuple(_own(published, council, kinds)) if council else ()
    near = tuple(_near(published, district, own))[:MOST_OF_A_DISTRICT] if district else ()
    return Contacts(
        council=council_name(council) if council else "",
        team=bool(council and leaving_care_team(published, council)),
        own=tuple(map(written_out, own)),
        near=tuple(map(written_out, near)),
        advice=tuple(map(written_out, advice_services(published))),
    )


def _own(published: Published, council: Area, kinds: tuple[str, ...]) -> Iterator[ServiceView]:
    """The leaving care team, the council's own main desk, then those of the further kinds."""
    team = leaving_care_team(published, council)
    if team:
        yield team
    of_council = [
        each for each in published.services_of([council.gss]) if each.is_shown and _is_of(each, council)
    ]
    yield from (each for each in of_council if each.record.kind == "council-office")
    yield from (each for each in of_council if each.record.kind in kinds)


def _is_of(service: ServiceView, council: Area) -> bool:
    """Whether the council itself, and none of its districts, stands behind it."""
    return service.record.authority == council.gss and (
        council.gss in service.record.areas or len(service.record.areas) > 1
    )


def _near(published: Published, district: str, told: tuple[ServiceView, ...]) -> Iterator[ServiceView]:
    """Who sends the council tax bill and helps with a home, in the district alone."""
    for service in published.services_of([district]):
        wanted = service.is_shown and service.record.kind in _OF_A_DISTRICT and service not in told
        if wanted and tuple(service.record.areas) == (district,):
            yield service


def written_out(service: ServiceView) -> WrittenOut:
    """One service, at the first of its places."""
    record, place = service.record, next(iter(service.places), None)
    return WrittenOut(
        name=service.name,
        organisation="" if service.run_by in service.name else service.run_by,
        phones=tuple(Phone(each.number, each.label or "") for each in service.phones),
        address=_address(place),
        private=service.confidential,
        letters_only=bool(place and place.location.location_type == "postal"),
        email=record.email or "",
        website=(record.website or "").partition("://")[2],
        how="" if service.phones else record.how_to_use or "",
        caution=record.caution or "",
    )


def _address(place: PlaceView | None) -> tuple[str, ...]:
    """Only an address that a letter reaches: with its postcode."""
    if place is None or place.location.confidential or not place.location.postcode:
        return ()
    name = place.location.name
    lines = address_lines(place.location)
    return lines if name in lines or place.location.address else (name, *lines)
