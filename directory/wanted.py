"""Which services somebody wants: a filter that holds before the nearest are counted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache

from directory.assembled import PlaceView, ServiceView
from directory.opening import Opening, opening
from directory.schedules import Closure, Schedule
from directory.time_marks import LONDON, State, state_at, stretches


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of a service; None, "" and False ask nothing.

    `open_at` is an aware moment, whole minutes: only what is known to be open then. `access`: only places
    that say what access there is for disabled people.
    """

    topic: str | None = None
    kind: str | None = None
    age: int | None = None
    open_at: datetime | None = None
    access: bool = False

    def suits(self, service: ServiceView, place: PlaceView | None) -> bool:
        """Whether a service suits at that place; the dear question, whether it is open, comes last."""
        record = service.record
        return (
            (self.topic is None or self.topic in record.topics)
            and (self.kind is None or record.kind == self.kind)
            and record.takes_age(self.age)
            and (not self.access or bool(access_of(service, place)))
            and (self.open_at is None or state_of(service, place, self.open_at) == "open")
        )


def access_of(service: ServiceView, place: PlaceView | None) -> tuple[str, ...]:
    """Access for disabled people as sentences: the service's own words, then those of the place."""
    own = (service.record.accessibility,) if service.record.accessibility else ()
    return (*own, *(place.location.accessibility if place else ()))


def state_of(service: ServiceView, place: PlaceView | None, at: datetime) -> State:
    """Open, closed or unknown at that place; what is closed for now is closed whatever its hours say."""
    if service.record.status == "temporarily-closed":
        return "closed"
    schedules, closures = service.hours(place)
    return _state(schedules, closures, at) if schedules or closures else "unknown"


def is_open(service: ServiceView, place: PlaceView | None, day: date, at: time | None) -> bool:
    """Whether it is known to be open on a day in London: at that clock time, or without one at any."""
    if at is not None:
        return state_of(service, place, datetime.combine(day, at, LONDON)) == "open"
    if service.record.status == "temporarily-closed":
        return False
    return any(each.state == "open" for each in stretches(*service.hours(place), day, 1))


def opening_of(service: ServiceView, place: PlaceView | None, now: datetime) -> Opening:
    """How it stands at that place and what comes next."""
    minute = now.replace(second=0, microsecond=0)
    if service.record.status == "temporarily-closed":
        return Opening("closed", minute)
    return _opening(*service.hours(place), minute)


def has_hours(service: ServiceView) -> bool:
    """Whether any hours are known, at one of its places or wherever it is."""
    return bool(service.record.schedules or any(place.at.schedules for place in service.places))


@lru_cache(maxsize=4096)
def _opening(schedules: Sequence[Schedule], closures: Sequence[Closure], minute: datetime) -> Opening:
    return opening(schedules, closures, minute)


@lru_cache(maxsize=8192)  # many services keep the same hours, and everybody asks about the same minute
def _state(schedules: Sequence[Schedule], closures: Sequence[Closure], at: datetime) -> State:
    return state_at(schedules, closures, at)
