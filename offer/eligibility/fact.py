"""What one fact is: the question that asks it, and the words a rule uses about it.

Phrases for a yes-or-no fact stand alone in a sentence: `yes` "you pay rent", `no`
"you do not pay rent"; `people` and `people_not` follow "This is for people", as in
"who pay rent". In a number fact `yes` holds `{value}` and `people` holds `{range}`:
"your savings are {value}", "whose savings are {range}". In a choice fact the phrases
stand on its options.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal, NamedTuple

FactType = Literal["bool", "choice", "int", "date", "area", "care", "events", "postcode"]
Unit = Literal["pence", "years", "months", "days"]
Value = bool | int | str | date

_COMMON: Mapping[
    Unit, range
] = {  # from birth to the age of forty; days to the 18th birthday to that of thirty
    "pence": range(0),
    "years": range(121),
    "months": range(480),
    "days": range(-4500, 6600),
}


class Gate(NamedTuple):
    """Ask the fact only once `fact` is known to be one of `allowed`."""

    fact: str
    allowed: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a choice: its stable value, its label, and its phrases (`you`, `people`)."""

    value: str
    label: str
    you: str
    people: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that may be known about a person.

    `sensitivity` 0 plain to 3 (immigration, custody, health, pregnancy). `needs`: every
    gate must hold before the question is asked. `changeable`: how much effort a change
    would take (1 little, 3 much); None = never suggest changing it. `derived` facts are
    worked out from `inputs`, which are asked instead, in that order. `unit` of a number;
    money is pence in the core and pounds at the door.
    """

    name: str
    type: FactType
    question: str
    why: str
    options: tuple[Option, ...] = ()
    yes: str = ""
    no: str = ""
    people: str = ""
    people_not: str = ""
    sensitivity: int = 0
    needs: tuple[Gate, ...] = ()
    changeable: int | None = None
    derived: bool = False
    inputs: tuple[str, ...] = ()
    unit: Unit | None = None
    most: int | None = None  # the largest number that can be true

    @property
    def values(self) -> frozenset[str]:
        """The values a choice may take; empty for every other type."""
        return frozenset(option.value for option in self.options)

    @property
    def common(self) -> Collection[Value]:
        """The values people have, for looking up beforehand; none for money and dates, which are too many."""
        return self.values or (_COMMON[self.unit] if self.unit else ())

    def option(self, value: str) -> Option | None:
        """The option of a choice with this value, if there is one."""
        return next((option for option in self.options if option.value == value), None)


def may_ask(fact: Fact, known: Mapping[str, Value]) -> bool:
    """Whether every gate of the fact is open on what is known."""
    return all(known.get(gate.fact) in gate.allowed for gate in fact.needs)


def closed(fact: Fact, known: Mapping[str, Value]) -> bool:
    """Whether some gate is known to be shut, so that the question makes no sense."""
    if not fact.needs:  # most have no gate, and an answer asks a hundred times
        return False
    return any(gate.fact in known and known[gate.fact] not in gate.allowed for gate in fact.needs)


def yes_no(
    name: str,
    question: str,
    why: str,
    yes: str,
    no: str,
    people: str,
    people_not: str,
    *,
    sensitivity: int = 0,
    needs: tuple[Gate, ...] = (),
    changeable: int | None = None,
    derived: bool = False,
    inputs: tuple[str, ...] = (),
) -> Fact:
    """A fact that is true or false."""
    return Fact(
        name=name, type="bool", question=question, why=why, yes=yes, no=no, people=people,
        people_not=people_not, sensitivity=sensitivity, needs=needs, changeable=changeable,
        derived=derived, inputs=inputs,
    )  # fmt: skip
