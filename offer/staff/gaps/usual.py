"""What a council's local offer usually holds, and which entries are it. Its list is read once."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import yaml

from offer.entitlements.schema import Entitlement

_FILE = Path(__file__).with_name("usual.yaml")
_NOT_WORDS = re.compile(r"[^a-z0-9£]+")


@dataclass(frozen=True, slots=True)
class Usual:
    """One thing offers usually hold. `seen_in`: entries in which it was seen."""

    id: str
    title: str
    topic: str
    words: tuple[str, ...]
    part_of: tuple[str, ...]
    seen_in: tuple[str, ...]


@cache
def usual_offer() -> tuple[Usual, ...]:
    """The list, by topic."""
    listed = yaml.safe_load(_FILE.read_text("utf-8"))
    return tuple(
        Usual(
            each["id"], each["title"], each["topic"], tuple(map(_plain, each.get("words", ()))),
            tuple(each.get("part_of", ())), tuple(each["seen_in"]),
        )
        for each in listed
    )  # fmt: skip


def is_of(entry: Entitlement, item: Usual) -> bool:
    """Whether the entry is that thing: by the right it is part of, or by what it is called."""
    return entry.part_of in item.part_of or is_called(item, entry.id, entry.title, *entry.also_known_as)


def is_called(item: Usual, slug: str, *names: str) -> bool:
    """Whether something of that slug and these names is that thing."""
    called = " ".join(map(_plain, (slug, *names)))
    return slug in item.seen_in or any(f" {word}" in f" {called}" for word in item.words)


def held(entries: Iterable[Entitlement]) -> Mapping[str, tuple[Entitlement, ...]]:
    """The entries of each thing of the list, by its id; none where there is none."""
    listed = tuple(entries)
    return {item.id: tuple(each for each in listed if is_of(each, item)) for item in usual_offer()}


def _plain(text: str) -> str:
    """ "Wi-Fi, a phone" → "wi fi a phone"."""
    return _NOT_WORDS.sub(" ", text.casefold()).strip()
