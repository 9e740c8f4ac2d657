"""The times of a drop-in as iCalendar (RFC 5545): a repeating event for each of its schedules.

What does not hold is taken out of the repetition (EXDATE): closures, and bank holidays on
which it is shut. A bank holiday nobody answered for stands by itself as tentative. The
repetition ends after a year, or with the hours: a calendar must not promise for ever.
"""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID, uuid5

from icalendar import Calendar, Event
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from directory.assembled import PlaceView, ServiceView
from directory.bank_holidays import bank_holiday
from directory.recurrence import falls_on, is_valid_on
from directory.schedules import Closure, Schedule
from directory.time_marks import LONDON, session
from offer.addresses import base_of, service_href
from offer.clock import today
from offer.errors import Problem
from offer.live import live_of
from offer.open_data.replies import open_reply
from offer.pages.service_places import where

A_YEAR = timedelta(days=365)
_A_DAY = timedelta(days=1)
_OURS = UUID("5b1f4b8a-7c55-4f5e-8f0e-0d2f6a4f7f31")  # any fixed number: an event keeps its id
NO_TIMES = "We hold no times of that place or team. Look at its page, or ring first."


@dataclass(frozen=True, slots=True)
class Times:
    """A service's hours at one of its places; `place` is None where they hold wherever it is."""

    service: ServiceView
    place: PlaceView | None
    schedules: tuple[Schedule, ...]
    closures: tuple[Closure, ...]


async def calendar(request: Request) -> Response:
    """GET /services/{slug}/times.ics."""
    published, slug = live_of(request).published, request.path_params["slug"]
    service = published.services.get(slug)
    if service is None or not service.is_shown or not any(times_of(service)):
        raise Problem(404, NO_TIMES)
    at = published.published_at or datetime.combine(service.record.checked_on, time(12), LONDON)
    page = f"{base_of(request)}{service_href(slug)}"
    body = await asyncio.to_thread(calendar_of, service, page, at, today())
    headers = {"Content-Disposition": f'attachment; filename="{slug}.ics"'}
    return open_reply(request, body, "text/calendar; charset=utf-8", headers)


def times_of(service: ServiceView) -> Iterator[Times]:
    """Of each place with its own hours; where no place has any, those of the service."""
    own: list[PlaceView | None] = [place for place in service.places if place.at.schedules]
    only = service.places[0] if len(service.places) == 1 else None
    for place in own or [only]:
        schedules, closures = service.hours(place)
        if schedules:
            yield Times(service, place, schedules, closures)


def calendar_of(service: ServiceView, page: str, at: datetime, on: date) -> bytes:
    """Everything from `on` for a year. `at` is the moment the hours were published."""
    made = Calendar()
    made.add("prodid", "-//Care leaver offers//EN")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    events = (event for times in times_of(service) for event in _events(times, on))
    for event in {str(event["uid"]): event for event in events}.values():  # hours stated twice count once
        event.add("dtstamp", at)
        event.add("url", page)
        event.add("description", f"Times can change: look before you go. {page}")
        made.add_component(event)
    made.add_missing_timezones(on - A_YEAR, on + 2 * A_YEAR)
    return bytes(made.to_ical())


def _events(times: Times, on: date) -> Iterator[Event]:
    for schedule in times.schedules:
        days = [day for day in _year(on) if is_valid_on(schedule, day)]
        usual = [day for day in days if falls_on(schedule, day)]
        if usual:
            yield _repeating(times, schedule, usual)
        for day in days:
            if bank_holiday(day) and not _is_exception(times, day):
                yield from _on_bank_holiday(times, schedule, day)
    for day in _year(on):
        yield from _other_hours(times, day)


def _repeating(times: Times, schedule: Schedule, usual: Sequence[date]) -> Event:
    """The rule, from its first day in sight to its last, without the days on which it does not hold."""
    event = _event(times, schedule.model_dump_json(), schedule.note)
    left_out = [day for day in usual if not _holds(times, schedule, day)]
    until: date | datetime = usual[-1]
    if schedule.opens_at and schedule.closes_at:
        starts, ends = _span(usual[0], schedule.opens_at, schedule.closes_at)
        event.add("dtstart", starts)
        event.add("dtend", ends)
        until = session(usual[-1], schedule.opens_at, schedule.closes_at)[0]
        excluded: list[date] = [_span(day, schedule.opens_at, schedule.closes_at)[0] for day in left_out]
    else:  # all day: the times were not found
        event.add("dtstart", usual[0])
        excluded = left_out
    event.add("rrule", _rule(schedule, until))
    if excluded:
        event.add("exdate", excluded)
    return event


def _rule(schedule: Schedule, until: date | datetime) -> dict[str, object]:
    rule: dict[str, object] = {"freq": schedule.freq, "interval": schedule.interval, "until": until}
    if schedule.byday:
        rule["byday"] = list(schedule.byday)
    if schedule.bymonthday:
        rule["bymonthday"] = list(schedule.bymonthday)
    return rule


def _on_bank_holiday(times: Times, schedule: Schedule, day: date) -> Iterator[Event]:
    if schedule.bank_holidays == "open-all-day":
        yield _single(times, day, "00:00", "23:59")
    elif schedule.bank_holidays == "unknown" and falls_on(schedule, day) and schedule.opens_at:
        opens, closes = schedule.opens_at, schedule.closes_at or "23:59"
        event = _single(times, day, opens, closes, "bank holiday: ring first")
        event.add("status", "TENTATIVE")
        yield event


def _other_hours(times: Times, day: date) -> Iterator[Event]:
    exceptions = [closure for closure in times.closures if closure.start <= day <= closure.end]
    if any(closure.is_closed for closure in exceptions):
        return
    for closure in exceptions:
        if closure.opens_at and closure.closes_at:
            yield _single(times, day, closure.opens_at, closure.closes_at, closure.why)


def _single(times: Times, day: date, opens: str, closes: str, note: str | None = None) -> Event:
    event = _event(times, f"{day} {opens} {closes}", note)
    starts, ends = _span(day, opens, closes)
    event.add("dtstart", starts)
    event.add("dtend", ends)
    return event


def _event(times: Times, which: str, note: str | None) -> Event:
    """`which` sets it apart from the service's other events."""
    event, name = Event(), times.service.name
    place = times.place.location.id if times.place else ""
    event.add("uid", str(uuid5(_OURS, f"{times.service.id}/{place}/{which}")))
    event.add("summary", f"{name} ({note})" if note else name)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    if times.place and times.place.location.can_be_visited:
        event.add("location", where(times.service, times.place))
    return event


def _span(day: date, opens: str, closes: str) -> tuple[datetime, datetime]:
    """London times, which keep their clock face when the clocks change."""
    starts, ends = session(day, opens, closes)
    return starts.astimezone(LONDON), ends.astimezone(LONDON)


def _holds(times: Times, schedule: Schedule, day: date) -> bool:
    shut = bank_holiday(day) is not None and schedule.bank_holidays != "as-usual"
    return not shut and not _is_exception(times, day)


def _is_exception(times: Times, day: date) -> bool:
    return any(closure.start <= day <= closure.end for closure in times.closures)


def _year(on: date) -> Iterator[date]:
    return (on + timedelta(days=number) for number in range(A_YEAR // _A_DAY))


ROUTES = (Route("/services/{slug}/times.ics", calendar),)
