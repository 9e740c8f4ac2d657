"""Places by name in the form, by ONS code in the tree."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

LIVES_IN, LOOKED_AFTER = "lives_in", "responsible_authority"
_CALLED = {LIVES_IN: "district", LOOKED_AFTER: "council that looks after children"}


class PlaceFault(ValueError):  # noqa: N818 - what was typed, not what broke
    """A name that is no place of its kind; the text names it, and one that is near."""


@dataclass(frozen=True, slots=True)
class Named:
    """The places of one kind. A name that two codes share is said by its code."""

    names: Mapping[str, str]  # code → name, every name once
    codes: Mapping[str, str]  # name without capitals, or code → code


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """The places that facts may name, by fact."""

    kinds: Mapping[str, Named]

    def said(self, codes: Sequence[str], fact: str) -> str:
        """Codes as names, one a line; what is no place of the kind stands as it is."""
        names = self.kinds[fact].names
        return "\n".join(names.get(code, code) if isinstance(code, str) else "" for code in codes)

    def read(self, typed: str, fact: str) -> list[str]:
        """The codes of names, one a line, in their order. Raises PlaceFault."""
        return [self._code(name, fact) for line in typed.splitlines() if (name := " ".join(line.split()))]

    def all_of(self, fact: str) -> list[str]:
        """Every name of a kind, to choose from."""
        return sorted(self.kinds[fact].names.values())

    def _code(self, name: str, fact: str) -> str:
        kind = self.kinds[fact]
        code = kind.codes.get(name.casefold())
        if code is None:
            near = get_close_matches(name.casefold(), list(kind.codes), n=1)
            hint = f" Did you mean {kind.names[kind.codes[near[0]]]}?" if near else " Write its whole name."
            raise PlaceFault(f"We know no {_CALLED[fact]} called “{name[:60]}”.{hint}")
        return code


def named(pairs: Iterable[tuple[str, str]], others: Iterable[tuple[str, str]] = ()) -> Named:
    """Places of one kind from (code, name). `others`: what people call them besides, read but not said."""
    held = dict(pairs)
    counts = Counter(name.casefold() for name in held.values())
    names = {code: name if counts[name.casefold()] == 1 else code for code, name in held.items()}
    codes = {said.casefold(): code for code, said in names.items()}
    besides = {name.casefold(): code for code, name in others if code in held}
    return Named(names, besides | codes | {code.casefold(): code for code in held})


def place_words(
    districts: Iterable[tuple[str, str]],
    authorities: Iterable[tuple[str, str]],
    others: Sequence[tuple[str, str]] = (),
) -> PlaceWords:
    """The words for both kinds of place, from (code, name); `others`: what people call them besides."""
    return PlaceWords({LIVES_IN: named(districts, others), LOOKED_AFTER: named(authorities, others)})
