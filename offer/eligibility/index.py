"""The whole catalogue as bits: every way to qualify is one bit, and a fact is one `&` of all of them.

Built at publish time. A fact is cut into cells, the stretches its tests can tell
apart; for each cell a mask holds the ways that cell still allows. Each way stands twice
in a mask: in the lower half while it is surely open, in the upper while it perhaps is.
A known fact keeps the ways its cell allows, in both; an unknown one keeps only ways that
do not mention it in the lower and all in the upper. Ways of one rule stand a plane apart,
so that a few shifts fold them into one bit a rule.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence, Set
from functools import lru_cache, reduce
from itertools import chain
from operator import and_, getitem, or_
from types import MappingProxyType
from typing import NamedTuple, NewType

from offer.eligibility.evaluate import Known
from offer.eligibility.fact_cells import around, cells_of
from offer.eligibility.normal_form import Way, by_fact, ways
from offer.eligibility.rule import Ask, Between, In, Is, Node, Value, leaves

PLANES = 4  # fixed in `_outcomes`; a rule with more ways gets more columns, so that it does not slow the rest
MOST_SETS = 4096  # sets of values remembered for one fact


Held = Value | frozenset[Value] | None  # what is known of a fact: None for nothing, a set for one of several


class _Fact(dict[Held, int]):
    """One fact's masks by what is known of it.

    Written out for choices and for small numbers; any other number is looked up by
    bisection each time, so that nothing a person said is kept. Sets are, since the
    same few come again with every person and some hold a thousand days.
    """

    __slots__ = ("_allow", "_cell", "_halves", "_most", "_settled", "_unknown")

    def __init__(
        self, free: int, allow: Sequence[int], cell: Callable[[Value], int], halves: "_Halves"
    ) -> None:
        super().__init__()
        self._allow, self._halves = allow, halves
        self._cell = cell  # a cell below 0: a value of the wrong type, and so unknown
        self._settled = tuple(halves.of(mask, mask) for mask in allow)
        self._unknown = self[None] = halves.of(free, halves.every_way)
        self._most = MOST_SETS

    def write_out(self, values: Iterable[Value]) -> None:
        """Look these up now. Not 0 and 1, which to a dictionary are the same as false and true."""
        for value in values:
            if isinstance(value, bool) or value not in (0, 1):
                self[value] = self[value]  # what is missing is looked up
        self._most = len(self) + MOST_SETS

    def __missing__(self, value: Held) -> int:
        if type(value) is not frozenset:
            cell = self._cell(value)  # type: ignore[arg-type]  # no set: one value
            return self._unknown if cell < 0 else self._settled[cell]
        mask = self._of_several(value)
        if len(self) < self._most:
            self[value] = mask
        return mask

    def _of_several(self, values: frozenset[Value]) -> int:
        cells = {self._cell(value) for value in values}
        if min(cells, default=-1) < 0:
            return self._unknown
        masks = [self._allow[cell] for cell in cells]
        return self._halves.of(reduce(and_, masks), reduce(or_, masks))


class _Halves(NamedTuple):
    """How two masks of ways stand in one: side by side within each plane, so that both fold at once."""

    columns: int
    every_way: int

    def of(self, surely: int, perhaps: int) -> int:
        """Both as one mask."""
        return surely | perhaps << self.columns


Changes = Mapping[str, Held]
Facts = tuple[tuple[str, ...], tuple[_Fact, ...]]  # the names, and the masks of each


Outcomes = NewType(
    "Outcomes", int
)  # a bit a column: in the lower half a sure yes, in the upper a possible one


class Index:
    """Compiled rules, by name. Immutable, and safe from many threads.

    `common`: by fact, the values people have, looked up beforehand. Any other is still found.
    """

    def __init__(
        self, rules: Mapping[str, Node], common: Mapping[str, Collection[Value]] = MappingProxyType({})
    ) -> None:
        forms = {name: ways(node) for name, node in rules.items()}
        columns = dict[str, range]()
        placed = list[tuple[int, Way]]()
        count = sum(-(-max(len(form), 1) // PLANES) for form in forms.values())
        column = 0
        for name, form in forms.items():
            held = columns[name] = range(column, column + -(-max(len(form), 1) // PLANES))
            column = held.stop
            placed += [
                (1 << ((n % PLANES) * 2 * count + held.start + n // PLANES), way)
                for n, way in enumerate(form)
            ]
        self._count, self._plane, self._two_planes = count, 2 * count, 4 * count
        self._low, self._both = (1 << count) - 1, (1 << 2 * count) - 1
        halves = _Halves(count, sum(bit for bit, _ in placed))
        asking = sum(bit for bit, way in placed if any(isinstance(part.leaf, Ask) for part in way))
        self._start = halves.of(halves.every_way & ~asking, halves.every_way)
        facts = dict(_facts(rules.values(), placed, halves, common))
        self._facts: Facts = tuple(facts), tuple(facts.values())
        self._split = lru_cache(maxsize=128)(self._parted)  # time moves the same few facts for everybody
        self._owners = [name for name, held in columns.items() for _ in held]
        self._masks = {name: sum(1 << column for column in held) for name, held in columns.items()}

    @property
    def width(self) -> int:
        """How many bits its outcomes take."""
        return 2 * self._count

    @property
    def whole(self) -> int:
        """All of those bits."""
        return self._both

    def evaluate(self, known: Known) -> Outcomes:
        """All rules at once, for one person."""
        names, facts = self._facts
        return self._outcomes(reduce(and_, map(getitem, facts, map(known.get, names)), self._start))

    def over(self, known: Known, changes: Sequence[Changes]) -> list[Outcomes]:
        """The outcomes after each of the changes, each on top of `known` alone.

        A change holds only the facts that differ, None for one no longer known. What
        stays the same is looked at once, however many changes there are.
        """
        (names, facts), moving = self._split(frozenset(chain.from_iterable(changes)))
        start = reduce(and_, map(getitem, facts, map(known.get, names)), self._start)
        still = [(name, fact, known.get(name)) for name, fact in zip(*moving, strict=True)]
        found = []
        for change in changes:
            bits = start
            for name, fact, before in still:
                bits &= fact[change.get(name, before)]
            found.append(self._outcomes(bits))
        return found

    def _parted(self, moves: frozenset[str]) -> tuple[Facts, Facts]:
        """The facts that are not among these, and those that are."""
        every = dict(zip(*self._facts, strict=True))
        fixed = {name: fact for name, fact in every.items() if name not in moves}
        moving = {name: fact for name, fact in every.items() if name in moves}
        return (tuple(fixed), tuple(fixed.values())), (tuple(moving), tuple(moving.values()))

    def _outcomes(self, bits: int) -> Outcomes:
        """The four planes laid over each other, two by two and then one by one."""
        bits |= bits >> self._two_planes
        return Outcomes((bits | bits >> self._plane) & self._both)

    def outcome(self, outcomes: Outcomes, name: str) -> bool | None:
        """One rule's outcome out of all."""
        mask = self._masks[name]
        if outcomes & mask:
            return True
        return None if outcomes >> self._count & mask else False

    def all_outcomes(self, known: Known) -> dict[str, bool | None]:
        """Every rule's outcome, by name."""
        outcomes = self.evaluate(known)
        return {name: self.outcome(outcomes, name) for name in self._masks}

    def barred(self, outcomes: Outcomes) -> int:
        """The columns that are a "no", as bits: for comparing one moment with another. See `is_in`."""
        return self._low & ~(outcomes >> self._count)

    @property
    def names(self) -> Set[str]:
        """All rules."""
        return self._masks.keys()

    def among(self, columns: int) -> set[str]:
        """The rules that have one of these columns."""
        found = set[str]()
        while columns:
            found.add(self._owners[columns.bit_length() - 1])
            columns ^= 1 << columns.bit_length() - 1
        return found

    def is_sure(self, name: str, outcomes: Outcomes) -> bool:
        """Whether a rule is surely a "yes"."""
        return outcomes & self._masks[name] != 0

    def is_in(self, name: str, columns: int) -> bool:
        """Whether all columns of a rule are among these."""
        return columns & self._masks[name] == self._masks[name]


def _facts(
    rules: Iterable[Node],
    placed: Sequence[tuple[int, Way]],
    halves: _Halves,
    common: Mapping[str, Collection[Value]],
) -> Iterable[tuple[str, _Fact]]:
    tests = dict[str, list[Is | In | Between]]()
    for rule in rules:
        for leaf in leaves(rule):
            if not isinstance(leaf, Ask):
                tests.setdefault(leaf.fact, []).append(leaf)
    wants = [(bit, by_fact(way)) for bit, way in placed]
    for name, tested in tests.items():
        wanting = [(bit, want[name]) for bit, want in wants if name in want]
        free = halves.every_way & ~sum(bit for bit, _ in wanting)
        samples, cell = cells_of(tested)
        allow = [free | sum(bit for bit, test in wanting if test(sample)) for sample in samples]
        fact = _Fact(free, allow, cell, halves)
        fact.write_out(common.get(name) or around(samples))
        yield name, fact
