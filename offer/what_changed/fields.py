"""What a reader of a page would see has changed in a document, part by part, in plain words. Pure.

It reads bodies as they were kept, whatever edition wrote them: what is not there is not told.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any

from directory.phrase import Phrase, day_phrase, phrase, template
from offer.documents import ages_of
from offer.what_changed.terms import term_parts
from offer.what_changed.texts import told

Body = Mapping[str, Any]

# The fields a reader sees, in the order they are told in. A field that is not here is ours alone.
_TEXTS: Mapping[str, str] = MappingProxyType(
    {
        "title": template("Name"),
        "name": template("Name"),
        "summary": template("What it is"),
        "description": template("What it is"),
        "what_you_get": template("What you get"),
        "who_for": template("Who it is for"),
        "steps": template("How to get it"),
        "how_to_use": template("How to use it"),
        "bring": template("Have ready"),
        "before_it_ends": template("Before it ends"),
        "decided_by": template("Who decides"),
        "ask": template("Who to ask"),
        "if_told_no": template("If you are told no"),
        "good_to_know": template("Good to know"),
        "not_sure": template("What we are not sure of"),
        "caution": template("Good to know"),
        "coming": template("When it comes"),
        "opening_hours": template("Opening hours"),
        "accessibility": template("Getting in"),
        "cost": template("Cost"),
        "languages": template("Languages"),
        "email": template("Email"),
        "website": template("Website"),
        "not_found": template("What we could not find"),
    }
)
_SHORT: Mapping[str, str] = MappingProxyType(  # told, not shown
    {
        "schedules": template("Opening hours: they are new."),
        "closures": template("Opening hours: days it is closed are new."),
        "at": template("Where it is: this is new."),
        "to_say": template("What to say: new words."),
        "easy_read": template("Easy read: new words."),
        "legal_basis": template("The law: another list."),
        "sources": template("Where this comes from: another list."),
        "translations": template("In other languages: new words."),
        "confidence": template("How sure we are: this is new."),
        "status": template("How it stands: this is new."),
    }
)
_STATES: Mapping[str, str] = MappingProxyType(
    {
        "open": template("It is open."),
        "planned": template("It is planned, and not open yet."),
        "closed": template("It is closed."),
        "temporarily-closed": template("It is closed for a time."),
    }
)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that changed. `area`: the code of the district it is about; "" for all."""

    words: str
    area: str = ""


def parts_of(before: Body, after: Body) -> tuple[Part, ...]:
    """Every change a reader would see; empty where there is none but a date."""
    found = (
        *_amounts(before, after),
        *_terms(before, after),
        *_days(before, after),
        *_ages(before, after),
        *_phones(before, after),
        *_state(before, after),
        *_texts(before, after),
        *_told_short(before, after),
    )
    return tuple(dict.fromkeys(found))


def is_checked_again(before: Body, after: Body) -> bool:
    """Whether somebody looked at it again on a later day."""
    return bool(before.get("checked_on", "") < after.get("checked_on", ""))


def _terms(before: Body, after: Body) -> Iterator[Part]:
    """The dated terms of districts."""
    for area, words in term_parts(before.get("terms", []), after.get("terms", [])):
        yield Part(words, area)


def _amounts(before: Body, after: Body) -> Iterator[Part]:
    """Figures without a day of their own side by side; a figure that begins on a day with that day."""
    old, new = _figures(before), _figures(after)
    for figure in (each for each in new if each not in old and each[1]):
        text, start = figure
        yield Part(
            phrase("How much, from %(day)s: “%(new)s”", day=day_phrase(date.fromisoformat(start)), new=text)
        )
    lines = told(
        template("How much"),
        [text for text, start in old if not start],
        [text for text, start in new if not start],
    )
    yield from map(Part, lines)


def _figures(body: Body) -> list[tuple[str, str]]:
    held = [body.get("amount"), *body.get("more_amounts", [])]
    return [(str(each.get("text", "")), str(each.get("start") or "")) for each in held if each]


def _days(before: Body, after: Body) -> Iterator[Part]:
    said = {"begins": template("It begins on %(day)s."), "ends": template("It ends before %(day)s.")}
    gone = {"begins": template("The day it begins is gone."), "ends": template("The day it ends is gone.")}
    for name, words in said.items():
        if before.get(name) == after.get(name):
            continue
        day = after.get(name)
        yield Part(phrase(words, day=day_phrase(date.fromisoformat(day))) if day else phrase(gone[name]))


def _ages(before: Body, after: Body) -> Iterator[Part]:
    if before.get("rule") != after.get("rule"):
        old, new = ages_of(before.get("rule", {})), ages_of(after.get("rule", {}))
    else:
        old, new = ((body.get("age_from"), body.get("age_before")) for body in (before, after))
    if old != new:
        yield Part(phrase("Age: from “%(old)s” to “%(new)s”", old=_said_ages(*old), new=_said_ages(*new)))
    elif before.get("rule") != after.get("rule"):
        yield Part(phrase("The full rule, point by point: it is new."))


def _said_ages(start: int | None, before: int | None) -> Phrase:
    if start is None and before is None:
        return phrase("any age")
    if start is None:
        return phrase("until you turn %(age)s", age=before)
    if before is None:
        return phrase("%(age)s or over", age=start)
    return phrase("%(start)s to %(last)s", start=start, last=before - 1)


def _phones(before: Body, after: Body) -> Iterator[Part]:
    old, new = ([str(each.get("number", "")) for each in body.get("phones", [])] for body in (before, after))
    yield from map(Part, told(template("Phone"), old, new))


def _state(before: Body, after: Body) -> Iterator[Part]:
    words = _STATES.get(str(after.get("status")))
    if before.get("status") != after.get("status") and words:
        yield Part(phrase(words))


def _texts(before: Body, after: Body) -> Iterator[Part]:
    for name, label in _TEXTS.items():
        old, new = _lines(before.get(name)), _lines(after.get(name))
        if old != new:
            yield from map(Part, told(label, old, new))


def _lines(value: object) -> Sequence[str]:
    if isinstance(value, list):
        return [str(each) for each in value]
    return [str(value)] if value else []


def _told_short(before: Body, after: Body) -> Iterator[Part]:
    for name, words in _SHORT.items():
        if _seen(before.get(name)) == _seen(after.get(name)):
            continue
        if name != "status" or str(after.get("status")) not in _STATES:
            yield Part(phrase(words))


def _seen(value: object) -> object:
    """A source without the day somebody looked at it again."""
    if isinstance(value, list):
        return [_without_days(each) if isinstance(each, dict) else each for each in value]
    return value


def _without_days(each: Mapping[str, object]) -> Mapping[str, object]:
    return {name: value for name, value in each.items() if name not in ("seen", "checked_on")}
