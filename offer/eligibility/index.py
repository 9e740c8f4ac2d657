"""The whole catalogue as bits: every way to qualify is one bit, and a fact is one `&` of all of them.

Built at publish time. A fact is cut into cells, the stretches its tests can tell
apart; for each cell a mask holds the ways that cell still allows. A known fact
keeps the ways its cell allows; an unknown one keeps only ways that do not mention
it in `lower` (surely open) and all in `upper` (perhaps open). Ways of one rule
stand a plane apart, so that a few shifts fold them into one bit a rule.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import lru_cache, reduce
from itertools import chain
from operator import and_, or_
from typing import NamedTuple

from offer.eligibility.evaluate import Known
from offer.eligibility.normal_form import Way, by_fact, ways
from offer.eligibility.rule import Ask, Between, In, Is, Node, Value, leaves

PLANES = 4  # fixed in `_folded`; a rule with more ways gets more columns, so that it does not slow the rest
EVERY_WAY = -1  # a mask of ones, however many
AROUND = 600  # numbers written out on either side of the thresholds, where those are near each other
MOST_VALUES = 4096  # values and sets of values remembered for one fact


Masks = tuple[int, int]  # the ways that surely stay open, and those that perhaps do


class _Fact(dict[Value | frozenset[Value] | None, Masks]):
    """One fact's masks by its value: None while nobody knows it, a set while several are possible.

    Written out for choices and for small numbers; any other number is looked up by
    bisection each time, so that nothing a person said is kept. Sets are, since the
    same few come again with every person and some hold a thousand days.
    """

    def __init__(self, free: int, allow: Sequence[int], cell: Callable[[Value], int]) -> None:
        super().__init__()
        self._allow, self._cell = allow, cell  # a cell below 0: a value of the wrong type, and so unknown
        self._settled = tuple((mask, mask) for mask in allow)  # one object twice: see `_narrow`
        self._unknown = self[None] = (free, EVERY_WAY)

    def write_out(self, values: Iterable[Value]) -> None:
        """Look these up now."""
        for value in values:
            self[value] = self[value]  # what is missing is looked up

    def __missing__(self, value: Value | frozenset[Value]) -> Masks:
        if type(value) is not frozenset:
            cell = self._cell(value)  # type: ignore[arg-type]
            return self._unknown if cell < 0 else self._settled[cell]
        masks = self._of_several(value)
        if len(self) < MOST_VALUES:
            self[value] = masks
        return masks

    def _of_several(self, values: frozenset[Value]) -> Masks:
        cells = {self._cell(value) for value in values}
        if min(cells, default=-1) < 0:
            return self._unknown
        masks = [self._allow[cell] for cell in cells]
        return reduce(and_, masks), reduce(or_, masks)


Changes = Mapping[str, Value | frozenset[Value] | None]
Facts = tuple[tuple[str, _Fact], ...]
ValueOf = Callable[[str], Value | frozenset[Value] | None]


class Outcomes(NamedTuple):
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
        self._plane, self._two_planes = count, 2 * count
        self._low = (1 << count) - 1
        self._all = sum(bit for bit, _ in placed)
        asking = sum(bit for bit, way in placed if any(isinstance(part.leaf, Ask) for part in way))
        self._sure = self._all & ~asking
        self._facts: Facts = tuple(_facts(rules.values(), placed, self._all))
        self._split = lru_cache(maxsize=128)(self._parted)  # time moves the same few facts for everybody
        self._masks = {name: sum(1 << column for column in held) for name, held in self._columns.items()}

    def evaluate(self, known: Known) -> Outcomes:
        """All rules at once, for one person."""
        return self._outcomes(*_narrow(self._sure, self._all, self._facts, known.get))

    def over(self, known: Known, changes: Sequence[Changes]) -> list[Outcomes]:
        """The outcomes after each of the changes, each on top of `known` alone.

        A change holds only the facts that differ, None for one no longer known. What
        stays the same is looked at once, however many changes there are.
        """
        fixed, moving = self._split(frozenset(chain.from_iterable(changes)))
        lower, upper = _narrow(self._sure, self._all, fixed, known.get)
        still = {name: known.get(name) for name, _ in moving}
        return [self._outcomes(*_narrow(lower, upper, moving, {**still, **each}.get)) for each in changes]

    def _parted(self, moves: frozenset[str]) -> tuple[Facts, Facts]:
        """The facts that are not among these, and those that are."""
        fixed = tuple(fact for fact in self._facts if fact[0] not in moves)
        return fixed, tuple(fact for fact in self._facts if fact[0] in moves)

    def _outcomes(self, lower: int, upper: int) -> Outcomes:
        yes = self._folded(lower)
        return Outcomes(yes, 0 if lower == upper else self._folded(upper) & ~yes)

    def _folded(self, bits: int) -> int:
        """The four planes laid over each other, two by two and then one by one."""
        bits |= bits >> self._two_planes
        return (bits | bits >> self._plane) & self._low

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

    def barred(self, outcomes: Outcomes) -> int:
        """The columns that are a "no", as bits: for comparing one moment with another. See `is_in`."""
        return self._low & ~(outcomes.yes | outcomes.open)

    def is_in(self, name: str, columns: int) -> bool:
        """Whether all columns of a rule are among these."""
        return columns & self._masks[name] == self._masks[name]


def _narrow(lower: int, upper: int, facts: Iterable[tuple[str, _Fact]], value_of: ValueOf) -> Masks:
    """Strike out what the values rule out. A settled value allows the same surely and perhaps."""
    for name, masks in facts:
        sure, perhaps = masks[value_of(name)]
        if sure is perhaps:
            upper &= perhaps
        else:
            lower &= sure
            if perhaps is not EVERY_WAY:
                upper &= perhaps
    return lower & upper, upper


def _facts(
    rules: Iterable[Node], placed: Sequence[tuple[int, Way]], everything: int
) -> Iterable[tuple[str, _Fact]]:
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
        allow = [free | sum(bit for bit, test in wanting if test(sample)) for sample in samples]
        fact = _Fact(free, allow, cell)
        fact.write_out(_common(samples))
        yield name, fact


def _common(samples: Sequence[Value]) -> Iterable[Value]:
    """The values worth writing out: choices, and the numbers around the thresholds: ages, days, years.

    Not 0 and 1, which to a dictionary are the same as false and true.
    """
    first, last = samples[0], samples[-1]
    if isinstance(first, bool) or not isinstance(first, int) or not isinstance(last, int):
        return () if isinstance(first, date) else samples
    if last - first > AROUND:
        return ()
    return (number for number in range(first - AROUND, last + AROUND) if number not in (0, 1))


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

    kind = type(first)
    return [below, *ends], lambda value: bisect_right(ends, value) if type(value) is kind else -1
