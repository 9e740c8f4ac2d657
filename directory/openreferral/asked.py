"""What a caller of the feed may ask for, and whether a service fits inside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from directory.openreferral.listed import Listed
from directory.schedules import Schedule

MIDNIGHT = 24 * 60  # minutes


@dataclass(frozen=True, slots=True)
class Asked:
    """The filters of a list; they add up. Times are minutes after midnight, `day` is `MO` to `SU`."""

    search: str = ""
    taxonomy_term_id: str = ""
    taxonomy_id: str = ""
    organization_id: str = ""
    minimum_age: float | None = None
    maximum_age: float | None = None
    start_time: int | None = None
    end_time: int | None = None
    day: str = ""
    modified_after: datetime | None = None

    @property
    def looks_closer(self) -> bool:
        """Whether each service must be looked at, beyond what the indexes hold."""
        bounds = (self.minimum_age, self.maximum_age, self.modified_after)
        return self.asks_for_hours or any(each is not None for each in bounds)

    @property
    def asks_for_hours(self) -> bool:
        """Whether a day or a time was given."""
        return bool(self.day) or self.start_time is not None or self.end_time is not None


@dataclass(frozen=True, slots=True)
class Hours:
    """When something is open: on these days, from and until in minutes (past midnight over 24 hours)."""

    days: frozenset[str]
    opens: int | None
    closes: int | None


def is_inside(listed: Listed, hours: Iterable[Hours], asked: Asked) -> bool:
    """Whether a service lies wholly inside the ages and the hours asked for: **containment**.

    So the standard means it: `minimum_age=16&maximum_age=25` leaves out a service for people of 11 to
    25, and one that names no ages. Our own search asks what a person of 17 needs, **overlap**: see
    `Service.takes_age` and `directory.opening`.
    """
    return _ages_inside(listed, asked) and (
        not asked.asks_for_hours or any(_hours_inside(each, asked) for each in hours)
    )


def _ages_inside(listed: Listed, asked: Asked) -> bool:
    lowest, highest = listed.minimum_age, listed.maximum_age
    return (asked.minimum_age is None or (lowest is not None and lowest >= asked.minimum_age)) and (
        asked.maximum_age is None or (highest is not None and highest <= asked.maximum_age)
    )


def _hours_inside(hours: Hours, asked: Asked) -> bool:
    if asked.day and asked.day not in hours.days:
        return False
    start, end = asked.start_time, asked.end_time
    if end is not None and start is not None and end <= start:
        end += MIDNIGHT
    return (start is None or (hours.opens is not None and hours.opens >= start)) and (
        end is None or (hours.closes is not None and hours.closes <= end)
    )


def hours_of(schedules: Iterable[Schedule]) -> tuple[Hours, ...]:
    """The days and times of schedules, whichever week or month they hold in."""
    return tuple(_hours(each) for each in schedules)


def _hours(schedule: Schedule) -> Hours:
    days = frozenset(day[-2:] for day in schedule.byday)
    if schedule.opens_at is None or schedule.closes_at is None:
        return Hours(days, None, None)
    opens, closes = minutes(schedule.opens_at), minutes(schedule.closes_at)
    return Hours(days, opens, closes if closes > opens else closes + MIDNIGHT)


def minutes(clock: str) -> int:
    """ "09:30" as minutes after midnight."""
    hours, _, rest = clock.partition(":")
    return int(hours) * 60 + int(rest)
