"""The dated terms of an entry by place, and its dated amounts: new ones from a day, put right, taken out.

Pure: bodies in, bodies out. Days are ISO dates as bodies hold them; `start` counts, `end` does not, None
is open.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from offer.eligibility.rule_checks import Span, gaps, overlaps
from offer.eligibility.wording import Names, said_day

Row = Mapping[str, Any]
_FIRST, _LAST = "0000", "9999"  # before and after every day, as text


class TermFault(ValueError):  # noqa: N818 - what was typed, not what broke
    """A day or a row that does not fit the others; the text says what to do."""


def key_of(row: Row) -> str:
    """What tells a row from the others of an entry: "E07000136.2025-04-01.25"."""
    return ".".join(str(row.get(name) or "") for name in ("area", "start", "age_before"))


def row_with(rows: Sequence[Row], key: str) -> Row | None:
    """The row with that key; None where it is gone."""
    return next((row for row in rows if key_of(row) == key), None)


def in_order(rows: Iterable[Row], names: Names) -> list[Row]:
    """The rows by the name of the place, then by date, then by age."""
    return sorted(
        rows, key=lambda row: (_name(row, names), row.get("start") or "", row.get("age_before") or 0)
    )


def from_day(rows: Sequence[Row], old: Row, new: Row, day: str) -> list[Row]:
    """The rows with a new one from a day: what held there on that day ends, and the new one holds on from it.

    The new row ends where the next one of the place begins, or where the old one was to end. Raises
    TermFault where a row of the place already begins on that day, or the old one does not hold then.
    """
    area = [row for row in rows if row["area"] == old["area"]]
    if any(row.get("start") == day for row in area):
        raise TermFault("A row for this place already begins on that day. Put that one right instead.")
    if not _holds(old, day):
        raise TermFault("The row you began from does not hold on that day. Choose a day on which it does.")
    later = min((row["start"] for row in area if (row.get("start") or _FIRST) > day), default=None)
    end = min(later or _LAST, old.get("end") or _LAST)
    made = {**new, "start": day, "end": None if end == _LAST else end}
    found: list[Row] = []
    for row in rows:
        found.append({**row, "end": day} if row in area and _holds(row, day) else row)
        found += [_tidy(made)] if row is old else []
    return found


def put_right(rows: Sequence[Row], old: Row, new: Row) -> list[Row]:
    """The rows with one of them as it should have been."""
    return [_tidy(new) if row is old else row for row in rows]


def added(rows: Sequence[Row], new: Row) -> list[Row]:
    """The rows with one more, beside those of its place."""
    places = [row["area"] for row in rows]
    after = max((n + 1 for n, area in enumerate(places) if area <= new["area"]), default=0)
    return [*rows[:after], _tidy(new), *rows[after:]]


def without(rows: Sequence[Row], old: Row) -> list[Row]:
    """The rows without one."""
    return [row for row in rows if row is not old]


def told_overlaps(rows: Iterable[Row], names: Names) -> list[str]:
    """Rows of one place that hold on the same day, so that nobody can tell which counts, in words."""
    return [
        f"{names.get(early.area, early.area)}: the row {_from(early.start)} and the row {_from(late.start)} "
        "hold on the same days. End the first one on the day the second begins."
        for early, late in overlaps(_spans(rows))
    ]


def told_gaps(rows: Iterable[Row], names: Names) -> list[str]:
    """Days of one place that no row covers, in words."""
    return [
        f"{names.get(early.area, early.area)}: nothing is known from {said_day(early.end)} until "
        f"{said_day(late.start)}. People are then told to ask."
        for early, late in gaps(_spans(rows))
        if early.end and late.start
    ]


def amounts_of(body: Mapping[str, Any]) -> list[Row]:
    """The amounts of a body, as they stand: the first one is its `amount`."""
    first = [body["amount"]] if body.get("amount") else []
    return [*first, *body.get("more_amounts", ())]


def amount_with(amounts: Sequence[Row], number: str) -> Row | None:
    """The amount at a place of the list, counted from 0; None for none."""
    there = number.isascii() and number.isdigit() and len(number) < 4 and int(number) < len(amounts)
    return amounts[int(number)] if there else None


def with_amounts(amounts: Sequence[Row]) -> dict[str, Any]:
    """The fields of a body for those amounts; None takes a field out."""
    return {"amount": amounts[0] if amounts else None, "more_amounts": list(amounts[1:]) or None}


def amount_from_day(amounts: Sequence[Row], old: Row, new: Row, day: str) -> list[Row]:
    """The amounts with a new one from a day, on which the old one ends. Raises TermFault."""
    if any(each.get("start") == day for each in amounts):
        raise TermFault("An amount already begins on that day. Put that one right instead.")
    if not _holds(old, day):
        raise TermFault("The amount you began from does not hold on that day. Choose a day on which it does.")
    later = min((each["start"] for each in amounts if (each.get("start") or _FIRST) > day), default=None)
    end = min(later or _LAST, old.get("end") or _LAST)
    made = _tidy({**new, "start": day, "end": None if end == _LAST else end})
    return [*({**each, "end": day} if each is old else each for each in amounts), made]


def _holds(row: Row, day: str) -> bool:
    return (row.get("start") or _FIRST) <= day < (row.get("end") or _LAST)


def _tidy(row: Row) -> Row:
    return {name: value for name, value in row.items() if value not in (None, [], "")}


def _name(row: Row, names: Names) -> str:
    return names.get(row["area"], row["area"]).casefold()


def _spans(rows: Iterable[Row]) -> list[Span]:
    return [Span(r["area"], _day(r.get("start")), _day(r.get("end")), r.get("age_before")) for r in rows]


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _from(day: date | None) -> str:
    return f"from {said_day(day)}" if day else "without a first day"
