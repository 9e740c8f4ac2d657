"""What somebody sent, as cells: the only form in which the rest of this package sees a file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias


class Refusal(ValueError):  # noqa: N818 - one word for it everywhere
    """A file that is not read at all; the words say why and what to do instead."""


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A cell that holds no value we take, such as a formula; `words` say what to do."""

    words: str


@dataclass(frozen=True, slots=True)
class Serial:
    """A day that a spreadsheet holds and shows as a number: `number` as shown, `day` as it would be."""

    number: Decimal
    day: date


Cell: TypeAlias = str | Decimal | date | bool | Serial | Unreadable | None


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its number in the file, from 1, and its cells by heading."""

    number: int
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet: its name, its headings in order, its rows. `notes`: what to tell whoever sent it."""

    name: str
    headings: tuple[str, ...]
    lines: tuple[Line, ...]
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


NOTHING: Mapping[str, Cell] = MappingProxyType({})


def is_blank(cell: Cell) -> bool:
    """Whether there is nothing in a cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def same_heading(heading: str) -> str:
    """A heading as it is compared: small letters, single blanks."""
    return " ".join(heading.replace("\ufeff", "").split()).casefold()
