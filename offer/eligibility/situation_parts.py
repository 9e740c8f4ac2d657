"""The shapes of what is known about one person, and of what was wrong with the input."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal

from offer.eligibility.fact import Value

SpellKind = Literal["full", "remand", "short_break", "private_fostering"]
SPELL_KINDS: tuple[SpellKind, ...] = ("full", "remand", "short_break", "private_fostering")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with the input: where (`/facts/care/0/end`) and, in plain words, what."""

    pointer: str
    detail: str


@dataclass(frozen=True, slots=True)
class CareSpell:
    """One stay. `start` is the first day in, `end` the first day out; no end = still there."""

    start: date
    end: date | None
    kind: SpellKind = "full"

    @property
    def is_council_care(self) -> bool:
        """Private fostering is arranged by families: never council care."""
        return self.kind != "private_fostering"

    @property
    def is_counted(self) -> bool:
        """Short breaks are care, but their days do not count (CPR 2010 reg 48)."""
        return self.kind in ("full", "remand")


@dataclass(frozen=True, slots=True)
class StatusEvents:
    """What happened around leaving care. None = not said; beside care dates that means no."""

    lived_6_months_with_parent_or_pr: bool | None = None
    that_arrangement_broke_down: bool | None = None
    sgo_immediately_after_care: bool | None = None
    detained_or_hospital_on_16th_birthday: bool | None = None
    privately_fostered_disabled_child: bool | None = None
    adopted_on: date | None = None


@dataclass(frozen=True, slots=True)
class Situation:
    """Everything a person told us, read once and never changed.

    `facts` holds the plain facts (money in pence; `postcode` as typed). `care` is None
    when nothing was said and empty when never in care. `told_on` is the day it was told:
    a timeline asks about later days.
    """

    told_on: date
    facts: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    date_of_birth: date | None = None
    care: tuple[CareSpell, ...] | None = None
    events: StatusEvents = StatusEvents()
