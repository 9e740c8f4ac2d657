"""Reading care dates and the events around leaving care."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import get_args

from offer.eligibility.reading_dates import UnreadableError, read_date
from offer.eligibility.situation_parts import SPELL_KINDS, CareSpell, Fault, SpellKind, StatusEvents

MOST_SPELLS = 200
_SPELL_KEYS = ("start", "end", "kind")
_EVENTS = tuple(field.name for field in fields(StatusEvents))


def read_care(value: object, pointer: str) -> tuple[tuple[CareSpell, ...] | None, list[Fault]]:
    """The spells in order of their start; None with faults. An empty list = never in care."""
    if not isinstance(value, Sequence) or isinstance(value, str | bytes):
        return None, [Fault(pointer, "“care” must be a list of times in care.")]
    if len(value) > MOST_SPELLS:
        return None, [Fault(pointer, f"“care” can hold at most {MOST_SPELLS} times in care.")]
    spells: list[CareSpell] = []
    faults: list[Fault] = []
    for number, item in enumerate(value):
        spell, found = _read_spell(item, f"{pointer}/{number}", number + 1)
        faults += found
        if spell is not None:
            spells.append(spell)
    if faults:
        return None, faults
    return tuple(sorted(spells, key=lambda spell: spell.start)), []


def _read_spell(item: object, pointer: str, number: int) -> tuple[CareSpell | None, list[Fault]]:
    if not isinstance(item, Mapping):
        return None, [Fault(pointer, f"Time in care {number} needs a start, an end and a kind.")]
    faults = [
        Fault(f"{pointer}/{key}", f"Time in care {number} has a part that we do not know: “{str(key)[:60]}”.")
        for key in item
        if key not in _SPELL_KEYS
    ]
    read: dict[str, object] = {}
    for key, reader in (("start", _read_start), ("end", _read_end), ("kind", _read_kind)):
        try:
            read[key] = reader(item.get(key), number)
        except UnreadableError as problem:
            faults.append(Fault(f"{pointer}/{key}", str(problem)))
    if faults:
        return None, faults
    return _spell_in_order(read, pointer, number)


def _read_start(value: object, number: int) -> object:
    return read_date(value, f"The first day of time in care {number}")


def _read_end(value: object, number: int) -> object:
    return None if value is None else read_date(value, f"The first day out of time in care {number}")


def _read_kind(value: object, number: int) -> SpellKind:
    for kind in SPELL_KINDS:
        if value == kind:
            return kind
    raise UnreadableError(
        f"The kind of time in care {number} must be one of: {', '.join(get_args(SpellKind))}."
    )


def _spell_in_order(
    read: Mapping[str, object], pointer: str, number: int
) -> tuple[CareSpell | None, list[Fault]]:
    spell = CareSpell(**read)  # type: ignore[arg-type]  # each was read by its own kind
    if spell.end is not None and spell.end < spell.start:
        return None, [Fault(f"{pointer}/end", f"Time in care {number} ends before it starts.")]
    return spell, []


def read_events(value: object, pointer: str) -> tuple[StatusEvents, list[Fault]]:
    """The events that were told; None and absent stay open."""
    if not isinstance(value, Mapping):
        return StatusEvents(), [
            Fault(pointer, "“status_events” must name events, each true, false or a date.")
        ]
    read: dict[str, object] = {}
    faults: list[Fault] = []
    for key, told in value.items():
        place = f"{pointer}/{str(key)[:60]}"
        if key not in _EVENTS:
            faults.append(Fault(place, f"There is no event called “{str(key)[:60]}”."))
            continue
        try:
            read[key] = _read_event(str(key), told)
        except UnreadableError as problem:
            faults.append(Fault(place, str(problem)))
    return StatusEvents(**read), faults  # type: ignore[arg-type]  # each was read as an event


def _read_event(name: str, told: object) -> object:
    if told is None:
        return None
    if name == "adopted_on":
        return read_date(told, "The date you were adopted")
    if isinstance(told, bool):
        return told
    raise UnreadableError(f"“{name}” must be true or false.")
