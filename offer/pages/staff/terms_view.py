"""The rows of the terms page in words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from offer.eligibility.wording import Names, said_day
from offer.pages.staff.term_fields import SURE, WHO
from offer.staff import terms
from offer.staff.terms import Row


@dataclass(frozen=True, slots=True)
class TermLine:
    """One row of the table, in words. `key` names it in addresses; `now`: it holds; `over`: it ended."""

    key: str
    place: str
    start: str
    end: str
    age: str
    off: str
    who: str
    sure: str
    now: bool
    over: bool


@dataclass(frozen=True, slots=True)
class TermTable:
    """The rows of a place. `place`: what was looked for; `place_names`: of all rows that can be found.

    `overlaps`, `gaps`: days on which two rows count, or none.
    """

    place: str
    lines: tuple[TermLine, ...]
    place_names: tuple[str, ...]
    overlaps: tuple[str, ...]
    gaps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AmountLine:
    """One amount of the table, in words."""

    key: str
    text: str
    start: str
    end: str
    now: bool


def table_of(rows: Sequence[Row], place: str, names: Names, on: date, *, shown: bool) -> TermTable:
    """The rows by place and date, narrowed to the places that are called so. `shown`: whether any are."""
    lines = tuple(_line(row, names, on) for row in terms.in_order(rows, names)) if shown else ()
    return TermTable(
        place=place,
        lines=tuple(line for line in lines if place.casefold() in line.place.casefold()),
        place_names=tuple(dict.fromkeys(line.place for line in lines)),
        overlaps=tuple(terms.told_overlaps(rows, names)),
        gaps=tuple(terms.told_gaps(rows, names)),
    )


def amount_lines(amounts: Sequence[Row], on: date) -> tuple[AmountLine, ...]:
    """The amounts by date; their keys are their places in the body."""
    found = [_amount_line(number, each, on) for number, each in enumerate(amounts)]
    starts = [each.get("start") or "" for each in amounts]
    return tuple(line for _, line in sorted(zip(starts, found, strict=True), key=lambda pair: pair[0]))


def _line(row: Row, names: Names, on: date) -> TermLine:
    age, percent = row.get("age_before"), row.get("percent")
    return TermLine(
        key=terms.key_of(row),
        place=names.get(row["area"], row["area"]),
        start=_said(row.get("start")) or "Not known",
        end=_said(row.get("end")) or "Open",
        age="Not found" if age is None else str(age),
        off="Not found" if percent is None else f"{percent}%",
        who=WHO.get(row.get("who", "not-stated"), ""),
        sure=SURE.get(row.get("confidence", ""), ""),
        now=_is_now(row, on),
        over=(row.get("end") or "9999") <= on.isoformat(),
    )


def _amount_line(number: int, amount: Row, on: date) -> AmountLine:
    start, end = _said(amount.get("start")) or "Not dated", _said(amount.get("end")) or "Open"
    return AmountLine(str(number), amount.get("text", ""), start, end, _is_now(amount, on))


def _is_now(row: Row, on: date) -> bool:
    day = on.isoformat()
    return (row.get("start") or "") <= day < (row.get("end") or "9999")


def _said(day: str | None) -> str:
    return str(said_day(date.fromisoformat(day))) if day else ""
