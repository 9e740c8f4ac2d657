"""Hours that the tests of opening share, and a short way to write a London time."""

from datetime import UTC, datetime

from directory.schedules import WEEKDAYS, Closure, Schedule
from directory.time_marks import LONDON

WORKING = ("MO", "TU", "WE", "TH", "FR")
OFFICE = Schedule(byday=WORKING, opens_at="09:00", closes_at="17:00")
ALWAYS = Schedule(byday=WEEKDAYS, opens_at="00:00", closes_at="23:59", bank_holidays="as-usual")
LATE = Schedule(byday=("FR", "SA"), opens_at="22:00", closes_at="02:00")
DROP_IN = Schedule(freq="MONTHLY", byday=("1TU",), opens_at="10:00", closes_at="12:30")
CHRISTMAS = Closure.model_validate({"start": "2026-12-23", "end": "2027-01-03", "why": "Christmas break"})


def london(text: str, fold: int = 0) -> datetime:
    """The instant of a London clock time, "2026-11-23 11:00"; `fold=1`: the second in the doubled hour."""
    return datetime.fromisoformat(text).replace(tzinfo=LONDON, fold=fold).astimezone(UTC)
