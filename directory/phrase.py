"""English texts that remember how they were made, so that a page can say them in another language.

A `Phrase` is its English: it compares, prints and goes into JSON as any text does. Beside
that it knows its template and the values put in, and whoever shows it may translate the
template and put the same values in (offer/languages/phrases.py). The idea is that of
zope.i18nmessageid. Nothing of ours is imported here, so that every pure room may use it.

    phrase("You are %(age)s.", age=19) == "You are 19."
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, time
from typing import Literal

LastWord = Literal["or", "and"]
DayForm = Literal["day", "month", "weekday", "weekday and year", "name"]
_DAYS: Mapping[DayForm, str] = {
    "day": "{0.day} {0:%B %Y}",
    "month": "{0:%B %Y}",
    "weekday": "{0:%A} {0.day} {0:%B}",
    "weekday and year": "{0:%A} {0.day} {0:%B %Y}",
    "name": "{0:%A}",
}


class Phrase(str):
    """A text from a template with named places. Without values the template is the text."""

    __slots__ = ("template", "values")
    template: str
    values: Mapping[str, object]

    def __new__(cls, template: str, values: Mapping[str, object]) -> Phrase:
        """The English is made at once: a missing value raises KeyError here, not on some page."""
        made = super().__new__(cls, template % values if values else template)
        made.template, made.values = template, values
        return made

    def __copy__(self) -> Phrase:
        return self

    def __deepcopy__(self, memo: object) -> Phrase:
        return self  # it never changes

    def __reduce__(self) -> tuple[type[str], tuple[str]]:
        return str, (str(self),)  # outside this process it is only its English


class Counted(Phrase):
    """A text about a number of things; `template` is the form for many."""

    __slots__ = ("number", "one")
    one: str
    number: int


class Day(Phrase):
    """A day, a month, or a day of the week: see `day_phrase`."""

    __slots__ = ("day", "form")
    day: date
    form: DayForm


class Clock(Phrase):
    """A time of day: "9am", "5:30pm", "midday"."""

    __slots__ = ("time",)
    time: time


class InARow(Phrase):
    """Several texts: as a list with "or" or "and" before the last, or else with `between` between them."""

    __slots__ = ("between", "last", "parts")
    parts: tuple[str, ...]
    last: LastWord | None
    between: str


class Sentence(Phrase):
    """A clause with a capital and a full stop."""

    __slots__ = ("clause",)
    clause: Phrase


def phrase(template: str, **values: object) -> Phrase:
    """A text with its values: texts, numbers, or phrases again."""
    return Phrase(template, values)


def counted(one: str, many: str, num: int, **values: object) -> Phrase:
    """ "1 day", "2 days": templates that may hold %(num)s."""
    made = Counted(one if abs(num) == 1 else many, {"num": num, **values})
    made.template, made.one, made.number = many, one, num
    return made


def template(words: str) -> str:
    """Marks a template that is filled elsewhere, so that it is put into the catalogue."""
    return words


def day_phrase(day: date, form: DayForm = "day") -> Phrase:
    """ "3 May 2032"; "May 2032"; "Monday 3 May"; "Monday 3 May 2032"; "Monday"."""
    made = Day(_DAYS[form].format(day), {})
    made.day, made.form = day, form
    return made


def clock_phrase(moment: time) -> Phrase:
    """9am, 5:30pm, midday; 00:00 and 23:59 are midnight."""
    minutes = f":{moment.minute:02}" if moment.minute else ""
    said = f"{moment.hour % 12 or 12}{minutes}{'am' if moment.hour < 12 else 'pm'}"
    named = {(0, 0): "midnight", (23, 59): "midnight", (12, 0): "midday"}
    made = Clock(named.get((moment.hour, moment.minute), said), {})
    made.time = moment
    return made


def listed(parts: Iterable[str], last: LastWord) -> str:
    """A list as people say it: "a, b or c"; one part is only itself."""
    parts = tuple(parts)
    if len(parts) < 2:
        return parts[0] if parts else ""
    return in_a_row(f"{', '.join(parts[:-1])} {last} {parts[-1]}", parts, last)


def together(*parts: str, between: str = " ") -> str:
    """Sentences one after another; empty ones are left out."""
    parts = tuple(part for part in parts if part)
    if len(parts) < 2:
        return parts[0] if parts else ""
    return in_a_row(between.join(parts), parts, None, between)


def choices(parts: Iterable[str]) -> Phrase:
    """Long parts to choose from: "a; b; c"."""
    parts = tuple(parts)
    return in_a_row("; ".join(parts), parts, "or")


def in_a_row(english: str, parts: Iterable[str], last: LastWord | None = None, between: str = " ") -> Phrase:
    """Parts that English says in its own way."""
    made = InARow(english, {})
    made.parts, made.last, made.between = tuple(parts), last, between
    return made


def sentence(clause: str) -> str:
    """A clause as a sentence: "you pay rent" → "You pay rent."."""
    text = clause.strip()
    if not text:
        return text
    english = text[0].upper() + text[1:] + ("" if text[-1] in ".?!:" else ".")
    if not isinstance(clause, Phrase):
        return english
    made = Sentence(english, {})
    made.clause = clause
    return made
