"""How an opening is said: short plain sentences, always with what to do when it is not known."""

from datetime import date, datetime, time, timedelta

from directory.opening import Opening
from directory.phrase import clock_phrase, counted, day_phrase, phrase, together
from directory.time_marks import LONDON, Stretch

SOON = 30  # minutes
_ASK_SOON = timedelta(days=28)
_A_WEEK = timedelta(days=7)
_NAME_THE_YEAR = timedelta(days=300)


def words(opening: Opening, ask: str = "ring first") -> str:
    """One to three sentences. `ask` is what to do when it is not known: "ring first", "ask first"."""
    say = {"open": _open, "closed": _closed, "unknown": _unknown}[opening.state]
    return together(say(opening, ask), _running_out(opening))


def words_by_old_hours(opening: Opening, ask: str = "ring first") -> str:
    """The same where the hours were read on an older page: never more than what that page says.

    `opening` is open or closed: of unknown hours there is nothing to soften.
    """
    if opening.state == "open":
        now = phrase("By the hours on an older page it is open now: %(ask)s.", ask=ask)
        return together(now, _it_closes(opening.until, opening.at) if opening.until else "")
    now = phrase("By the hours on an older page it is closed now: %(ask)s.", ask=ask)
    return together(now, _opens(opening.opens, opening, ask) if opening.opens else "")


def _it_closes(until: datetime, now: datetime) -> str:
    if _is_today(until, now):
        return phrase("It closes at %(time)s.", time=clock(until))
    return phrase("It closes %(when)s.", when=_at(until, now))


def session_words(session: Stretch, now: datetime) -> str:
    """ "Tuesday 1 December, 10am to 12:30pm"; a session in doubt says what to do."""
    day = _day_named(_day(session.start), _day(now), phrase("Today"), phrase("Tomorrow"))
    if session.reason == "times-not-found":
        return phrase("%(day)s, ask for the time", day=day)
    start, end = clock(session.start), clock(session.end)
    if session.state == "unknown":
        return phrase(
            "%(day)s, %(start)s to %(end)s (a bank holiday: ask first)", day=day, start=start, end=end
        )
    return phrase("%(day)s, %(start)s to %(end)s", day=day, start=start, end=end)


def soon_minutes(opening: Opening) -> int | None:
    """Minutes to the change where it is near enough to be said: up to 30 to closing, under 30 to opening."""
    minutes, is_open = opening.minutes, opening.state == "open"
    return minutes if minutes is not None and minutes < SOON + is_open else None


def clock(moment: datetime) -> str:
    """A time in London as people say it: 9am, 5:30pm, midday, midnight."""
    return clock_phrase(moment.astimezone(LONDON).time())


def clock_words(text: str) -> str:
    """ "09:00" as people say it: 9am; 23:59 stands for midnight."""
    return clock_phrase(time.fromisoformat(text))


def day_words(day: date, today: date) -> str:
    """today, tomorrow, or "Tuesday 1 December", with the year when it is far off."""
    return _day_named(day, today, phrase("today"), phrase("tomorrow"))


def _day_named(day: date, today: date, if_today: str, if_tomorrow: str) -> str:
    if day <= today + timedelta(days=1):
        return if_today if day == today else if_tomorrow
    return day_phrase(day, "weekday and year" if day - today > _NAME_THE_YEAR else "weekday")


def _open(opening: Opening, ask: str) -> str:
    until, then = opening.until, opening.then
    if until is None or then is None or (then.state == "unknown" and until - opening.at > _A_WEEK):
        always = phrase("Open now, day and night.")
        return phrase("Open now, day and night: %(why)s.", why=opening.why) if opening.why else always
    now = phrase("Open now: %(why)s.", why=opening.why) if opening.why else phrase("Open now.")
    if then.state == "unknown":
        when = clock(until) if _is_today(until, opening.at) else _at(until, opening.at)
        return together(now, phrase("We do not know the hours after %(when)s: %(ask)s.", when=when, ask=ask))
    if soon := soon_minutes(opening):
        return together(now, _closes_in(soon, until))
    if _is_today(until, opening.at):
        return together(now, phrase("Closes at %(time)s.", time=clock(until)))
    return together(now, phrase("Closes %(when)s.", when=_at(until, opening.at)))


def _closes_in(minutes: int, until: datetime) -> str:
    return counted(
        "Closes in %(num)s minute, at %(time)s.",
        "Closes in %(num)s minutes, at %(time)s.",
        minutes,
        time=clock(until),
    )


def _closed(opening: Opening, ask: str) -> str:
    now = phrase("Closed now: %(why)s.", why=opening.why) if opening.why else phrase("Closed now.")
    if opening.opens is None:
        return together(now, phrase("We do not know when it opens next: %(ask)s.", ask=ask))
    return together(now, _opens(opening.opens, opening, ask))


def _opens(coming: Stretch, opening: Opening, ask: str) -> str:
    start = coming.start
    if coming.reason == "times-not-found":
        day = day_words(_day(start), _day(opening.at))
        return phrase("Opens %(day)s, but we do not know the time: %(ask)s.", day=day, ask=ask)
    when = _at(start, opening.at)
    if coming.state == "unknown":
        return phrase("It may open %(when)s, but that is a bank holiday: %(ask)s.", when=when, ask=ask)
    if soon := soon_minutes(opening):
        return counted(
            "Opens in %(num)s minute, at %(time)s.",
            "Opens in %(num)s minutes, at %(time)s.",
            soon,
            time=clock(start),
        )
    return phrase("Opens %(when)s.", when=when)


def _unknown(opening: Opening, ask: str) -> str:
    again = _open_again(opening)
    if opening.reason == "bank-holiday":
        return together(phrase("It is a bank holiday: %(ask)s.", ask=ask), again)
    if opening.reason == "times-not-found":
        return phrase("It opens today, but we do not know the time: %(ask)s.", ask=ask)
    if opening.reason == "hours-ended" and opening.known_until:
        day = day_phrase(opening.known_until)
        return together(phrase("The hours we hold ended on %(day)s: %(ask)s.", day=day, ask=ask), again)
    return together(phrase("We do not know the opening hours: %(ask)s.", ask=ask), again)


def _open_again(opening: Opening) -> str:
    if opening.opens is None:
        return ""
    return phrase("Open again %(when)s.", when=_at(opening.opens.start, opening.at))


def _running_out(opening: Opening) -> str:
    """The last day known is not the end of the service: it is time to ask for the next hours."""
    last, today = opening.known_until, _day(opening.at)
    if last is None or not today <= last <= today + _ASK_SOON:
        return ""
    return phrase("We only know the hours until %(day)s: ask for the next ones.", day=day_phrase(last))


def _at(moment: datetime, now: datetime) -> str:
    """tomorrow at 10am; midnight belongs to the evening before it."""
    if _is_midnight(moment) and _is_today(moment, now):
        return phrase("tonight at midnight")
    return phrase("%(day)s at %(time)s", day=day_words(_evening(moment), _day(now)), time=clock(moment))


def _is_today(moment: datetime, now: datetime) -> bool:
    """Whether it is a time of this day, or the midnight that ends it."""
    return _evening(moment) == _day(now)


def _evening(moment: datetime) -> date:
    return _day(moment) - timedelta(days=_is_midnight(moment))


def _is_midnight(moment: datetime) -> bool:
    return clock(moment) == "midnight"


def _day(moment: datetime) -> date:
    """The civil date in London."""
    return moment.astimezone(LONDON).date()
