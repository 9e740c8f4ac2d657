"""GET or POST /services and GET /services/{slug}: places and people to go to, nearest first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time

from starlette.responses import Response

from directory.assembled import PlaceView, ServiceView
from directory.places import PlaceAnswer
from directory.points import Keep
from directory.wanted import Wanted, is_open, opening_of
from offer.api.calls import Call, written
from offer.api.given import NothingGiven, ServicesGiven
from offer.api.history import history_of
from offer.api.pages import cut
from offer.api.placing import online_of
from offer.api.shapes.common import AreaShape
from offer.api.shapes.services import LocationShape, NearShape, ServiceReply, ServiceRow, ServicesReply
from offer.clock import now
from offer.errors import Problem
from offer.place_reading import read_place

PER_PAGE = 20
NOT_FOUND = "We hold no service of that name."
HOURS_NOT_KNOWN = (
    "Only services that we know to be open then are given. {count} more suit, but we do not know "
    "their hours: ask without open_on and open_at, and ring first."
)
NO_POINT = "We could not measure from there, so no distance is given."


@dataclass(frozen=True, slots=True)
class Placed:
    """A service with its distance in miles in a straight line; None where it has no published place."""

    service: ServiceView
    miles: float | None = None
    about: bool = False
    place: PlaceView | None = None  # the one measured


async def listed(call: Call, given: ServicesGiven) -> Response:
    """The services that fit: by distance, then those without a distance, then those for all England."""
    council = call.codes({"responsible_authority": given.responsible_authority})["responsible_authority"]
    place = None
    if given.near is not None:
        place = await read_place(call.request, call.published, given.near, call.today)
    fits = _filter(call, given, council)
    found = _found(call, given, place, fits)
    shown, numbers = cut(found, given.page, PER_PAGE)
    reply = ServicesReply(
        **numbers,
        near=_near(place) if place else None,
        notes=list(_notes(call, given, council, place)),
        services=[ServiceRow.model_validate(_row(each)) for each in shown if each],
    )
    private = given.near is not None or given.lat is not None
    return written(call, reply, private=private)


def _filter(call: Call, given: ServicesGiven, council: str | None, *, ask_hours: bool = True) -> Keep:
    """What is asked of a service; `ask_hours` False leaves out when it is to be open."""
    ours = call.published.directory.covering([council]) if council else frozenset()
    wanted = Wanted(topic=given.topic, kind=given.kind, age=given.age, access=given.access)
    day, at = given.open_on or call.today, time.fromisoformat(given.open_at) if given.open_at else None
    asks = ask_hours and (given.open_on is not None or at is not None)

    def fits(service: ServiceView, place: PlaceView | None) -> bool:
        record = service.record
        is_ours = not ours or record.is_national or not ours.isdisjoint({*record.areas, record.authority})
        return is_ours and wanted.suits(service, place) and (not asks or is_open(service, place, day, at))

    return fits


def _found(call: Call, given: ServicesGiven, place: PlaceAnswer | None, fits: Keep) -> list[Placed | None]:
    """All that fit, in order; of those with a distance, only as many are measured as the page shows."""
    lat, lon, about = _point(given, place)
    codes = [match.district.gss for match in place.matches] if place else []
    directory = call.published.directory
    nearby = directory.nearby(lat, lon, codes, given.page * PER_PAGE, fits, about=about)
    found: list[Placed | None] = [
        Placed(near.service, round(near.miles, 1), near.about, near.place) for near in nearby.near
    ]
    if lat is not None:
        found += [None] * (directory.measurable(codes, fits) - len(found))
    others = (*nearby.places, *nearby.remote, *nearby.private, *nearby.national)
    return found + [Placed(service) for service in others]


def _point(given: ServicesGiven, place: PlaceAnswer | None) -> tuple[float | None, float | None, bool]:
    """Where to measure from, and whether that is only roughly where the person is."""
    if given.lat is not None:
        return given.lat, given.lon, False
    if place is None or len(place.matches) != 1:
        return None, None, False
    match = place.matches[0]
    return match.lat, match.lon, place.precision != "exact" or place.query_kind != "postcode"


def _near(place: PlaceAnswer) -> NearShape:
    return NearShape(
        precision=place.precision,
        districts=[AreaShape.of(match.district) for match in place.matches],
        note=place.note,
        **online_of(place),
    )


def _notes(call: Call, given: ServicesGiven, council: str | None, place: PlaceAnswer | None) -> Iterator[str]:
    if given.open_on is not None or given.open_at is not None:
        codes = [match.district.gss for match in place.matches] if place else []
        keep = _filter(call, given, council, ask_hours=False)
        yield HOURS_NOT_KNOWN.format(count=call.published.directory.without_hours(codes, keep))
    if place is not None and _point(given, place)[0] is None:
        yield NO_POINT


def _row(placed: Placed) -> dict[str, object]:
    """The record as a list shows it; open_now is null where the hours are not known."""
    service = placed.service
    place = placed.place or next(iter(service.places), None)
    state = opening_of(service, place, now())
    return {
        **service.record.model_dump(include=set(ServiceRow.model_fields)),
        "slug": service.id,
        "organisation": service.run_by,
        "organisations": [{"slug": each.id, "name": each.name} for each in service.organisations],
        "at": [_at(place) for place in service.places],
        "nearest": placed.place.location.id if placed.place else None,
        "open_now": None if state.state == "unknown" else state.state == "open",
        "next_open": state.opens.start if state.opens and state.opens.state == "open" else None,
        "distance_miles": placed.miles,
        "distance_about": placed.about,
    }


def _at(place: PlaceView) -> dict[str, object]:
    """A location with what happens there; of a confidential one nothing leads to its door."""
    location = place.location
    return {
        **location.model_dump(include=set(LocationShape.model_fields)),
        **place.at.model_dump(),
        "location": location.id,
    }


async def one(call: Call, given: NothingGiven) -> Response:
    """One service, closed ones too: `redirect_to` says where their people go now."""
    service = call.published.services.get(call.slug)
    if service is None:
        raise Problem(404, NOT_FOUND)
    reply = ServiceReply.model_validate(
        {
            **service.record.model_dump(exclude={"staff_note", "stage", "organisation", "partners", "at"}),
            **_row(Placed(service)),
            "authority_name": call.area(service.record.authority).name,
            "history": history_of(call.published, "service", service.id),
        }
    )
    return written(call, reply)
