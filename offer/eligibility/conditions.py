"""How the conditions of a whole catalogue stand for one person, as one number.

Two people for whom the conditions of a rule stand alike get the same verdict from it, for the
same reasons. Each condition has two bits: one where it surely holds, one where it perhaps does.
Where only some values of a fact are left, bits of its cells tell which, since a rule may be
settled by all of them. `at` cuts out the part that one rule reads: it holds no value, and says
nothing of any other rule.
"""

from collections.abc import Collection, Mapping
from functools import reduce
from operator import and_, getitem, or_
from typing import NewType

from offer.eligibility.evaluate import Known
from offer.eligibility.fact_cells import Tests, cells_of
from offer.eligibility.rule import Ask, Between, In, Is, Node, Value, leaves

MOST_SETS = 4096  # sets of values remembered for one fact: the same few come again with every person

Standing = NewType("Standing", int)
Test = Is | In | Between
Held = Value | frozenset[Value] | None


class Conditions:
    """The conditions of some rules, by name. Immutable, and safe from many threads."""

    def __init__(self, rules: Mapping[str, Node]) -> None:
        tests = dict[str, dict[object, Test]]()
        for leaf in (leaf for rule in rules.values() for leaf in leaves(rule)):
            if not isinstance(leaf, Ask):
                tests.setdefault(leaf.fact, {}).setdefault(leaf.tested, leaf)
        first, facts = 0, dict[str, _Fact]()
        for name, by_test in tests.items():
            facts[name] = _Fact(tuple(by_test.values()), first)
            first += facts[name].width
        self._names, self._facts = tuple(facts), tuple(facts.values())
        self._masks = {name: _mask(rule, facts) for name, rule in rules.items()}

    def standing(self, known: Known) -> Standing:
        """How every condition stands for one person."""
        return Standing(reduce(or_, map(getitem, self._facts, map(known.get, self._names)), 0))

    def at(self, name: str, standing: Standing) -> int:
        """The part of it that one rule reads."""
        return standing & self._masks[name]


def _mask(rule: Node, facts: Mapping[str, "_Fact"]) -> int:
    tested = [leaf for leaf in leaves(rule) if not isinstance(leaf, Ask)]
    return reduce(or_, (facts[leaf.fact].bits_of(leaf) for leaf in tested), 0)


class _Fact(dict[Held, int]):
    """How the conditions on one fact stand, by what is known of it.

    Written out for choices, remembered for sets; any other value is looked up each time.
    """

    __slots__ = ("_cell", "_cells", "_holding", "_of_any_cell", "_places", "first", "width")

    def __init__(self, tests: Tests, first: int) -> None:
        super().__init__()
        samples, self._cell = cells_of(tests)
        self._places = {test.tested: place for place, test in enumerate(tests)}
        count = len(tests)
        # By cell: the conditions that hold there, surely and so perhaps.
        one, both = 1 << first, 1 << first | 1 << first + count
        self._holding = [
            sum(both << place for place, test in enumerate(tests) if test.test(sample)) for sample in samples
        ]
        self._cells = [one << 2 * count + place for place in range(len(samples) + 1)]  # the last: no cell
        self._of_any_cell = sum(self._cells)
        self.first, self.width = first, 2 * count + len(self._cells)
        self[None] = sum(one << count + place for place in range(count))
        for sample, holding in zip(samples, self._holding, strict=True):
            if isinstance(sample, str) and sample:
                self[sample] = holding

    def bits_of(self, test: Test) -> int:
        """The bits of one of its conditions, and those of its cells."""
        place = self.first + self._places[test.tested]
        return 1 << place | 1 << place + len(self._places) | self._of_any_cell

    def __missing__(self, held: Held) -> int:
        if not isinstance(held, frozenset):
            cell = self._cell(held)  # type: ignore[arg-type]  # no set: one value
            return self._holding[cell] if cell >= 0 else self[None] | self._cells[-1]
        standing = self._of_several({self._cell(value) for value in held})
        if len(self) < MOST_SETS:
            self[held] = standing
        return standing

    def _of_several(self, cells: Collection[int]) -> int:
        left = reduce(or_, (self._cells[cell] for cell in cells), 0)
        if min(cells, default=-1) < 0:
            return left | self._cells[-1] | self[None]
        holding = [self._holding[cell] for cell in cells]
        return left | reduce(and_, holding) | reduce(or_, holding) & self[None]
