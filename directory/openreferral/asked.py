"""What a caller of the feed may ask for, and what it means for ages and hours to fit."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

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
    def asks_for_ages(self) -> bool:
        """Whether an age was given."""
        return self.minimum_age is not None or self.maximum_age is not None

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


def is_inside(
    low: float | None, high: float | None, asked_low: float | None, asked_high: float | None
) -> bool:
    """Whether a span of ages or hours lies wholly inside the one asked for: **containment**.

    So the standard means it: `minimum_age=16&maximum_age=25` leaves out a service for people of 11 to
    25, and one that names no ages. Our own search asks what a person of 17 needs, **overlap**: see
    `Service.takes_age` and `directory.opening`.
    """
    return (asked_low is None or (low is not None and low >= asked_low)) and (
        asked_high is None or (high is not None and high <= asked_high)
    )


def ages_fit(ages: tuple[int | None, int | None], asked: Asked) -> bool:
    """Whether the lowest and highest age lie inside those asked for."""
    return is_inside(*ages, asked.minimum_age, asked.maximum_age)


def hours_fit(hours: Hours, asked: Asked) -> bool:
    """Whether it is open on the day, and only within the times asked for; those may go past midnight."""
    start, end = asked.start_time, asked.end_time
    if end is not None and start is not None and end <= start:
        end += MIDNIGHT
    return (not asked.day or asked.day in hours.days) and is_inside(hours.opens, hours.closes, start, end)


def hours_of(schedules: Iterable[Schedule]) -> frozenset[Hours]:
    """The days and times of schedules, whichever week or month they hold in."""
    return frozenset(_hours(each) for each in schedules)


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
