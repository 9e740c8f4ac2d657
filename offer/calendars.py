"""The timeline as iCalendar (RFC 5545), for a phone that other people may look at.

Nothing in it says what the dates are about: no title of an offer, no age, no word of
care. It says only that something on a list changes, and how many things. Whoever wants
the names in it asks for them. A reminder comes two weeks before each day.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from icalendar import Alarm, Calendar, Event

from offer.timeline import AmountChange, Change

_OURS = UUID("7d3a5f0e-9a3c-4c59-9d0b-0a6f7f6f2b11")  # any fixed number: the same day keeps its id


AHEAD = timedelta(days=14)  # of the reminder: time to ring somebody, and to be rung back


@dataclass(frozen=True, slots=True)
class DayWords:
    """What an event says: its title, and more of it."""

    title: str
    more: str


def calendar_of(
    changes: Sequence[Change | AmountChange], at: datetime, named: Mapping[date, DayWords] | None = None
) -> bytes:
    """One all-day event for each day on which something changes. `at` is the moment of making, in UTC.

    `named`: the words for each day, where somebody wants them in their calendar.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Dates//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for day, count in sorted(Counter(change.date for change in changes).items()):
        calendar.add_component(_event(day, (named or {}).get(day) or _nothing_personal(count), at))
    return bytes(calendar.to_ical())


def _nothing_personal(count: int) -> DayWords:
    things = "1 thing changes" if count == 1 else f"{count} things change"
    return DayWords(f"Look at your list: {things}", "Open the page where you saved this date and look again.")


def _event(day: date, words: DayWords, at: datetime) -> Event:
    event = Event()
    event.add("uid", str(uuid5(_OURS, day.isoformat())))
    event.add("dtstamp", at)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("summary", words.title)
    event.add("description", words.more)
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT")
    event.add_component(_reminder(words))
    return event


def _reminder(words: DayWords) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", words.title)
    alarm.add("trigger", -AHEAD)
    return alarm
