"""A day and an hour as staff type them, on the clock in England."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time

from offer.clock import LONDON
from offer.db.errors import Refused

LATEST = 2  # years ahead: what is further off is a slip of the keyboard


class MomentFault(Refused):
    """What was typed is no moment to publish at."""


MOMENT = ("day", "month", "year", "hour")  # the fields of a form


def read_moment(typed: Mapping[str, str], now: datetime) -> datetime:
    """ "1", "4", "2027" and "09:00" to a moment in UTC.

    Raises `MomentFault` for what is past, or does not exist. An hour that comes twice, when the clocks go
    back, is the first of the two.
    """
    try:
        day, month, year = (int(typed[name]) for name in ("day", "month", "year"))
        hour = time.fromisoformat(typed["hour"])
    except ValueError as fault:
        raise MomentFault("Give a day, such as 1 4 2027, and an hour.") from fault
    try:
        local = datetime.combine(date(year, month, day), hour, LONDON)
        moment = local.astimezone(UTC)
    except (ValueError, OverflowError) as fault:
        raise MomentFault(f"There is no day {day} {month} {year}. Look at the day and the month.") from fault
    if moment.astimezone(LONDON).replace(tzinfo=None) != local.replace(tzinfo=None):
        raise MomentFault("The clocks go forward at that hour, so it does not exist. Choose the next one.")
    if moment <= now:
        raise MomentFault("That moment is past.", "Do it now, or choose a later one.")
    if moment.year > now.year + LATEST:
        raise MomentFault(f"That is more than {LATEST} years away. Look at the year.")
    return moment
