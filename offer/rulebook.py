"""The compiled rules of one edition, for each stretch of dates between two changes of dated terms.

A stretch is compiled when a day in it is first asked about: most questions are
about today, and district terms spelt out for every date would fill the memory.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from types import MappingProxyType

from offer.careful import careful
from offer.eligibility.closest import Closest
from offer.eligibility.conditions import Conditions, Standing
from offer.eligibility.evaluate import Explainer, Known, Test, Verdict, compiled, explainer
from offer.eligibility.facts import FACTS
from offer.eligibility.index import Index
from offer.eligibility.rule import FactType, Node, facts_of, parse, thresholds
from offer.eligibility.terms import CouncilTaxRow, Terms, changes, resolve
from offer.entitlements.schema import ENGLAND, Entitlement
from offer.nearest_miss import closest_of

FACT_TYPES: Mapping[str, FactType] = MappingProxyType(
    {
        name: FactType(fact.type, frozenset(option.value for option in fact.options) or None)
        for name, fact in FACTS.items()
    }
)

MOST_KEPT = 16_384  # verdicts of one stretch of dates: some ten megabytes
_COMMON = {name: fact.common for name, fact in FACTS.items()}


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """One entry's rule for one stretch of dates: the tree, the test for speed, the trace for reasons."""

    node: Node
    test: Test
    explain: Explainer
    closest: Closest
    facts: frozenset[str]


# What somebody sees of a rule that broke: a might, with nothing left to answer.
_BROKEN = Verdict(
    None, (), frozenset(), ("We could not work this one out. Ask about it: you may well get it.",)
)


def compile_rule(rule: Mapping[str, object], terms: Terms, entry: str = "") -> CompiledRule:
    """Spell out, read and compile one rule. Raises RuleError with the path to a fault.

    What comes of it raises nothing: see `careful`.
    """
    node = parse(resolve(rule, terms), FACT_TYPES)
    return CompiledRule(
        node=node,
        test=careful(compiled(node), None, entry),
        explain=careful(explainer(node), _BROKEN, entry),
        closest=careful(closest_of(node), None, entry),
        facts=facts_of(node),
    )


class Verdicts:
    """What the rules of a day say. Where the conditions of a rule stand as before, it is not read again.

    What is kept is how the conditions of one rule stood together, and what the rule says of that: no
    value that somebody told, not whose it was, and nothing that ties one rule to another.
    """

    def __init__(self, rules: Mapping[str, CompiledRule]) -> None:
        self._rules = rules
        self._conditions = Conditions({slug: rule.node for slug, rule in rules.items()})
        self._kept = dict[tuple[str, int], Verdict]()

    def of(self, known: Known) -> Callable[[str], Verdict]:
        """The verdict of each rule on one person, by slug."""
        standing = careful(self._conditions.standing, None, "conditions")(known)
        if standing is None:
            return lambda slug: self._rules[slug].explain(known)
        return partial(self._at, known, standing)

    def _at(self, known: Known, standing: Standing, slug: str) -> Verdict:
        key = slug, self._conditions.at(slug, standing)
        found = self._kept.get(key)
        if found is None:
            found = self._rules[slug].explain(known)
            if found is not _BROKEN:
                self._keep(key, found)
        return found

    def _keep(self, key: tuple[str, int], verdict: Verdict) -> None:
        if len(self._kept) >= MOST_KEPT:
            self._kept.clear()
        self._kept[key] = verdict


class Rulebook:
    """The rules of all entries on any day. What a day needs is made once, and then shared by all threads."""

    def __init__(self, entries: Sequence[Entitlement], rows: tuple[CouncilTaxRow, ...]) -> None:
        self.starts = changes(rows)
        self._rows = rows
        self._dated = [entry for entry in entries if is_dated(entry.rule)]
        self._fixed = {
            entry.id: compile_rule(entry.rule, Terms(date.min), entry.id)
            for entry in entries
            if not is_dated(entry.rule)
        }
        self._order = [entry.id for entry in entries]
        self._rules = dict[int, Mapping[str, CompiledRule]]()
        self._indexes = dict[int, Index]()
        self._verdicts = dict[int, Verdicts]()

    def on(self, day: date) -> Mapping[str, CompiledRule]:
        """The rule of each entry, with the dated terms of that day."""
        stretch = bisect_right(self.starts, day)
        if stretch not in self._rules:
            self._rules[stretch] = self._compiled(self.starts[stretch - 1] if stretch else date.min)
        return self._rules[stretch]

    def _compiled(self, day: date) -> Mapping[str, CompiledRule]:
        dated = {
            entry.id: compile_rule(
                entry.rule, Terms(day, held_by(entry.authority, entry.areas, self._rows)), entry.id
            )
            for entry in self._dated
        }
        every = {**self._fixed, **dated}
        return MappingProxyType({slug: every[slug] for slug in self._order})

    def index_on(self, day: date) -> Index:
        """All rules of that day as bits."""
        stretch = bisect_right(self.starts, day)
        if stretch not in self._indexes:
            self._indexes[stretch] = Index({slug: rule.node for slug, rule in self.on(day).items()}, _COMMON)
        return self._indexes[stretch]

    def verdicts_on(self, day: date) -> Verdicts:
        """What the rules of that day say of anybody."""
        stretch = bisect_right(self.starts, day)
        if stretch not in self._verdicts:
            self._verdicts[stretch] = Verdicts(self.on(day))
        return self._verdicts[stretch]

    def thresholds(self, fact: str) -> tuple[int, ...]:
        """Every number at which some rule tests a fact, whatever the day."""
        ends = set(thresholds([rule.node for rule in self._fixed.values()], fact))
        ends.update(thresholds([self.on(date.max)[entry.id].node for entry in self._dated], fact))
        if fact == "age_years":
            ends.update(row.age_before for row in self._rows if row.age_before is not None)
        return tuple(sorted(ends))


def held_by(
    authority: str, areas: Iterable[str], rows: tuple[CouncilTaxRow, ...]
) -> tuple[CouncilTaxRow, ...]:
    """The rows an entry reads: a council's own needs only its own districts', as it bars every other."""
    if authority == ENGLAND:
        return rows
    own = {authority, *areas}
    return tuple(row for row in rows if row.district in own)


def is_dated(rule: object) -> bool:
    """Whether some part of the rule reads the dated council tax rows."""
    if isinstance(rule, Mapping):
        return rule.get("use") == "council-tax-terms" or any(is_dated(part) for part in rule.values())
    return isinstance(rule, list) and any(is_dated(part) for part in rule)
