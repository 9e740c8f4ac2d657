"""What differs between two versions of a document, field by field in plain words. Pure."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from types import MappingProxyType
from typing import Any, Literal

from offer.eligibility.wording import said_day

Kind = Literal["same", "out", "in"]
Row = Mapping[str, Any]
RuleWords = Callable[[Mapping[str, Any]], list[str]]

# Fields whose name says too little; the others are said as they are called.
FIELDS: Mapping[str, str] = MappingProxyType(
    {
        "areas": "Districts",
        "ask": "Who to ask",
        "checked_on": "Last checked",
        "review_by": "Check by",
        "confidence": "How sure we are",
        "more_amounts": "Amounts for other dates",
        "stage": "Draft or public",
        "terms": "Terms by district and date",
        "rule": "Who can get it",
        "not_sure": "What we are not sure of",
        "for_care_leavers": "Only for care leavers",
        "staff_note": "Note for staff",
    }
)
# What stands inside a term, an amount or a source.
INSIDE: Mapping[str, str] = MappingProxyType(
    {
        "area": "district",
        "age_before": "stops at age",
        "percent": "percent off",
        "who": "whose care leavers count",
        "given_as": "given as",
        "start": "from",
        "end": "until",
        "asks": "still to be decided",
        "pence": "sum",
        "applies_to": "for",
    }
)
_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_WORDS = re.compile(r"\s+")
LONG = 400  # words of one line: longer ones are shown whole, before and after


@dataclass(frozen=True, slots=True)
class Part:
    """A run of words that stayed, was taken out or was put in."""

    kind: Kind
    words: str


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that differs: its name in words, and each changed line in parts."""

    field: str
    lines: tuple[tuple[Part, ...], ...]


def differences(
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    rule_words: RuleWords,
    names: Mapping[str, str] = MappingProxyType({}),
) -> tuple[Difference, ...]:
    """Every field that differs, in the order of the newer version; empty where none does.

    `names`: of places, by the codes that stand for them.
    """
    fields = [*after, *(name for name in before if name not in after)]
    changed = (name for name in fields if before.get(name) != after.get(name))
    found = (_difference(name, before.get(name), after.get(name), rule_words, names) for name in changed)
    return tuple(found)


def _difference(
    name: str, before: Any, after: Any, rule_words: RuleWords, names: Mapping[str, str]
) -> Difference:
    if name == "terms":
        return Difference(said_field(name), tuple(_changed_terms(before or [], after or [], names)))
    old, new = (said_lines(name, value, rule_words, names) for value in (before, after))
    return Difference(said_field(name), tuple(_changed(old, new)))


def _changed_terms(
    before: list[Row], after: list[Row], names: Mapping[str, str]
) -> Iterator[tuple[Part, ...]]:
    """Each row that is gone or new, beside the likest one of its district: only what differs."""
    gone = [row for row in before if row not in after]
    come = [row for row in after if row not in before]
    for row in come:
        held = [old for old in before if old.get("area") == row.get("area")]
        nearest = max(
            held, key=lambda old: sum(row.get(name) == value for name, value in old.items()), default={}
        )
        yield tuple(_row_parts(nearest, row, names))
        gone = [old for old in gone if old is not nearest]
    for row in gone:
        yield (Part("out", "; ".join(_inside(name, value, names) for name, value in row.items())),)


def _row_parts(old: Row, new: Row, names: Mapping[str, str]) -> Iterator[Part]:
    where = _inside("area", new.get("area", ""), names)
    yield Part("same" if old else "in", where)
    for name in dict.fromkeys([*new, *old]):
        if old.get(name) == new.get(name) and old:
            if name in ("start", "age_before"):
                yield Part("same", _inside(name, new[name], names))
            continue
        for kind, row in (("out", old), ("in", new)):
            if name in row and name != "area":
                yield Part(kind, _inside(name, row[name], names))  # type: ignore[arg-type]


def said_field(name: str) -> str:
    """A field in words."""
    return FIELDS.get(name) or name.replace("_", " ").capitalize()


def said_lines(
    name: str, value: Any, rule_words: RuleWords, names: Mapping[str, str] = MappingProxyType({})
) -> list[str]:
    """What a field holds, in lines; none for nothing."""
    if name == "rule" and value is not None:
        return rule_words(value)
    return list(_said(value, names))


def _said(value: Any, names: Mapping[str, str]) -> Iterator[str]:
    """A value in lines: a list one line an item, a group of values one line in all."""
    if isinstance(value, list):
        for each in value:
            yield "; ".join(_said(each, names))
    elif isinstance(value, dict):
        yield "; ".join(_inside(name, each, names) for name, each in value.items())
    elif value is not None:
        yield from _plain(value, names).splitlines()


def _inside(name: str, value: Any, names: Mapping[str, str]) -> str:
    """One value of a group. A district's name needs no word before it."""
    if name == "pence" and isinstance(value, int):
        return f"sum: £{value / 100:,.2f}"
    words = ", ".join(_said(value, names))
    return words if words in names.values() else f"{INSIDE.get(name) or name.replace('_', ' ')}: {words}"


def _plain(value: Any, names: Mapping[str, str]) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = str(value)
    return str(said_day(date.fromisoformat(text))) if _DAY.fullmatch(text) else names.get(text, text)


def _changed(old: list[str], new: list[str]) -> Iterator[tuple[Part, ...]]:
    """The lines that differ; those that stayed are left out."""
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            continue
        pairs = min(b - a, d - c) if what == "replace" else 0
        for before, after in zip(old[a : a + pairs], new[c : c + pairs], strict=True):
            yield tuple(_parts(before, after))
        yield from ((Part("out", line),) for line in old[a + pairs : b])
        yield from ((Part("in", line),) for line in new[c + pairs : d])


def _parts(before: str, after: str) -> Iterator[Part]:
    old, new = _WORDS.split(before), _WORDS.split(after)
    if max(len(old), len(new)) > LONG:
        yield from (Part("out", before), Part("in", after))
        return
    for what, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            yield Part("same", " ".join(old[a:b]))
            continue
        if b > a:
            yield Part("out", " ".join(old[a:b]))
        if d > c:
            yield Part("in", " ".join(new[c:d]))
