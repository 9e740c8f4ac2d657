"""The only clock: the civil date in Europe/London. Pure code is handed the date."""

import time
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")


def now() -> datetime:
    """This instant, in UTC."""
    return datetime.now(UTC)


def steady() -> float:
    """Seconds that only go forward, however the clock is set: for how long ago something was."""
    return time.monotonic()


def today() -> date:
    """The civil date in England: at 23:30 UTC on 31 March it is already 1 April."""
    return civil_day(now())


def civil_day(at: datetime) -> date:
    """The civil date in England at an aware moment."""
    return at.astimezone(LONDON).date()
