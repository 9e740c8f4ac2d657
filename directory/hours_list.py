"""Opening hours as a short list to read: "Monday to Friday", "9am to 5pm"."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from directory.opening_words import clock_words
from directory.schedules import WEEKDAYS, Closure, Schedule

_NAMES = dict(zip(
    WEEKDAYS, ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"), strict=True
))  # fmt: skip
_PLACES = {"1": "first", "2": "second", "3": "third", "4": "fourth", "5": "fifth", "-1": "last"}
_BANK_HOLIDAYS = {"closed": "closed", "as-usual": "open as usual", "open-all-day": "open all day"}
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
        lines += [HoursLine(f"{line.days}{span}", line.times) for line in _repeating(held, ask)]
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
    return _and(list(dict.fromkeys(_one_time(schedule, ask) for schedule in ordered)))


def _one_time(schedule: Schedule, ask: str) -> str:
    note = f" ({schedule.note})" if schedule.note else ""
    if schedule.opens_at is None or schedule.closes_at is None:
        return f"times not found: {ask}{note}"
    return f"{_from_to(schedule.opens_at, schedule.closes_at)}{note}"


def _from_to(opens: str, closes: str) -> str:
    if opens == "00:00" and closes in _ALL_DAY_ENDS:
        return "all day"
    next_day = " the next day" if "00:00" < closes <= opens else ""
    return f"{clock_words(opens)} to {clock_words(closes)}{next_day}"


def _days(days: Sequence[str]) -> str:
    """Monday to Wednesday and Friday; Every day."""
    if len(days) == len(WEEKDAYS):
        return "Every day"
    numbered = enumerate(WEEKDAYS.index(day) for day in days)
    runs = [[number for _, number in run] for _, run in groupby(numbered, lambda pair: pair[1] - pair[0])]
    names = list(_NAMES.values())
    return _and([
        part
        for run in runs
        for part in (
            [f"{names[run[0]]} to {names[run[-1]]}"] if len(run) > 2 else [names[number] for number in run]
        )
    ])  # fmt: skip


def _pattern(schedule: Schedule) -> str:
    """Tuesday, every 2 weeks; First Tuesday of each month; 1st and last day of every 3 months."""
    if schedule.freq == "WEEKLY":
        days = _days([day for day in WEEKDAYS if day in schedule.byday])
        return f"{days}, every {schedule.interval} weeks"
    which = [_place(day) for day in schedule.byday] or [_month_day(day) for day in schedule.bymonthday]
    month = "each month" if schedule.interval == 1 else f"the month, every {schedule.interval} months"
    said = f"{_and(which)} of {month}"
    return said[:1].upper() + said[1:]


def _place(day: str) -> str:
    place, name = day[:-2], _NAMES[day[-2:]]
    if place in _PLACES:
        return f"{_PLACES[place]} {name}"
    return f"{_PLACES[place.removeprefix('-')]} {name} from the end"


def _month_day(day: int) -> str:
    if day < -1:
        return f"{_ordinal(-day)} day from the end"
    return "last day" if day == -1 else f"{_ordinal(day)} day"


def _ordinal(number: int) -> str:
    ending = {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th") if number // 10 != 1 else "th"
    return f"{number}{ending}"


def _bank_holidays(schedules: Sequence[Schedule], ask: str) -> Iterator[HoursLine]:
    """One line when all the hours agree or a team covers the holiday; nothing when there are no hours."""
    answers = {schedule.bank_holidays for schedule in schedules}
    said = "open-all-day" if "open-all-day" in answers else answers.pop() if len(answers) == 1 else "unknown"
    if schedules:
        yield HoursLine("Bank holidays", _BANK_HOLIDAYS.get(said, f"not known: {ask}"))


def _exception(closure: Closure) -> HoursLine:
    why = f" ({closure.why})" if closure.why else ""
    hours = "closed"
    if closure.opens_at and closure.closes_at:
        hours = f"{_from_to(closure.opens_at, closure.closes_at)} only"
    days = _date(closure.start)
    if closure.end != closure.start:
        days = f"{days} to {_date(closure.end)}"
    return HoursLine(days, f"{hours}{why}")


def _span(schedule: Schedule, today: date) -> str:
    """When these hours hold, where that needs saying: ", from 1 December 2026 until 18 December 2026"."""
    starts = schedule.valid_from if schedule.valid_from and schedule.valid_from > today else None
    if starts is None and schedule.dtstart and schedule.dtstart > today:
        starts = schedule.dtstart
    start = f" from {_date(starts)}" if starts else ""
    end = f" until {_date(schedule.valid_to)}" if schedule.valid_to else ""
    return f",{start}{end}" if start or end else ""


def _and(parts: Sequence[str]) -> str:
    return f"{', '.join(parts[:-1])} and {parts[-1]}" if len(parts) > 1 else parts[0]


def _date(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
