"""Noise as decisions: the bytes of an input choose what becomes of well-formed data.

A reader of JSON throws most noise away at its first byte. Here the bytes choose instead which part of a
real record is replaced, taken out or doubled, and by what: so noise reaches what is read afterwards.
"""

import copy
from collections.abc import Sequence
from typing import Any, TypeVar

One = TypeVar("One")
_ODD: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 2**31, 2**63, -(2**70), 0.5, -0.0, 1e308, "", " ", "\n", "\x00", "0", "-1",
    "²", "٣", "1e999", "nan", "null", "true", "𝕏", "é", "\u202e", "\ufeff", "\ud800", "<b>x</b>", "a" * 5000,
    "0001-01-01", "9999-12-31", "2024-02-29", "2007-02-29", "2026-11-22T25:61:00Z", "E06000047", "E99999999",
    "javascript:alert(1)", "http://[", "=1+1", "'", '"', "%s %(x)s {0}", "../..", [], {}, [[]], [None],
    {"": ""},
)  # fmt: skip


class Choices:
    """Decisions, one byte or a few each; zeros when the bytes are used up."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    @property
    def is_over(self) -> bool:
        """Whether nothing is left to decide by."""
        return self._at >= len(self._data)

    def number(self, below: int) -> int:
        """A whole number from 0 up to, and not, `below`."""
        size = 1 if below <= 256 else 2 if below <= 65536 else 4
        return int.from_bytes(self.take(size), "big") % below

    def take(self, size: int) -> bytes:
        """The next bytes, filled up with zeros."""
        taken = self._data[self._at : self._at + size]
        self._at += size
        return taken.ljust(size, b"\0")

    def rest(self) -> bytes:
        """All that is left."""
        left, self._at = self._data[self._at :], len(self._data)
        return left

    def one_of(self, options: Sequence[One]) -> One:
        """One of several."""
        return options[self.number(len(options))]

    def text(self) -> str:
        """A short text of whatever the bytes say."""
        return self.take(self.number(40)).decode("utf-8", "replace")

    def value(self, words: Sequence[str]) -> Any:
        """Any JSON value: an odd one, one of `words`, a text, a number, or a few of them."""
        match self.number(8):
            case 0 | 1:
                return copy.deepcopy(self.one_of(_ODD))
            case 2 | 3 if words:
                return self.one_of(words)
            case 4:
                return [self.value(words) for _ in range(self.number(4))]
            case 5:
                return {str(self.one_of(words) if words else self.text()): self.value(words)}
            case 6:
                return self.number(2**32)
            case _:
                return self.text()

    def damaged(self, record: Any, words: Sequence[str], most: int = 8) -> Any:
        """A copy of a record with a few of its parts replaced, taken out, doubled or put in."""
        made = {"": copy.deepcopy(record)}
        for _ in range(1 + self.number(most)):
            if self.is_over:
                break
            self._damage(*self.one_of(_places(made)), words)
        return made.get("")

    def _damage(self, inside: Any, key: Any, words: Sequence[str]) -> None:
        match self.number(8):
            case 0 if not (isinstance(inside, dict) and key == ""):
                del inside[key]
            case 1 if isinstance(inside, list):
                inside.append(copy.deepcopy(inside[key]))
            case 1 | 2 if words and isinstance(inside[key], dict):
                inside[key][self.one_of(words)] = self.value(words)
            case 3 if isinstance(inside[key], str):
                at = self.number(len(inside[key]) + 1)
                inside[key] = inside[key][:at] + self.text() + inside[key][at:]
            case _:
                inside[key] = self.value(words)


def _places(value: Any) -> list[tuple[Any, Any]]:
    """Every part of a value, as what holds it and the key there."""
    pairs = list(value.items() if isinstance(value, dict) else enumerate(value))
    return [
        place
        for key, part in pairs
        for place in [(value, key), *(_places(part) if isinstance(part, dict | list) else ())]
    ]
