"""Reading what was sent: types, dates and values, every fault at once, in plain words.

Nothing is guessed. None and absent mean unknown; a fact nobody has heard of is a fault.
Money comes in pounds with at most two decimals and is kept in pence.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from difflib import get_close_matches
from types import MappingProxyType

from offer.eligibility.fact import Fact, Value
from offer.eligibility.facts import FACTS
from offer.eligibility.reading_care import read_care, read_events
from offer.eligibility.reading_dates import UnreadableError, read_date
from offer.eligibility.situation_parts import CareSpell, Fault, Situation, StatusEvents

_GSS = re.compile(r"[EWSN][0-9]{8}")
_LONGEST_TEXT = 60


def read_facts(raw: Mapping[str, object], on: date) -> tuple[Situation, tuple[Fault, ...]]:
    """The situation told on `on`, and what could not be read. Clashes are looked for elsewhere."""
    faults: list[Fault] = []
    facts: dict[str, Value] = {}
    care: tuple[CareSpell, ...] | None = None
    events = StatusEvents()
    for key, value in raw.items():
        name = str(key)
        pointer = f"/facts/{_escaped(name)}"
        if name not in FACTS:
            faults.append(Fault(pointer, unknown_fact(name)))
        elif value is None:
            continue
        elif name == "care":
            care, found = read_care(value, pointer)
            faults += found
        elif name == "status_events":
            events, found = read_events(value, pointer)
            faults += found
        else:
            try:
                facts[name] = read_value(FACTS[name], value)
            except UnreadableError as problem:
                faults.append(Fault(pointer, str(problem)))
    born = facts.pop("date_of_birth", None)
    situation = Situation(
        told_on=on,
        facts=MappingProxyType(facts),
        date_of_birth=born if isinstance(born, date) else None,
        care=care,
        events=events,
    )
    return situation, tuple(faults)


def unknown_fact(name: str) -> str:
    """What to say about a name that is not in the registry."""
    short = name[:_LONGEST_TEXT]
    near = get_close_matches(short, FACTS, n=1)
    hint = f" Did you mean “{near[0]}”?" if near else ""
    return f"There is no fact called “{short}”.{hint}"


def read_value(fact: Fact, value: object) -> Value:
    """One plain fact in its own type. UnreadableError, in plain words, for anything else."""
    return _READERS[fact.type](fact, value)


def _read_bool(fact: Fact, value: object) -> Value:
    if isinstance(value, bool):
        return value
    raise UnreadableError(f"“{fact.name}” must be true or false.")


def _read_choice(fact: Fact, value: object) -> Value:
    if isinstance(value, str) and value in fact.values:
        return value
    raise UnreadableError(f"“{fact.name}” must be one of: {', '.join(o.value for o in fact.options)}.")


def _read_area(fact: Fact, value: object) -> Value:
    if isinstance(value, str) and _GSS.fullmatch(value):
        return value
    raise UnreadableError(f"“{fact.name}” must be a place code such as E06000047.")


def _read_postcode(fact: Fact, value: object) -> Value:
    if isinstance(value, str) and value.strip() and len(value) <= _LONGEST_TEXT:
        return value.strip()
    raise UnreadableError(f"“{fact.name}” must be a postcode such as DH1 5UL.")


def _read_date_fact(fact: Fact, value: object) -> Value:
    return read_date(value, f"“{fact.name}”")


def _read_number(fact: Fact, value: object) -> Value:
    number = _read_pence(fact, value) if fact.unit == "pence" else _read_whole(fact, value)
    least = None if fact.name == "days_to_18th_birthday" else 0
    if least is not None and number < least:
        raise UnreadableError(f"“{fact.name}” cannot be less than 0.")
    if fact.most is not None and number > fact.most:
        most = f"£{fact.most // 100:,}" if fact.unit == "pence" else f"{fact.most:,}"
        raise UnreadableError(f"“{fact.name}” cannot be more than {most}.")
    return number


def _read_whole(fact: Fact, value: object) -> int:
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, float) and value.is_integer():
        return int(value)  # JSON does not tell 19.0 from 19
    raise UnreadableError(f"“{fact.name}” must be a whole number.")


def _read_pence(fact: Fact, value: object) -> int:
    problem = UnreadableError(f"“{fact.name}” must be an amount in pounds, such as 195 or 195.50.")
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise problem
    try:
        pence = Decimal(str(value)) * 100
    except InvalidOperation:
        raise problem from None
    if not pence.is_finite() or pence != pence.to_integral_value():
        raise problem
    return int(pence)


_READERS: Mapping[str, Callable[[Fact, object], Value]] = {
    "bool": _read_bool,
    "choice": _read_choice,
    "area": _read_area,
    "postcode": _read_postcode,
    "date": _read_date_fact,
    "int": _read_number,
}


def _escaped(name: str) -> str:
    """A name as one step of a JSON pointer (RFC 6901)."""
    return name[:_LONGEST_TEXT].replace("~", "~0").replace("/", "~1")
