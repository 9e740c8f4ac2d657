"""Several indexes asked as one: England's and those of one person's councils, out of every council's.

In one index of all England each mask would be as long as the country has rules, though nobody's answer
needs more than a few councils' of them; and one changed rule would make all of it anew.
"""

from collections.abc import Iterable, Mapping, Sequence, Set
from itertools import accumulate, chain
from types import MappingProxyType
from typing import Protocol

from offer.eligibility.evaluate import Known
from offer.eligibility.index import Changes, Index, Outcomes


class Indexed(Protocol):
    """What one index and several joined can do alike: see `Index` for each."""

    def evaluate(self, known: Known) -> Outcomes: ...

    def over(self, known: Known, changes: Sequence[Changes]) -> list[Outcomes]: ...

    def outcome(self, outcomes: Outcomes, name: str) -> bool | None: ...

    def all_outcomes(self, known: Known) -> dict[str, bool | None]: ...

    def barred(self, outcomes: Outcomes) -> int: ...

    def is_sure(self, name: str, outcomes: Outcomes) -> bool: ...

    def is_in(self, name: str, columns: int) -> bool: ...

    @property
    def names(self) -> Set[str]: ...

    def among(self, columns: int) -> set[str]: ...


class Joined:
    """Indexes of different rules side by side: the outcomes of each stand above those of the one before."""

    def __init__(self, parts: Sequence[Index]) -> None:
        self._parts = tuple(parts)
        widths = (part.width for part in self._parts)
        self._at = tuple(accumulate(widths, initial=0))[:-1]
        pairs = zip(self._parts, self._at, strict=True)
        self._of: Mapping[str, tuple[Index, int]] = MappingProxyType(
            dict(chain.from_iterable(((name, (part, at)) for name in part.names) for part, at in pairs))
        )

    def evaluate(self, known: Known) -> Outcomes:
        """All rules of all parts at once, for one person."""
        return self._above(part.evaluate(known) for part in self._parts)

    def over(self, known: Known, changes: Sequence[Changes]) -> list[Outcomes]:
        """The outcomes after each of the changes, each on top of `known` alone."""
        rows = zip(*(part.over(known, changes) for part in self._parts), strict=True)
        return [self._above(row) for row in rows]

    def _above(self, outcomes: Iterable[int]) -> Outcomes:
        return Outcomes(sum(each << at for each, at in zip(outcomes, self._at, strict=True)))

    def outcome(self, outcomes: Outcomes, name: str) -> bool | None:
        """One rule's outcome out of all."""
        part, at = self._of[name]
        return part.outcome(Outcomes(outcomes >> at & part.whole), name)

    def all_outcomes(self, known: Known) -> dict[str, bool | None]:
        """Every rule's outcome, by name."""
        return {name: found for part in self._parts for name, found in part.all_outcomes(known).items()}

    def barred(self, outcomes: Outcomes) -> int:
        """The columns that are a "no", as bits: for comparing one moment with another."""
        pairs = zip(self._parts, self._at, strict=True)
        return sum(part.barred(Outcomes(outcomes >> at & part.whole)) << at for part, at in pairs)

    def is_sure(self, name: str, outcomes: Outcomes) -> bool:
        """Whether a rule is surely a "yes"."""
        part, at = self._of[name]
        return part.is_sure(name, Outcomes(outcomes >> at & part.whole))

    def is_in(self, name: str, columns: int) -> bool:
        """Whether all columns of a rule are among these."""
        part, at = self._of[name]
        return part.is_in(name, columns >> at & part.whole)

    @property
    def names(self) -> Set[str]:
        """All rules."""
        return self._of.keys()

    def among(self, columns: int) -> set[str]:
        """The rules that have one of these columns."""
        pairs = zip(self._parts, self._at, strict=True)
        return set().union(*(part.among(columns >> at & part.whole) for part, at in pairs))
