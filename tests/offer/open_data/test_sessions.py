"""Drop-ins as calendars: read by icalendar, unrolled by dateutil, and open exactly when we say so."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import httpx2
import pytest
from dateutil.rrule import rrulestr
from hypothesis import given, settings
from icalendar import Calendar
from starlette.applications import Starlette

from directory.assembled import PlaceView, ServiceView
from directory.opening import sessions
from directory.records import Location, Service, ServiceAtLocation
from directory.schedules import Closure, Schedule
from directory.time_marks import LONDON, stretches
from offer.open_data.sessions import A_YEAR, calendar_of
from offer.published import Published
from tests.directory.opening_cases import CHRISTMAS, DROP_IN, LATE, OFFICE
from tests.directory.test_opening import hours

ON = date(2026, 11, 22)
AT = datetime(2026, 11, 1, 9, tzinfo=UTC)
PAGE = "https://offers.example/services/hub"
FORTNIGHTLY = Schedule(
    byday=("TU", "FR"), interval=2, dtstart=date(2026, 11, 3), opens_at="10:00", closes_at="12:00"
)
QUARTERLY = Schedule(
    freq="MONTHLY", byday=("-1FR",), interval=3, dtstart=date(2026, 1, 1), opens_at="13:00", closes_at="15:00"
)
OTHER = Closure.model_validate(
    {"start": "2026-12-01", "end": "2026-12-01", "opens_at": "14:00", "closes_at": "16:00", "why": "Moved"}
)


def service_with(
    published: Published, schedules: tuple[Schedule, ...], closures: tuple[Closure, ...] = (), **place: Any
) -> ServiceView:
    """A real service, at a place of its own, with other hours."""
    view = published.services["housing-north-kesteven"]
    at = ServiceAtLocation(location="hall", schedules=schedules, closures=closures)
    given = view.places[0].location.model_dump() | place
    record = Service.model_validate(view.record.model_dump() | {"schedules": (), "closures": ()})
    return replace(view, record=record, places=(PlaceView(at, Location.model_validate(given)),))


def events_of(service: ServiceView, on: date = ON) -> list[Any]:
    calendar = Calendar.from_ical(calendar_of(service, PAGE, AT, on))
    assert calendar["version"] == "2.0" and calendar["prodid"]
    found = list(calendar.walk("VEVENT"))
    assert len({str(event["uid"]) for event in found}) == len(found)
    return found


def unrolled(event: Any) -> Iterator[tuple[datetime, datetime]]:
    """Each occurrence of an event with times, by dateutil."""
    start, length = event["dtstart"].dt, event["dtend"].dt - event["dtstart"].dt
    if "rrule" not in event:
        yield start, event["dtend"].dt
        return
    dates = event.get("exdate", [])
    left_out = {each.dt for part in (dates if isinstance(dates, list) else [dates]) for each in part.dts}
    until = event["rrule"]["until"][0]
    assert until.tzinfo == UTC or until.utcoffset() == timedelta(0)
    for begins in rrulestr(event["rrule"].to_ical().decode(), dtstart=start):
        if begins not in left_out:
            yield begins, begins + length


def minutes_open(service: ServiceView, *, tentative: bool) -> list[tuple[datetime, datetime]]:
    """Every occurrence of a kind, joined where they touch, in UTC."""
    spans = sorted(
        (start.astimezone(UTC), end.astimezone(UTC))
        for event in events_of(service)
        if ("status" in event) == tentative
        for start, end in unrolled(event)
    )
    joined: list[tuple[datetime, datetime]] = []
    for start, end in spans:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


@pytest.mark.parametrize(
    ("schedule", "closures"),
    [
        (DROP_IN, ()), (DROP_IN, (OTHER,)), (OFFICE, (CHRISTMAS,)), (LATE, ()),
        (OFFICE.model_copy(update={"bank_holidays": "closed"}), ()),
        (OFFICE.model_copy(update={"bank_holidays": "as-usual", "valid_to": date(2027, 1, 8)}), ()),
        (FORTNIGHTLY, ()),
        (Schedule(freq="MONTHLY", bymonthday=(15, -1), opens_at="13:00", closes_at="15:00"), (CHRISTMAS,)),
        (QUARTERLY, ()),
    ],
)  # fmt: skip
def test_the_calendar_is_open_exactly_when_we_say_so(
    published: Published, schedule: Schedule, closures: tuple[Closure, ...]
) -> None:
    service = service_with(published, (schedule,), closures)
    line = list(stretches((schedule,), closures, ON, A_YEAR.days))
    first, last = line[0].start, line[-1].end
    for state, tentative in (("open", False), ("unknown", True)):
        said = [
            (s.start, s.end) for s in line
            if s.state == state and s.may_be_open and s.start > first and s.end < last
        ]  # fmt: skip
        shown = [
            span for span in minutes_open(service, tentative=tentative) if first < span[0] < span[1] < last
        ]
        assert _joined(said) == shown


def _joined(spans: list[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Stretches that differ only in the words of an exception are one."""
    joined: list[tuple[datetime, datetime]] = []
    for start, end in spans:
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


@settings(max_examples=25)
@given(hours)
def test_any_hours_make_a_calendar_that_reads_back(when: tuple[list[Schedule], list[Closure]]) -> None:
    record = Service.model_construct(id="hub", name="Hub", schedules=tuple(when[0]), closures=tuple(when[1]))
    view = ServiceView(record, (), ())
    if when[0]:
        for event in events_of(view):
            assert list(unrolled(event))


def test_the_clock_face_stays_when_the_clocks_change(published: Published) -> None:
    sunday = Schedule(byday=("SU",), opens_at="10:00", closes_at="12:00")
    event = events_of(service_with(published, (sunday,)))[0]
    starts = [start for start, _ in unrolled(event)]
    assert {start.astimezone(LONDON).time() for start in starts} == {time(10)}
    assert len({start.utcoffset() for start in starts}) == 2


def test_the_zone_comes_with_it(published: Published) -> None:
    text = calendar_of(service_with(published, (DROP_IN,)), PAGE, AT, ON).decode()
    assert "BEGIN:VTIMEZONE" in text and "DTSTART;TZID=Europe/London:20261201T100000" in text
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))


def test_times_that_were_not_found_are_all_day(published: Published) -> None:
    (event,) = events_of(service_with(published, (Schedule(byday=("MO",)),)))
    assert event["dtstart"].dt == date(2026, 11, 23)
    assert "dtend" not in event


def test_a_private_place_is_not_in_the_calendar(published: Published) -> None:
    private: dict[str, Any] = {
        "confidential": True,
        "address": (),
        "postcode": None,
        "directions": None,
        "areas": ("E07000139",),
    }
    for event in events_of(service_with(published, (DROP_IN,), **private)):
        assert "location" not in event
    assert all("location" in event for event in events_of(service_with(published, (DROP_IN,))))


def test_ids_stay_from_day_to_day(published: Published) -> None:
    service = service_with(published, (DROP_IN,))
    ids = [str(events_of(service, ON + timedelta(days=number))[0]["uid"]) for number in (0, 1, 40)]
    assert len(set(ids)) == 1


def test_hostile_text_stays_text(published: Published) -> None:
    note = "BEGIN:VALARM\r\nTRIGGER:-PT1H; , \\ <b>"
    hostile = DROP_IN.model_copy(update={"note": note})
    events = events_of(service_with(published, (hostile,)))
    assert all(not event.walk("VALARM") for event in events)


async def test_it_is_served_with_its_page(client: httpx2.AsyncClient, application: Starlette) -> None:
    reply = await client.get("/services/housing-north-kesteven/times.ics")
    assert reply.status_code == 200
    assert reply.headers["content-type"] == "text/calendar; charset=utf-8"
    (event, *_) = Calendar.from_ical(reply.content).walk("VEVENT")
    assert event["url"] == "https://offers.example/services/housing-north-kesteven"
    again = await client.get(
        "/services/housing-north-kesteven/times.ics", headers={"If-None-Match": reply.headers["etag"]}
    )
    assert again.status_code == 304


async def test_no_calendar_without_times_or_without_a_page(
    client: httpx2.AsyncClient, with_history: Published
) -> None:
    hidden = next(view.id for view in with_history.services.values() if not view.is_shown)
    for slug in ("become", hidden, "nothing"):
        assert (await client.get(f"/services/{slug}/times.ics")).status_code == 404


def test_a_drop_in_has_coming_sessions() -> None:
    assert len(sessions((DROP_IN,), (), datetime(2026, 11, 22, tzinfo=UTC), 3)) == 3
