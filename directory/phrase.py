"""English texts that remember how they were made, so that a page can say them in another language.

A `Phrase` is its English: it compares, prints and goes into JSON as any text does. Beside
that it knows its template and the values put in, and whoever shows it may translate the
template and put the same values in (offer/languages/phrases.py). The idea is that of
zope.i18nmessageid. Nothing of ours is imported here, so that every pure room may use it.

    phrase("You are %(age)s.", age=19) == "You are 19."
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

LastWord = Literal["or", "and"]


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
    """A day, "3 May 2032"; of a month only its name and year, "May 2032"."""

    __slots__ = ("day", "month_only")
    day: date
    month_only: bool


class InARow(Phrase):
    """Several texts: as a list with "or" or "and" before the last, or else one after another."""

    __slots__ = ("last", "parts")
    parts: tuple[str, ...]
    last: LastWord | None


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


def day_phrase(day: date, *, month_only: bool = False) -> Phrase:
    """ "3 May 2032", or "May 2032"."""
    made = Day(f"{day:%B %Y}" if month_only else f"{day.day} {day:%B %Y}", {})
    made.day, made.month_only = day, month_only
    return made


def listed(parts: Iterable[str], last: LastWord) -> str:
    """A list as people say it: "a, b or c"; one part is only itself."""
    parts = tuple(parts)
    if len(parts) < 2:
        return parts[0] if parts else ""
    return in_a_row(f"{', '.join(parts[:-1])} {last} {parts[-1]}", parts, last)


def together(*parts: str) -> str:
    """Sentences one after another, with a space between; empty ones are left out."""
    parts = tuple(part for part in parts if part)
    if len(parts) < 2:
        return parts[0] if parts else ""
    return in_a_row(" ".join(parts), parts, None)


def choices(parts: Iterable[str]) -> Phrase:
    """Long parts to choose from: "a; b; c"."""
    parts = tuple(parts)
    return in_a_row("; ".join(parts), parts, "or")


def in_a_row(english: str, parts: Iterable[str], last: LastWord | None) -> Phrase:
    """Parts that English says in its own way."""
    made = InARow(english, {})
    made.parts, made.last = tuple(parts), last
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
