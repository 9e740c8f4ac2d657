"""Days an entry starts or stops, in words: birthdays as what they are."""

from datetime import date

from offer.eligibility.dates import birthday
from offer.eligibility.wording import said_day

_YEARS = range(16, 28)


def until_words(until: date | None, until_age: int | None, born: date | None) -> str:
    """When it stops: "Until you turn 25, on 3 May 2032"; "" where time alone does not stop it."""
    if until is not None:
        age = _age_reached(until, born)
        return f"Until you turn {age}, on {said_day(until)}" if age else f"Until {said_day(until)}"
    return f"Until you turn {until_age}" if until_age else ""


def from_words(start: date | None, born: date | None) -> str:
    """When it starts: "Starts when you turn 21, on 3 May 2028"; "" where time alone does not start it."""
    if start is None:
        return ""
    age = _age_reached(start, born)
    return f"Starts when you turn {age}, on {said_day(start)}" if age else f"Starts on {said_day(start)}"


def _age_reached(day: date, born: date | None) -> int | None:
    """The age whose birthday that day is, if it is one."""
    if born is None:
        return None
    return next((years for years in _YEARS if birthday(born, years) == day), None)
