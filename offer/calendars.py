"""The timeline as iCalendar (RFC 5545), for a phone that other people may look at.

Nothing in it says what the dates are about: no title of an offer, no age, no word of
care. It says only that something on a list changes, and how many things.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from icalendar import Calendar, Event

from offer.timeline import AmountChange, Change

_OURS = UUID("7d3a5f0e-9a3c-4c59-9d0b-0a6f7f6f2b11")  # any fixed number: the same day keeps its id


def calendar_of(changes: Sequence[Change | AmountChange], at: datetime) -> bytes:
    """One all-day event for each day on which something changes. `at` is the moment of making, in UTC."""
    calendar = Calendar()
    calendar.add("prodid", "-//Dates//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for day, count in sorted(Counter(change.date for change in changes).items()):
        calendar.add_component(_event(day, count, at))
    return bytes(calendar.to_ical())


def _event(day: date, count: int, at: datetime) -> Event:
    things = "1 thing changes" if count == 1 else f"{count} things change"
    event = Event()
    event.add("uid", str(uuid5(_OURS, day.isoformat())))
    event.add("dtstamp", at)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", f"Look at your list: {things}")
    event.add("description", "Open the page where you saved this date and look again.")
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    return event
