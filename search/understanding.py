"""What a query says beside its words: an age, where somebody lives, and what it may be about.

The search room cannot know places: the resolver is passed in. A place sets where somebody lives, never who
looked after them. A postcode never stays in the words, whether it is known or not.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from search.ages import said_age
from search.analysis import is_stop_word, stem, words
from search.lists import read_lines

LONGEST_READ = 300  # characters searched for a place; a longer text is no search for one
MOST_WORDS_IN_A_NAME = 5

_POSTCODE = re.compile(r"\b[a-z]{1,2}[0-9][a-z0-9]?\s*[0-9o][a-z]{2}\b", re.IGNORECASE)
_OUTCODE = re.compile(r"\b[a-z]{1,2}[0-9][a-z0-9]?(?:\s+[0-9])?\b", re.IGNORECASE)
_NAME_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*", re.UNICODE)
_INTRODUCED = re.compile(r"\b(?:in|near)\s+$", re.IGNORECASE)
_JOINING_WORD = re.compile(r"\b(?:in|near|around|at|from)\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class PlaceRead:
    """How the resolver read a text. `lives_in` is a GSS code, None where the place spans several districts.

    `label` is what a page may show: the name of the place or district, never a postcode. `districts` are all
    it may be in and `council` the one it names, where it names one: GSS code and name each. `correction` says
    what was put right in it, "" for nothing; it may hold a postcode, so it stands in no address.
    """

    kind: Literal["postcode", "outcode", "name"]
    label: str
    lives_in: str | None
    districts: tuple[tuple[str, str], ...] = ()
    council: tuple[str, str] | None = None
    correction: str = ""


ResolvePlace = Callable[[str], PlaceRead | None]


@dataclass(frozen=True, slots=True)
class Understood:
    """A query taken apart. Search `words` with `age` and `place`, each shown so that it can be taken off.

    `offered` are places that may be meant: a choice to show, never applied. `topics` and `statuses` are
    hints from `words/hints.txt`. `had_postcode`: make the page's address from `words`, not from the query.
    """

    words: str
    age: int | None
    place: PlaceRead | None
    offered: tuple[PlaceRead, ...]
    topics: tuple[str, ...]
    statuses: tuple[str, ...]
    had_postcode: bool


def understand(query: str, resolve_place: ResolvePlace) -> Understood:
    """Takes `query` apart; never raises for what is typed. `resolve_place` gives None for no place."""
    place, text = _postcode(query, resolve_place)
    had_postcode = text != query
    said = said_age(text)
    if said:
        text = f"{text[: said.start]} {text[said.end :]}"
    offered: tuple[PlaceRead, ...] = ()
    if place is None and len(text) <= LONGEST_READ:
        place, offered, text = _named_place(text, resolve_place)
    left = _without_postcodes(text)
    had_postcode = had_postcode or left != " ".join(text.split()) or _is_postcode(place)
    topics, statuses = _hints(left)
    return Understood(left, said.age if said else None, place, offered, topics, statuses, had_postcode)


def _is_postcode(place: PlaceRead | None) -> bool:
    """Whether a place was named by one: its halves can stand apart until an age between them is read."""
    return place is not None and place.kind == "postcode"


def _postcode(query: str, resolve: ResolvePlace) -> tuple[PlaceRead | None, str]:
    """The first full postcode that is known, and the text without any."""
    read = (resolve(match[0]) for match in _POSTCODE.finditer(query))
    known = next((place for place in read if place is not None and place.lives_in), None)
    return known, _POSTCODE.sub(" ", query)


def _without_postcodes(text: str) -> str:
    """One space between words; halves that came together as something between them was taken out go too."""
    left = " ".join(text.split())
    while (parted := _POSTCODE.sub(" ", left)) != left:
        left = " ".join(parted.split())
    return left


def _named_place(text: str, resolve: ResolvePlace) -> tuple[PlaceRead | None, tuple[PlaceRead, ...], str]:
    """The longest name that is one place, the places only offered, and the text without the name."""
    offered: list[PlaceRead] = []
    for start, end in _windows(text):
        name = text[start:end]
        if _is_everyday(text, start, name):
            continue
        read = resolve(name)
        if read is None:
            continue
        if read.lives_in is None or read.kind == "outcode" or _OUTCODE.fullmatch(name):
            offered.append(read)
            continue
        before = _JOINING_WORD.sub("", text[:start])
        return read, tuple(dict.fromkeys(offered)), f"{before} {text[end:]}"
    return None, tuple(dict.fromkeys(offered)), text


def _windows(text: str) -> Iterator[tuple[int, int]]:
    """Where runs of whole words start and end, the longest runs first, from the left."""
    spans = [match.span() for match in _NAME_WORD.finditer(text)]
    for size in range(min(MOST_WORDS_IN_A_NAME, len(spans)), 0, -1):
        for at in range(len(spans) - size + 1):
            yield spans[at][0], spans[at + size - 1][1]


def _is_everyday(text: str, start: int, name: str) -> bool:
    """Whether a run of words is no place name, or one that needs "in" or "near" before it."""
    parts = words(name)
    if not parts or name.isdigit() or (len("".join(parts)) < 3 and not _OUTCODE.fullmatch(name)):
        return True
    if is_stop_word(parts[0]) or is_stop_word(parts[-1]):
        return True
    return len(parts) == 1 and parts[0] in _everyday_places() and not _INTRODUCED.search(text[:start])


@lru_cache(maxsize=1)
def _everyday_places() -> frozenset[str]:
    return frozenset(word for line in read_lines("everyday_places.txt") for word in line.split())


def _hints(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The topics and statuses that words of the text point to, in the order of the list."""
    stems = f" {' '.join(stem(word) for word in words(text))} "
    found = [(kind, name) for kind, name, phrases in _hint_list() if any(each in stems for each in phrases)]
    return (
        tuple(name for kind, name in found if kind == "topic"),
        tuple(name for kind, name in found if kind == "status"),
    )


@lru_cache(maxsize=1)
def _hint_list() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    rows = []
    for line in read_lines("hints.txt"):
        head, _, phrases = line.partition("=")
        kind, _, name = head.strip().partition(" ")
        stemmed = (" ".join(stem(word) for word in words(each)) for each in phrases.split("|"))
        rows.append((kind, name.strip(), tuple(f" {each} " for each in stemmed)))
    return tuple(rows)
