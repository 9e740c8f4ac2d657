"""Reading `words/crisis.txt`, whose own head says how it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search.analysis import catalogue_stem, words
from search.lists import Line, read_list
from search.synonyms import content_stems

Pattern = tuple[frozenset[str], ...]  # words in order, each with those that serve alike

# Left out of the lists and of the query before matching.
LIGHT = frozenset(
    {"a", "an", "the", "of", "my", "our", "your", "their", "his", "to", "for"}
    | {"any", "some", "really", "so", "just", "very"}
)


class BadCrisisLineError(ValueError):
    """A line of the crisis lists that cannot be read, with its number."""


@dataclass(frozen=True, slots=True)
class Need:
    """One list: what sets it off, what does not, and what the search then looks for."""

    name: str
    look_for: tuple[tuple[str, ...], ...]
    patterns: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]

    @property
    def all_patterns(self) -> tuple[Pattern, ...]:
        return self.patterns + self.unless

    def stemmed(self) -> Need:
        """The same need with stems for words."""
        return replace(
            self,
            patterns=tuple(map(_stemmed, self.patterns)),
            unless=tuple(map(_stemmed, self.unless)),
        )


def read_needs() -> tuple[Need, ...]:
    """The lists in the order of the file. Raises BadCrisisLineError."""
    sets: dict[str, frozenset[str]] = {}
    needs: list[Need] = []
    for line in read_list("crisis.txt"):
        text = line.text
        if text.startswith("set "):
            name, equals, members = text[4:].partition("=")
            if not equals:
                raise BadCrisisLineError(f"line {line.number}: write it as: set NAME = word word")
            sets[name.strip()] = frozenset(members.split())
        elif text.startswith("["):
            needs.append(Need(text.strip("[] "), (), (), ()))
        elif not needs:
            raise BadCrisisLineError(f"line {line.number}: stands before the first [need]")
        else:
            needs[-1] = _with(needs[-1], line, sets)
    return tuple(needs)


def _with(need: Need, line: Line, sets: dict[str, frozenset[str]]) -> Need:
    kind, colon, rest = line.text.partition(":")
    if not colon:
        return replace(need, patterns=(*need.patterns, _pattern(line.text, line.number, sets)))
    if kind == "look for":
        targets = tuple(filter(None, (content_stems(part) for part in rest.split("|"))))
        return replace(need, look_for=targets)
    if kind == "unless":
        return replace(need, unless=(*need.unless, _pattern(rest, line.number, sets)))
    raise BadCrisisLineError(f"line {line.number}: no such setting: {kind!r}")


def _pattern(text: str, number: int, sets: dict[str, frozenset[str]]) -> Pattern:
    parts = []
    for part in text.split():
        options = frozenset(word for name in part.split("/") for word in _set(name, number, sets))
        if not options <= LIGHT:
            parts.append(options)
    if not parts:
        raise BadCrisisLineError(f"line {number}: only small words")
    return tuple(parts)


def _set(name: str, number: int, sets: dict[str, frozenset[str]]) -> frozenset[str]:
    if name.isupper():
        if name not in sets:
            raise BadCrisisLineError(f"line {number}: no set named {name}")
        return sets[name]
    if words(name) != [name]:
        raise BadCrisisLineError(f"line {number}: not one plain word: {name!r}")
    return frozenset((name,))


def _stemmed(pattern: Pattern) -> Pattern:
    return tuple(frozenset(catalogue_stem(word) for word in options) for options in pattern)


def forms_of(word: str) -> Iterator[str]:
    """The regular forms of a word that share its stem, so that a misspelt form is known too."""
    bare = word.removesuffix("e")
    doubled = word + word[-1]
    for form in (word, f"{word}s", f"{word}es", f"{bare}ed", f"{bare}ing", f"{doubled}ed", f"{doubled}ing"):
        if form == word or (len(word) > 2 and catalogue_stem(form) == catalogue_stem(word)):
            yield form
