"""The compiled rules of one edition, for each stretch of dates between two changes of dated terms.

A stretch is compiled when a day in it is first asked about: most questions are
about today, and district terms spelt out for every date would fill the memory.
Of a whole country each council's rules are an index by themselves, and what an edition
did not change is taken over from the one before.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import groupby
from types import MappingProxyType
from typing import TypeVar

from offer.careful import careful
from offer.eligibility.closest import Closest
from offer.eligibility.conditions import Conditions, Standing
from offer.eligibility.evaluate import Explainer, Known, Test, Verdict, compiled, explainer
from offer.eligibility.facts import FACTS
from offer.eligibility.index import Index
from offer.eligibility.joined import Indexed, Joined
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
FEW = 1_000  # entries: up to so many, one index of all is as quick as those of some councils
ALWAYS = -1  # in place of a stretch, for the councils none of whose rules reads dated terms
MOST_TOLD, MOST_OF_SOME = 200, 1_000  # sets of councils whose verdicts are kept, and how many of each
MOST_JOINED = 1_000  # sets of councils that people have, each with its stretch of dates


@dataclass(frozen=True, slots=True)
class CompiledRule:
    """One entry's rule for one stretch of dates: the tree, the test for speed, the trace for reasons."""

    node: Node
    test: Test
    explain: Explainer
    closest: Closest
    facts: frozenset[str]

    def outcome(self, known: Known) -> bool | None:
        """The outcome that `explain` gives: only what the test leaves open can still be settled by it."""
        found = self.test(known)
        return self.explain(known).outcome if found is None else found


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

    def __init__(self, rules: Mapping[str, CompiledRule], most: int = MOST_KEPT) -> None:
        self._rules, self._most = rules, most
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
        if len(self._kept) >= self._most:
            self._kept.clear()
        self._kept[key] = verdict


class Rulebook:
    """The rules of all entries on any day. What a day needs is made once, and then shared by all threads.

    `previous`: that of the edition before; the rules of entries that are the very same are not made again.
    """

    def __init__(
        self,
        entries: Sequence[Entitlement],
        rows: tuple[CouncilTaxRow, ...],
        previous: "Rulebook | None" = None,
    ) -> None:
        self.starts = changes(rows)
        self._rows = rows
        self._entries = {entry.id: entry for entry in entries}
        kept = previous.undated_of(self._entries) if previous else {}
        fresh = (entry for entry in entries if entry.id not in kept)
        self._dated = {entry.id: entry for entry in fresh if is_dated(entry.rule)}
        self._fixed = {
            slug: kept.get(slug) or compile_rule(entry.rule, Terms(date.min), slug)
            for slug, entry in self._entries.items()
            if slug not in self._dated
        }
        self._owned = _by_owner(entries)
        self._rules = dict[int, Mapping[str, CompiledRule]]()
        self._verdicts = dict[int, Verdicts]()
        self._wholes = dict[int, Index]()
        self._parts = previous.parts_of(self._fixed, self._owned) if previous else dict[_PartKey, _Part]()
        # Not `lru_cache` of our own methods: they would hold us, and we them, after our edition is gone.
        self._joined = dict[_Asked, Joined]()
        self._some = dict[_Asked, Verdicts]()

    def undated_of(self, entries: Mapping[str, Entitlement]) -> dict[str, CompiledRule]:
        """The rules it has of those that are the very same entries."""
        return {slug: rule for slug, rule in self._fixed.items() if entries.get(slug) is self._entries[slug]}

    def parts_of(
        self, rules: Mapping[str, CompiledRule], owned: Mapping[str, tuple[str, ...]]
    ) -> "dict[_PartKey, _Part]":
        """The indexes it has of owners all of whose rules are these very ones."""
        return {
            key: part
            for key, part in self._parts.items()
            if owned.get(key[1]) == part.slugs
            and all(rules.get(slug) is self._fixed.get(slug) is not None for slug in part.slugs)
        }

    def on(self, day: date) -> Mapping[str, CompiledRule]:
        """The rule of each entry, with the dated terms of that day."""
        stretch = bisect_right(self.starts, day)
        if stretch not in self._rules:
            self._rules[stretch] = self._compiled(self.starts[stretch - 1] if stretch else date.min)
        return self._rules[stretch]

    def _compiled(self, day: date) -> Mapping[str, CompiledRule]:
        dated = {
            slug: compile_rule(
                entry.rule, Terms(day, held_by(entry.authority, entry.areas, self._rows)), slug
            )
            for slug, entry in self._dated.items()
        }
        every = {**self._fixed, **dated}
        return MappingProxyType({slug: every[slug] for slug in self._entries})

    def index_on(self, day: date, owners: frozenset[str] | None = None) -> Indexed:
        """The rules of that day as bits: those of the entries of these authorities at least, or all."""
        stretch = bisect_right(self.starts, day)
        if len(self._entries) > FEW:
            return self._join(stretch, day, frozenset(self._owned) if owners is None else owners)
        if stretch not in self._wholes:
            self._wholes[stretch] = _index_of(self.on(day), self._entries)
        return self._wholes[stretch]

    def _join(self, stretch: int, day: date, owners: frozenset[str]) -> Joined:
        found = self._joined.get((stretch, owners))
        if found is None:
            found = Joined([self._part(stretch, day, owner) for owner in sorted(owners & self._owned.keys())])
            _keep(self._joined, (stretch, owners), found, MOST_JOINED)
        return found

    def _part(self, stretch: int, day: date, owner: str) -> Index:
        slugs = self._owned[owner]
        key = (stretch if any(slug in self._dated for slug in slugs) else ALWAYS, owner)
        if key not in self._parts:
            rules = self._fixed if key[0] == ALWAYS else self.on(day)
            self._parts[key] = _Part(slugs, _index_of(rules, slugs))
        return self._parts[key].index

    def verdicts_on(self, day: date, owners: frozenset[str] | None = None) -> Verdicts:
        """What the rules of that day say of anybody: those of these authorities at least, or all."""
        stretch = bisect_right(self.starts, day)
        if owners is not None and len(self._entries) > FEW:
            return self._verdicts_some(stretch, day, owners)
        if stretch not in self._verdicts:
            self._verdicts[stretch] = Verdicts(self.on(day))
        return self._verdicts[stretch]

    def _verdicts_some(self, stretch: int, day: date, owners: frozenset[str]) -> Verdicts:
        found = self._some.get((stretch, owners))
        if found is None:
            rules, theirs = self.on(day), (self._owned.get(owner, ()) for owner in sorted(owners))
            found = Verdicts({slug: rules[slug] for slugs in theirs for slug in slugs}, MOST_OF_SOME)
            _keep(self._some, (stretch, owners), found, MOST_TOLD)
        return found

    def thresholds(self, fact: str) -> tuple[int, ...]:
        """Every number at which some rule tests a fact, whatever the day."""
        ends = set(thresholds([rule.node for rule in self._fixed.values()], fact))
        ends.update(thresholds([self.on(date.max)[slug].node for slug in self._dated], fact))
        if fact == "age_years":
            ends.update(row.age_before for row in self._rows if row.age_before is not None)
        return tuple(sorted(ends))


_PartKey = tuple[int, str]  # a stretch of dates and an authority
_Asked = tuple[int, frozenset[str]]  # a stretch of dates and the authorities of one person
_Kept = TypeVar("_Kept")


def _keep(kept: dict[_Asked, _Kept], key: _Asked, made: _Kept, most: int) -> None:
    """Keeps what was made, up to so many: then the oldest goes."""
    if len(kept) >= most:
        kept.pop(next(iter(kept)), None)
    kept[key] = made


@dataclass(frozen=True, slots=True)
class _Part:
    """The index of one authority's rules, and which those are."""

    slugs: tuple[str, ...]
    index: Index


def _index_of(rules: Mapping[str, CompiledRule], slugs: Iterable[str]) -> Index:
    return Index({slug: rules[slug].node for slug in slugs}, _COMMON)


def _by_owner(entries: Iterable[Entitlement]) -> dict[str, tuple[str, ...]]:
    ordered = sorted(entries, key=lambda entry: entry.authority)  # of one authority as they stand
    owned = groupby(ordered, key=lambda entry: entry.authority)
    return {owner: tuple(entry.id for entry in theirs) for owner, theirs in owned}


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
