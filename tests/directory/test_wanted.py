"""What is asked of a service is answered at the place it is asked of."""

from datetime import date, datetime, time
from typing import Any

import pytest

from directory.assembled import PlaceView, ServiceView
from directory.records import ServiceAtLocation
from directory.time_marks import LONDON
from directory.wanted import Wanted, access_of, has_hours, is_open, opening_of, state_of
from tests.directory.invented import location, organisation, service

OFFICE = [{"byday": ["MO", "TU", "WE", "TH", "FR"], "opens_at": "09:00", "closes_at": "17:00"}]
TUESDAYS = [{"byday": ["TU"], "opens_at": "18:00", "closes_at": "20:00"}]
MONDAY = date(2026, 11, 23)


def moment(day: int, clock: str) -> datetime:
    return datetime.combine(date(2026, 11, day), time.fromisoformat(clock), LONDON)


def hub(**changes: Any) -> ServiceView:
    """A hub with office hours, at its home, and with a session on Tuesdays in a library that has a ramp."""
    home = PlaceView(ServiceAtLocation(location="home"), location(id="home", name="Home"))
    session = ServiceAtLocation.model_validate(
        {"location": "library", "outreach": True, "schedules": TUESDAYS}
    )
    library = PlaceView(session, location(accessibility=["There is a ramp."]))
    record = service(at=[{"location": "home"}, session], schedules=OFFICE, **changes)
    return ServiceView(record, (organisation(),), (home, library))


@pytest.mark.parametrize(
    ("place", "at", "state"),
    [
        (0, moment(23, "10:00"), "open"),
        (0, moment(24, "18:30"), "closed"),
        (1, moment(24, "18:30"), "open"),
        (1, moment(23, "10:00"), "closed"),
    ],
)
def test_a_session_keeps_its_own_hours(place: int, at: datetime, state: str) -> None:
    view = hub()
    assert state_of(view, view.places[place], at) == state
    assert Wanted(open_at=at).suits(view, view.places[place]) is (state == "open")
    assert opening_of(view, view.places[place], at).state == state


def test_closed_for_now_is_closed_whatever_its_hours_say() -> None:
    view = hub(status="temporarily-closed")
    assert state_of(view, view.places[0], moment(23, "10:00")) == "closed"
    assert opening_of(view, view.places[0], moment(23, "10:00")).state == "closed"
    assert not is_open(view, view.places[0], MONDAY, None)


def test_a_closure_of_the_service_shuts_its_sessions_too() -> None:
    view = hub(closures=[{"start": "2026-11-24", "end": "2026-11-24"}])
    assert state_of(view, view.places[1], moment(24, "18:30")) == "closed"


def test_open_on_a_day_or_at_a_time() -> None:
    home, library = hub().places
    assert is_open(hub(), home, MONDAY, None) and not is_open(hub(), library, MONDAY, None)
    assert is_open(hub(), home, MONDAY, time(9)) and not is_open(hub(), home, MONDAY, time(17))


def test_hours_not_known_are_never_taken_for_open() -> None:
    view = ServiceView(service(), (), ())
    assert state_of(view, None, moment(23, "10:00")) == "unknown"
    assert not Wanted(open_at=moment(23, "10:00")).suits(view, None)
    assert (has_hours(view), has_hours(hub())) == (False, True)


def test_access_is_that_of_the_place() -> None:
    view = hub()
    assert [bool(access_of(view, place)) for place in view.places] == [False, True]
    assert [Wanted(access=True).suits(view, place) for place in view.places] == [False, True]


@pytest.mark.parametrize(
    ("wanted", "suits"),
    [
        (Wanted(), True),
        (Wanted(topic="adviser-and-rights"), True),
        (Wanted(topic="housing"), False),
        (Wanted(kind="care-leaver-hub"), True),
        (Wanted(kind="health"), False),
        (Wanted(age=18), True),
        (Wanted(age=26), False),
    ],
)
def test_topic_kind_and_age(wanted: Wanted, suits: bool) -> None:
    assert wanted.suits(hub(age_from=16, age_before=26), None) is suits
