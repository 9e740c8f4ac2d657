"""The whole catalogue as bits: every way to qualify is one bit, and a fact is one `&` of all of them.

Built at publish time. A fact is cut into cells, the stretches its tests can tell
apart; for each cell a mask holds the ways that cell still allows. A known fact
keeps the ways its cell allows; an unknown one keeps only ways that do not mention
it in `lower` (surely open) and all in `upper` (perhaps open). Ways of one rule
stand a plane apart, so that a few shifts fold them into one bit a rule.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import reduce
from operator import and_, or_

from offer.eligibility.evaluate import Known
from offer.eligibility.normal_form import Way, by_fact, ways
from offer.eligibility.rule import Ask, Between, In, Is, Node, Value, leaves

PLANES = 4  # a rule with more ways gets more columns: one long rule must not slow the rest
MOST_SETS = 1024  # sets of possible values remembered for one fact


@dataclass(frozen=True, slots=True)
class _Fact:
    """One fact's masks: `free` of ways that do not mention it, `allow` one mask a cell."""

    name: str
    free: int
    allow: tuple[int, ...]
    cell: Callable[[Value], int]  # below 0: a value of the wrong type, and so unknown
    met: dict[frozenset[Value], tuple[int, int]] = field(default_factory=dict)

    def several(self, values: frozenset[Value]) -> tuple[int, int]:
        """The ways that every possible value allows, and those that some do.

        Some sets hold a thousand days and come again with every person, so what was found is kept.
        """
        found = self.met.get(values)
        if found is None:
            if len(self.met) >= MOST_SETS:
                self.met.clear()
            found = self.met[values] = self._several(values)
        return found

    def _several(self, values: frozenset[Value]) -> tuple[int, int]:
        cells = {self.cell(value) for value in values}
        if min(cells) < 0:
            return self.free, -1
        masks = [self.allow[cell] for cell in cells]
        return reduce(and_, masks), reduce(or_, masks)


@dataclass(frozen=True, slots=True)
class Outcomes:
    """One bit a column: `yes` surely, `open` unknown; neither is a no."""

    yes: int
    open: int


class Index:
    """Compiled rules, by name. Immutable, and safe from many threads."""

    def __init__(self, rules: Mapping[str, Node]) -> None:
        forms = {name: ways(node) for name, node in rules.items()}
        self._columns = dict[str, tuple[int, ...]]()
        placed = list[tuple[int, Way]]()
        count = sum(-(-max(len(form), 1) // PLANES) for form in forms.values())
        column = 0
        for name, form in forms.items():
            held = range(column, column + -(-max(len(form), 1) // PLANES))
            column = held.stop
            self._columns[name] = tuple(held)
            placed += [
                (1 << ((n % PLANES) * count + held.start + n // PLANES), way) for n, way in enumerate(form)
            ]
        self._shifts = tuple(count * plane for plane in range(1, PLANES))
        self._low = (1 << count) - 1
        self._all = sum(bit for bit, _ in placed)
        asking = sum(bit for bit, way in placed if any(isinstance(part.leaf, Ask) for part in way))
        self._sure = self._all & ~asking
        self._facts = tuple(_facts(rules.values(), placed, self._all))
        self._masks = {name: sum(1 << column for column in held) for name, held in self._columns.items()}

    def evaluate(self, known: Known) -> Outcomes:
        """All rules at once, for one person."""
        lower, upper = self._sure, self._all
        for fact in self._facts:
            value = known.get(fact.name)
            if value is None:
                lower &= fact.free
            elif isinstance(value, frozenset):
                every, some = fact.several(value)
                lower &= every
                upper &= some
            elif (cell := fact.cell(value)) < 0:
                lower &= fact.free
            else:
                mask = fact.allow[cell]
                lower &= mask
                upper &= mask
        yes, might = self._folded(lower), self._folded(upper)
        return Outcomes(yes, might & ~yes)

    def _folded(self, bits: int) -> int:
        folded = bits
        for shift in self._shifts:
            folded |= bits >> shift
        return folded & self._low

    def outcome(self, outcomes: Outcomes, name: str) -> bool | None:
        """One rule's outcome out of all."""
        mask = self._masks[name]
        if outcomes.yes & mask:
            return True
        return None if outcomes.open & mask else False

    def all_outcomes(self, known: Known) -> dict[str, bool | None]:
        """Every rule's outcome, by name."""
        outcomes = self.evaluate(known)
        return {name: self.outcome(outcomes, name) for name in self._masks}

    def barred(self, known: Known) -> int:
        """The columns that are a "no", as bits: for comparing one moment with another. See `is_in`."""
        outcomes = self.evaluate(known)
        return self._low & ~(outcomes.yes | outcomes.open)

    def is_in(self, name: str, columns: int) -> bool:
        """Whether all columns of a rule are among these."""
        return columns & self._masks[name] == self._masks[name]


def _facts(rules: Iterable[Node], placed: Sequence[tuple[int, Way]], everything: int) -> Iterable[_Fact]:
    tests = dict[str, list[Is | In | Between]]()
    for rule in rules:
        for leaf in leaves(rule):
            if not isinstance(leaf, Ask):
                tests.setdefault(leaf.fact, []).append(leaf)
    wants = [(bit, by_fact(way)) for bit, way in placed]
    for name, tested in tests.items():
        wanting = [(bit, want[name]) for bit, want in wants if name in want]
        free = everything & ~sum(bit for bit, _ in wanting)
        samples, cell = _cells(tested)
        allow = (free | sum(bit for bit, test in wanting if test(sample)) for sample in samples)
        yield _Fact(name, free, tuple(allow), cell)


def _cells(tests: Sequence[Is | In | Between]) -> tuple[list[Value], Callable[[Value], int]]:
    """One sample value for each cell, and the function from a value to its cell."""
    choices = sorted({value for leaf in tests if isinstance(leaf, In) for value in leaf.values})
    if choices:
        numbered, other = {value: n for n, value in enumerate(choices)}, len(choices)
        return [*choices, ""], lambda value: numbered.get(value, other) if isinstance(value, str) else -1
    ends = {end for leaf in tests if isinstance(leaf, Between) for end in (leaf.start, leaf.before)}
    if ends:
        return _stretches(sorted(end for end in ends if end is not None))
    return [False, True], lambda value: int(value) if isinstance(value, bool) else -1


def _stretches(ends: Sequence[Value]) -> tuple[list[Value], Callable[[Value], int]]:
    """The half-open intervals between thresholds, found by bisection."""
    first = ends[0]
    below: Value = date.min if isinstance(first, date) else int(first) - 1

    def cell(value: Value) -> int:
        if isinstance(value, bool):
            return -1
        try:
            return bisect_right(ends, value)
        except TypeError:
            return -1

    return [below, *ends], cell
