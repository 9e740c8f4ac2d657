"""Rules nobody would write: every kind of test, deep and upside down, to be read in two languages.

A catalogue's rules are alike. These are made by chance from the whole grammar, so that a
twin which is wrong only where no rule of today goes is found out too.
"""

from collections.abc import Sequence
from datetime import date
from random import Random
from typing import Any

from offer.eligibility.facts import FACTS
from offer.entitlements.schema import ENGLAND, Amount, Entitlement, ParameterRow
from offer.published import COUNCIL_TAX

Tree = dict[str, Any]
RULES = 120
_TESTED = [fact for fact in FACTS.values() if fact.type in ("bool", "choice", "int", "area", "date")]
_PLACES = ("E07000139", "E07000138", "E06000047", "E10000019", "W06000015")
_NUMBERS = {
    "pence": (1, 19501, 61600, 600001),
    "months": (12, 189, 192, 216, 300),
    "days": (0, 29, 91, 92, 400),
    "years": (14, 16, 18, 19, 22, 26),  # not 21 and 25: statuses change then though no rule says so
}
_STRETCHES = (date(2027, 4, 1), date(2029, 4, 1))  # days on which council tax rules change
_LAW_DAYS = (date(2020, 4, 1), date(2026, 11, 22), date(2026, 11, 23), *_STRETCHES, date(2035, 9, 1))


def invented_entries(entries: Sequence[Entitlement]) -> list[Entitlement]:
    """A catalogue of invented rules, and one real entry whose terms change on days to come."""
    model = next(entry for entry in entries if entry.authority == ENGLAND and entry.in_force == "yes")
    tax = next(entry for entry in entries if entry.id == COUNCIL_TAX)
    chance = Random(3)
    made = [
        model.model_copy(
            update={
                "id": f"invented-{n}",
                "title": f"Invented {n}",
                "rule": _Maker(chance).rule(),
                **_dates(chance),
            }
        )
        for n in range(RULES)
    ]
    return [*made, tax.model_copy(update={"terms": _terms(tax.terms)})]


def _dates(chance: Random) -> Tree:
    """For some: a first day, a day on which it is over, no start found at all, and figures for some days."""
    begins, ends, changes = sorted(chance.sample(_LAW_DAYS, 3))
    amounts = [Amount(text="£1", end=changes), Amount(text="£2", start=changes)]
    return {
        "in_force": chance.choice(("yes", "yes", "not-yet")),
        "begins": begins if chance.random() < 0.3 else None,
        "ends": ends if chance.random() < 0.2 else None,
        "coming": chance.choice((None, "Nobody has said when.")),
        "amount": amounts[0],
        "more_amounts": amounts[1:] if chance.random() < 0.5 else [],
    }


def _terms(rows: Sequence[ParameterRow]) -> list[ParameterRow]:
    """The rules of three districts end, begin, or begin later and end again."""
    changes: dict[str, Tree] = {
        "E06000047": {"start": None, "end": _STRETCHES[0]},
        "E07000139": {"start": _STRETCHES[0], "end": None},
        "E07000138": {"start": _STRETCHES[0], "end": _STRETCHES[1]},
    }
    first = {row.area: row for row in reversed(rows) if row.area in changes}
    return [
        row.model_copy(update={**changes[area], "age_before": 22, "who": "any", "confidence": "partly"})
        for area, row in first.items()
    ]


class _Maker:
    """One rule, each node with an id of its own."""

    def __init__(self, chance: Random) -> None:
        self.chance = chance
        self.count = 0
        self.facts = chance.sample(_TESTED, 5)  # few facts, so that tests of one meet in one rule

    def rule(self) -> Tree:
        return self._node(3)

    def _id(self) -> str:
        self.count += 1
        return f"n{self.count}"

    def _node(self, levels: int) -> Tree:
        kind = self.chance.random()
        if levels == 0 or kind < 0.25:
            return self._leaf()
        if kind < 0.4:
            return {"id": self._id(), "not": self._node(levels - 1)}
        name = "all" if kind < 0.7 else "any"
        parts = [self._node(levels - 1) for _ in range(self.chance.randrange(1, 4))]
        return {"id": self._id(), name: parts}

    def _leaf(self) -> Tree:
        if self.chance.random() < 0.06:
            return {
                "id": self._id(),
                "ask": self.chance.choice(("Your adviser agrees", "Is there money left?")),
            }
        fact = self.chance.choice(self.facts)
        leaf: Tree = {"id": self._id(), "fact": fact.name}
        if self.chance.random() < 0.3:
            leaf |= {"why": f"This is about {fact.name}", "cite": "Nobody's Act 1999 s.1"}
        if fact.type == "bool":
            return leaf | {"is": self.chance.random() < 0.5}
        if fact.type in ("choice", "area"):
            values = sorted(fact.values) or list(_PLACES)
            return leaf | {
                "in": self.chance.sample(values, self.chance.randrange(1, min(4, len(values)) + 1))
            }
        return leaf | self._range(fact.type, fact.unit or "years")

    def _range(self, kind: str, unit: str) -> Tree:
        if kind == "date":
            ends: list[Any] = [date(2001, 3, 1), date(2008, 3, 1), date(2010, 11, 22), date(2026, 11, 23)]
        else:
            ends = list(_NUMBERS[unit])
        start, before = sorted(self.chance.sample(ends, 2))
        return self.chance.choice(({"from": start}, {"before": before}, {"from": start, "before": before}))
