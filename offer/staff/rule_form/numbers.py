"""The two ends of a number as people write them, and back: exact both ways.

The first end counts, the second does not: "from 18, under 25". Money is in pounds and its second end is
the most that still counts, as laws say it: before 19501 pence is "at most £195".
"""

import re
from typing import Any

from offer.eligibility.fact import Fact

_POUNDS = re.compile(r"(\d{1,9})(?:\.(\d{2}))?", re.ASCII)
_WHOLE = re.compile(r"-?\d{1,6}", re.ASCII)


class NumberFault(ValueError):  # noqa: N818 - what was typed, not what broke
    """A number that cannot be read; the text says how to write it."""


def end_labels(fact: Fact) -> tuple[str, str]:
    """What stands over the two boxes."""
    if fact.unit == "pence":
        return "At least (£)", "At most (£)"
    if fact.unit == "years":
        return "From age" if fact.name.startswith("age") else "At least (years)", "Under"
    return f"At least ({fact.unit})", f"Under ({fact.unit})"


def said_from(fact: Fact, value: Any) -> str:
    """The first end as it stands in its box; "" for none."""
    if not _is_number(value):
        return ""
    return _pounds(value) if fact.unit == "pence" else str(value)


def said_until(fact: Fact, value: Any) -> str:
    """The second end as it stands in its box; "" for none."""
    if not _is_number(value):
        return ""
    return _pounds(value - 1) if fact.unit == "pence" else str(value)


def read_from(fact: Fact, typed: str) -> int | None:
    """The first end, None for an empty box. Raises NumberFault."""
    return _read(fact, typed)


def read_until(fact: Fact, typed: str) -> int | None:
    """The second end, which does not count itself; None for an empty box. Raises NumberFault."""
    value = _read(fact, typed)
    return value + 1 if value is not None and fact.unit == "pence" else value


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _pounds(pence: int) -> str:
    pounds, rest = divmod(pence, 100)
    return f"{pounds}.{rest:02}" if rest else str(pounds)


def _read(fact: Fact, typed: str) -> int | None:
    plain = typed.replace(",", "").replace("£", "").replace(" ", "")
    if not plain:
        return None
    if fact.unit == "pence":
        found = _POUNDS.fullmatch(plain)
        if not found:
            raise NumberFault(f"“{typed[:40]}” is not an amount. Write pounds, such as 195 or 195.50.")
        return int(found[1]) * 100 + int(found[2] or 0)
    if not _WHOLE.fullmatch(plain):
        raise NumberFault(f"“{typed[:40]}” is not a whole number. Write it in figures, such as 18.")
    return int(plain)
