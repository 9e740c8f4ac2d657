"""Which fields of a document people read, with their texts. Bodies come from forms and may be faulty."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from offer.staff.differences import said_field

# Field by field in the order of the page; "a.b" goes down into a part, each part of a list counts by itself.
READ: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "entitlement": (
            "title", "summary", "easy_read.sentences", "coming", "what_you_get", "amount.text",
            "more_amounts.text", "who_for", "steps", "before_it_ends", "bring", "decided_by", "ask",
            "if_told_no", "to_say.first", "to_say.if_no", "good_to_know", "not_sure", "terms.note",
        ),
        "service": (
            "name", "summary", "description", "at.note", "opening_hours", "accessibility", "who_for",
            "how_to_use", "cost", "caution", "not_found",
        ),
        "organisation": ("name", "description"),
        "location": ("name", "directions", "accessibility", "not_found"),
    }
)  # fmt: skip

_HEAD = re.compile(r"[a-z]+(?:_[a-z]+)*")


@dataclass(frozen=True, slots=True)
class Text:
    """One text of a document. `field`: where it stands, such as "steps[2]"; `label`: the same in words."""

    field: str
    label: str
    words: str


def texts_of(kind: str, body: Mapping[str, Any]) -> tuple[Text, ...]:
    """Every text of a document that people read; what is no text is left out."""
    return tuple(found for path in READ.get(kind, ()) for found in _texts(path, body))


def typed_texts(kind: str, pairs: Iterable[tuple[str, str]]) -> tuple[Text, ...]:
    """The texts in the fields of a form, which are named as in the document: "steps", "to_say.first".

    A field that people do not read, or that no document of the kind has, is left out.
    """
    read = {path.partition(".")[0] for path in READ.get(kind, ())}
    named = ((name, _HEAD.match(name), words.strip()) for name, words in pairs)
    return tuple(
        Text(name[:80], said_field(head.group()), words)
        for name, head, words in named
        if head and head.group() in read and words
    )


def _texts(path: str, body: Mapping[str, Any]) -> Iterator[Text]:
    head = path.partition(".")[0]
    for place, words in _walk(path.split("."), body, ""):
        if words.strip():
            yield Text(place, _label(head, place), words.strip())


def _walk(names: list[str], value: Any, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, list | tuple):
        for number, each in enumerate(value):
            yield from _walk(names, each, f"{place}[{number}]")
    elif names and isinstance(value, Mapping):
        yield from _walk(names[1:], value.get(names[0]), f"{place}.{names[0]}" if place else names[0])
    elif not names and isinstance(value, str):
        yield place, value


def _label(head: str, place: str) -> str:
    number = place.partition("[")[2].partition("]")[0]
    return f"{said_field(head)}, {int(number) + 1}" if number else said_field(head)
