"""How an opening is said: short plain sentences, always with what to do when it is not known."""

from datetime import date, datetime, timedelta

from directory.opening import Opening
from directory.time_marks import LONDON, Stretch

SOON = 30  # minutes
_ASK_SOON = timedelta(days=28)
_A_WEEK = timedelta(days=7)
_NAME_THE_YEAR = timedelta(days=300)


def words(opening: Opening, ask: str = "ring first") -> str:
    """One to three sentences. `ask` is what to do when it is not known: "ring first", "ask first"."""
    say = {"open": _open, "closed": _closed, "unknown": _unknown}[opening.state]
    return " ".join(part for part in (say(opening, ask), _running_out(opening)) if part)


def words_by_old_hours(opening: Opening, ask: str = "ring first") -> str:
    """The same where the hours were read on an older page: never more than what that page says.

    `opening` is open or closed: of unknown hours there is nothing to soften.
    """
    if opening.state == "open":
        now = "open now"
        change = f"It closes {_by(opening.until, opening.at, 'at ')}." if opening.until else ""
    else:
        now = "closed now"
        change = _opens(opening.opens, opening, ask) if opening.opens else ""
    return f"By the hours on an older page it is {now}: {ask}. {change}".strip()


def session_words(session: Stretch, now: datetime) -> str:
    """ "Tuesday 1 December, 10am to 12:30pm"; a session in doubt says what to do."""
    day = day_words(_day(session.start), _day(now))
    if session.reason == "times-not-found":
        return f"{day[:1].upper()}{day[1:]}, ask for the time"
    doubt = " (a bank holiday: ask first)" if session.state == "unknown" else ""
    return f"{day[:1].upper()}{day[1:]}, {clock(session.start)} to {clock(session.end)}{doubt}"


def soon_minutes(opening: Opening) -> int | None:
    """Minutes to the change where it is near enough to be said: up to 30 to closing, under 30 to opening."""
    minutes, is_open = opening.minutes, opening.state == "open"
    return minutes if minutes is not None and minutes < SOON + is_open else None


def clock(moment: datetime) -> str:
    """A time in London as people say it: 9am, 5:30pm, midday, midnight."""
    return clock_words(f"{moment.astimezone(LONDON):%H:%M}")


def clock_words(time: str) -> str:
    """ "09:00" as people say it: 9am; 23:59 stands for midnight."""
    hour, minute = (int(part) for part in time.split(":"))
    if time in ("00:00", "23:59", "12:00"):
        return "midday" if hour == 12 else "midnight"
    minutes = f":{minute:02}" if minute else ""
    return f"{hour % 12 or 12}{minutes}{'am' if hour < 12 else 'pm'}"


def day_words(day: date, today: date) -> str:
    """today, tomorrow, or "Tuesday 1 December", with the year when it is far off."""
    if day <= today + timedelta(days=1):
        return "today" if day == today else "tomorrow"
    year = f" {day.year}" if day - today > _NAME_THE_YEAR else ""
    return f"{day:%A} {day.day} {day:%B}{year}"


def _open(opening: Opening, ask: str) -> str:
    why = f": {opening.why}" if opening.why else ""
    until, then = opening.until, opening.then
    if until is None or then is None or (then.state == "unknown" and until - opening.at > _A_WEEK):
        return f"Open now, day and night{why}."
    if then.state == "unknown":
        return f"Open now{why}. We do not know the hours after {_by(until, opening.at)}: {ask}."
    if soon := soon_minutes(opening):
        return f"Open now{why}. Closes in {_minutes(soon)}, at {clock(until)}."
    return f"Open now{why}. Closes {_by(until, opening.at, 'at ')}."


def _closed(opening: Opening, ask: str) -> str:
    now = f"Closed now: {opening.why}." if opening.why else "Closed now."
    if opening.opens is None:
        return f"{now} We do not know when it opens next: {ask}."
    return f"{now} {_opens(opening.opens, opening, ask)}"


def _opens(coming: Stretch, opening: Opening, ask: str) -> str:
    start = coming.start
    if coming.reason == "times-not-found":
        return f"Opens {day_words(_day(start), _day(opening.at))}, but we do not know the time: {ask}."
    if coming.state == "unknown":
        return f"It may open {_at(start, opening.at)}, but that is a bank holiday: {ask}."
    if soon := soon_minutes(opening):
        return f"Opens in {_minutes(soon)}, at {clock(start)}."
    return f"Opens {_at(start, opening.at)}."


def _unknown(opening: Opening, ask: str) -> str:
    again = f" Open again {_at(opening.opens.start, opening.at)}." if opening.opens else ""
    if opening.reason == "bank-holiday":
        return f"It is a bank holiday: {ask}.{again}"
    if opening.reason == "times-not-found":
        return f"It opens today, but we do not know the time: {ask}."
    if opening.reason == "hours-ended" and opening.known_until:
        return f"The hours we hold ended on {_date(opening.known_until)}: {ask}.{again}"
    return f"We do not know the opening hours: {ask}.{again}"


def _running_out(opening: Opening) -> str:
    """The last day known is not the end of the service: it is time to ask for the next hours."""
    last, today = opening.known_until, _day(opening.at)
    if last is None or not today <= last <= today + _ASK_SOON:
        return ""
    return f"We only know the hours until {_date(last)}: ask for the next ones."


def _at(moment: datetime, now: datetime) -> str:
    """tomorrow at 10am; midnight belongs to the evening before it."""
    is_midnight = clock(moment) == "midnight"
    day = day_words(_day(moment) - timedelta(days=is_midnight), _day(now))
    return "tonight at midnight" if is_midnight and day == "today" else f"{day} at {clock(moment)}"


def _by(moment: datetime, now: datetime, at: str = "") -> str:
    """5pm, for a time today or the midnight that ends it; else with its day."""
    said = _at(moment, now)
    return f"{at}{clock(moment)}" if said.startswith(("today", "tonight")) else said


def _minutes(count: int) -> str:
    return "1 minute" if count == 1 else f"{count} minutes"


def _day(moment: datetime) -> date:
    """The civil date in London."""
    return moment.astimezone(LONDON).date()


def _date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
