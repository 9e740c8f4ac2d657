"""Dated terms of districts, before and after: "From 1 April 2027: until you turn 25". Pure."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from directory.phrase import Phrase, day_phrase, phrase

Row = Mapping[str, Any]


def term_parts(before: Sequence[Row], after: Sequence[Row]) -> Iterator[tuple[str, Phrase]]:
    """The code of each district whose terms differ, and how, in the order of the newer list."""
    areas = dict.fromkeys(str(row.get("area")) for row in (*after, *before))
    for area in areas:
        old = [row for row in before if row.get("area") == area]
        new = [row for row in after if row.get("area") == area]
        for words in _differing(old, new):
            yield area, words


def _differing(old: Sequence[Row], new: Sequence[Row]) -> Iterator[Phrase]:
    """What came, beside what held before it; what only ended; what is gone."""
    told_old, told_new = [_told(row) for row in old], [_told(row) for row in new]
    came = [row for row in new if _told(row) not in told_old]
    gone = [row for row in old if _told(row) not in told_new]
    for row in came:
        start, was = row.get("start"), _holding(old, row.get("start"))
        if was and was in gone:
            gone.remove(was)
        yield _said(_terms(row), _terms(was) if was else None, start)
    yield from (phrase("No longer on our list: “%(old)s”.", old=_terms(row)) for row in gone)
    ends = {_told(row): row.get("end") for row in old}
    for row in new:
        end = row.get("end")
        if not came and _told(row) in told_old and end and end != ends[_told(row)]:
            yield phrase(
                "“%(now)s” ends on %(day)s.", now=_terms(row), day=day_phrase(date.fromisoformat(end))
            )


def _told(row: Row) -> tuple[object, ...]:
    """What a reader sees of a row, but for its end."""
    if row.get("confidence") == "existence only":
        return (row.get("start"), None, None, (), row.get("who"))
    bands = tuple(row.get("bands", ()))
    return (row.get("start"), row.get("age_before"), row.get("percent"), bands, row.get("who"))


def _holding(rows: Sequence[Row], day: str | None) -> Row | None:
    """The row that held on the day a new one begins; without a day, the last one."""
    held = [row for row in rows if day is None or (row.get("start") or "") <= day]
    return max(held, key=lambda row: row.get("start") or "", default=None)


def _said(now: Phrase, was: Phrase | None, start: str | None) -> Phrase:
    if start is None:
        if was is None or was == now:
            return phrase("New: %(now)s.", now=now)
        return phrase("Now %(now)s. Before: %(was)s.", now=now, was=was)
    day = day_phrase(date.fromisoformat(start))
    if was is None or was == now:
        return phrase("From %(day)s: %(now)s.", day=day, now=now)
    return phrase("From %(day)s: %(now)s. Before: %(was)s.", day=day, now=now, was=was)


def _terms(row: Row) -> Phrase:
    """ "100% off, until you turn 25"."""
    weak = row.get("confidence") == "existence only"
    age, percent = (None, None) if weak else (row.get("age_before"), row.get("percent"))
    if age is None and percent is None:
        return phrase("something off: ask how much and until what age")
    if age is None:
        return phrase("%(percent)s%% off", percent=percent)
    if percent is None:
        return phrase("until you turn %(age)s", age=age)
    return phrase("%(percent)s%% off, until you turn %(age)s", percent=percent, age=age)
