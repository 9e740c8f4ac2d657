"""Opening hours as a short list to read: "Monday to Friday", "9am to 5pm"."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from directory.opening_words import clock_words
from directory.phrase import Phrase, day_phrase, in_a_row, listed, phrase, template, together
from directory.schedules import WEEKDAYS, Closure, Schedule

_NAMES = {day: day_phrase(date(2024, 1, 1 + at), "name") for at, day in enumerate(WEEKDAYS)}  # a Monday first
_PLACES = {
    "1": template("first %(weekday)s"),
    "2": template("second %(weekday)s"),
    "3": template("third %(weekday)s"),
    "4": template("fourth %(weekday)s"),
    "5": template("fifth %(weekday)s"),
    "-1": template("last %(weekday)s"),
}
_BANK_HOLIDAYS = {
    "closed": phrase("closed"),
    "as-usual": phrase("open as usual"),
    "open-all-day": phrase("open all day"),
}
_ALL_DAY_ENDS = ("00:00", "23:59")


@dataclass(frozen=True, slots=True)
class HoursLine:
    """One line: `days` "Monday to Friday", `times` "9am to 5pm"."""

    days: str
    times: str


def hours_list(
    schedules: Sequence[Schedule], closures: Sequence[Closure], today: date, ask: str = "ring first"
) -> tuple[HoursLine, ...]:
    """The usual week first, then what repeats otherwise, bank holidays and the exceptions to come.

    Hours that have ended are left out, unless there are no others. Empty = no hours are known.
    """
    lasting = [each for each in schedules if each.valid_to is None or each.valid_to >= today] or schedules
    lines: list[HoursLine] = []
    for span in dict.fromkeys(_span(schedule, today) for schedule in lasting):
        held = [schedule for schedule in lasting if _span(schedule, today) == span]
        lines += [HoursLine(_in_span(line.days, span), line.times) for line in _repeating(held, ask)]
    coming = sorted((each for each in closures if each.end >= today), key=lambda each: each.start)
    return (*lines, *_bank_holidays(lasting, ask), *(_exception(each) for each in coming))


def hours_text(lines: Iterable[HoursLine]) -> str:
    """The list in one paragraph, for a card: "Monday to Friday 9am to 5pm. Bank holidays closed."."""
    return " ".join(f"{line.days} {line.times}." for line in lines)


def _repeating(schedules: Sequence[Schedule], ask: str) -> Iterator[HoursLine]:
    weekly = [each for each in schedules if each.freq == "WEEKLY" and each.interval == 1]
    yield from _week(weekly, ask)
    for schedule in schedules:
        if schedule not in weekly:
            yield HoursLine(_pattern(schedule), _times([schedule], ask))


def _week(schedules: Sequence[Schedule], ask: str) -> Iterator[HoursLine]:
    """Days with the same times share a line."""
    by_times: dict[str, list[str]] = {}
    for day in WEEKDAYS:
        if open_then := [schedule for schedule in schedules if day in schedule.byday]:
            by_times.setdefault(_times(open_then, ask), []).append(day)
    for times, days in by_times.items():
        yield HoursLine(_days(days), times)


def _times(schedules: Sequence[Schedule], ask: str) -> str:
    ordered = sorted(schedules, key=lambda each: each.opens_at or "")
    return listed(dict.fromkeys(_one_time(schedule, ask) for schedule in ordered), "and")


def _one_time(schedule: Schedule, ask: str) -> str:
    if schedule.opens_at is None or schedule.closes_at is None:
        return _noted(phrase("times not found: %(ask)s", ask=ask), schedule.note)
    return _noted(_from_to(schedule.opens_at, schedule.closes_at), schedule.note)


def _noted(text: str, note: str | None) -> str:
    return together(text, f"({note})") if note else text


def _from_to(opens: str, closes: str) -> str:
    if opens == "00:00" and closes in _ALL_DAY_ENDS:
        return phrase("all day")
    start, end = clock_words(opens), clock_words(closes)
    if "00:00" < closes <= opens:
        return phrase("%(opens)s to %(closes)s the next day", opens=start, closes=end)
    return phrase("%(opens)s to %(closes)s", opens=start, closes=end)


def _days(days: Sequence[str]) -> str:
    """Monday to Wednesday and Friday; Every day."""
    if len(days) == len(WEEKDAYS):
        return phrase("Every day")
    numbered = enumerate(WEEKDAYS.index(day) for day in days)
    runs = [[number for _, number in run] for _, run in groupby(numbered, lambda pair: pair[1] - pair[0])]
    names = list(_NAMES.values())
    said: list[str] = []
    for run in runs:
        if len(run) > 2:
            said.append(phrase("%(first)s to %(last)s", first=names[run[0]], last=names[run[-1]]))
        else:
            said += [names[number] for number in run]
    return listed(said, "and")


def _pattern(schedule: Schedule) -> str:
    """Tuesday, every 2 weeks; First Tuesday of each month; 1st and last day of every 3 months."""
    if schedule.freq == "WEEKLY":
        days = _days([day for day in WEEKDAYS if day in schedule.byday])
        return phrase("%(days)s, every %(num)s weeks", days=days, num=schedule.interval)
    parts = [_place(day) for day in schedule.byday] or [_month_day(day) for day in schedule.bymonthday]
    which = listed(parts, "and")
    if schedule.interval == 1:
        said = phrase("%(which)s of each month", which=which)
    else:
        said = phrase("%(which)s of the month, every %(num)s months", which=which, num=schedule.interval)
    return in_a_row(said[:1].upper() + said[1:], [said])


def _place(day: str) -> str:
    place, weekday = day[:-2], {"weekday": _NAMES[day[-2:]]}
    if place in _PLACES:
        return Phrase(_PLACES[place], weekday)
    return phrase("%(which)s from the end", which=Phrase(_PLACES[place.removeprefix("-")], weekday))


def _month_day(day: int) -> str:
    if day < -1:
        return phrase("%(ordinal)s day from the end", ordinal=_ordinal(-day))
    return phrase("last day") if day == -1 else phrase("%(ordinal)s day", ordinal=_ordinal(day))


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number // 10 != 1 else "th"
    return f"{number}{ending}"


def _bank_holidays(schedules: Sequence[Schedule], ask: str) -> Iterator[HoursLine]:
    """One line when all the hours agree or a team covers the holiday; nothing when there are no hours."""
    answers = {schedule.bank_holidays for schedule in schedules}
    said = "open-all-day" if "open-all-day" in answers else answers.pop() if len(answers) == 1 else "unknown"
    if schedules:
        yield HoursLine(
            phrase("Bank holidays"), _BANK_HOLIDAYS.get(said) or phrase("not known: %(ask)s", ask=ask)
        )


def _exception(closure: Closure) -> HoursLine:
    hours: str = phrase("closed")
    if closure.opens_at and closure.closes_at:
        hours = phrase("%(hours)s only", hours=_from_to(closure.opens_at, closure.closes_at))
    days: str = day_phrase(closure.start)
    if closure.end != closure.start:
        days = phrase("%(first)s to %(last)s", first=days, last=day_phrase(closure.end))
    return HoursLine(days, _noted(hours, closure.why))


def _span(schedule: Schedule, today: date) -> tuple[date | None, date | None]:
    """When these hours hold, where that needs saying: from a day to come, until a last day."""
    starts = schedule.valid_from if schedule.valid_from and schedule.valid_from > today else None
    if starts is None and schedule.dtstart and schedule.dtstart > today:
        starts = schedule.dtstart
    return starts, schedule.valid_to


def _in_span(days: str, span: tuple[date | None, date | None]) -> str:
    """ "Monday, from 1 December 2026 until 18 December 2026"."""
    start, end = (day_phrase(day) if day else None for day in span)
    if start and end:
        return phrase("%(days)s, from %(start)s until %(end)s", days=days, start=start, end=end)
    if start:
        return phrase("%(days)s, from %(start)s", days=days, start=start)
    return phrase("%(days)s, until %(end)s", days=days, end=end) if end else days
