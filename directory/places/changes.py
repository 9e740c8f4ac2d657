"""Councils that are to be replaced: what is known ahead, and how people are told.

A row without a code is told in words only. With its code it also becomes a new district and
the successor of the old one, from its day (see `Areas`). Data: `directory/data/coming_councils.csv`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from directory.phrase import day_phrase, listed, phrase


@dataclass(frozen=True, slots=True)
class Change:
    """A district that becomes part of `becomes` on `day`. `code`: the new council's; None = not published."""

    gss: str
    day: date
    becomes: str
    code: str | None = None


def read_change(row: Mapping[str, str]) -> Change:
    """A row of the file. Raises ValueError or KeyError for one of another form."""
    return Change(row["gss"], date.fromisoformat(row["from"]), row["becomes"], row["code"] or None)


def told(changes: Iterable[Change], name: str, on: date) -> str | None:
    """What people of a district or county called `name` are told on a day; None without a change.

    With several new councils, as for a county that is cut in two, nobody is put in one by guess.
    """
    coming = sorted(changes, key=lambda each: each.becomes)
    if not coming:
        return None
    day = min(each.day for each in coming)
    new = listed(dict.fromkeys(each.becomes for each in coming), "or")
    said = day_phrase(day)
    if on < day:
        return phrase(
            "From %(day)s the council for %(name)s will be %(new)s: from that day, ask there.",
            day=said, name=name, new=new,
        )  # fmt: skip
    return phrase(
        "Since %(day)s the council for %(name)s is %(new)s: what we hold may have changed, so ask there.",
        day=said, name=name, new=new,
    )  # fmt: skip
