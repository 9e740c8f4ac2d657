"""What to ask a person so as to learn a fact: itself, or those it is worked out from.

Care facts are asked for only where the answer can change something: who left care at 18
is not asked about going home.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from offer.eligibility.care_history import BANDS, Band, band_of
from offer.eligibility.care_plain import CARE_FACTS
from offer.eligibility.care_table import HAVING, IN_BAND, left, values_left
from offer.eligibility.fact import Value, closed
from offer.eligibility.facts import FACTS

Known = Mapping[str, Any]  # values, or a frozenset of those that are left


def settled(known: Known) -> Mapping[str, Value]:
    """The facts that are known outright, without those of which only some values are left."""
    return {name: value for name, value in known.items() if not isinstance(value, frozenset)}


class Asking:
    """What to ask one person about. Many entries wait for the same facts: each is looked into once."""

    def __init__(self, known: Known) -> None:
        self.known = known
        self.certain = settled(known)
        self.inputs_of = _Inputs(self._inputs)
        told = {name: value for name, value in self.certain.items() if name in CARE_FACTS}
        age = known.get("age_years")
        bands: tuple[Band, ...] = (band_of(age),) if isinstance(age, int) else BANDS
        self._histories = left(told, bands)

    def inputs(self, name: str) -> tuple[str, ...]:
        """The facts a person can answer that would settle `name`, in the order of the registry.

        Empty when it is known, or when a gate that is shut makes the question senseless. A
        derived fact that nothing askable would settle stands for itself.
        """
        return self.inputs_of[name]

    def _inputs(self, name: str) -> tuple[str, ...]:
        fact = FACTS[name]
        if fact.name in self.certain or closed(fact, self.certain):
            return ()
        if not fact.derived:
            return (fact.name,)
        inputs = [each for each in fact.inputs if not closed(FACTS[each], self.certain)]
        if fact.name in CARE_FACTS:  # those of which one answer leaves other values than another
            inputs = [each for each in inputs if _matters(each, fact.name, self._histories)]
        found = dict.fromkeys(asked for each in inputs for asked in self.inputs(each))
        return tuple(found) or (fact.name,)


class _Inputs(dict[str, tuple[str, ...]]):
    """The inputs of each fact, found when first wanted."""

    def __init__(self, find: Callable[[str], tuple[str, ...]]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, name: str) -> tuple[str, ...]:
        self[name] = found = self._find(name)
        return found


@lru_cache(maxsize=4096)  # what is left of the histories comes again with every person
def _matters(source: str, name: str, histories: int) -> bool:
    """Whether one answer to `source` leaves other values of `name` than another."""
    if source == "care":
        return True
    if name not in HAVING:  # the counted days: no plain answer settles them
        return False
    answers = IN_BAND if source == "date_of_birth" else HAVING.get(source, {})
    kept = (histories & mask for mask in answers.values())
    return len({values_left(name, each) for each in kept if each}) > 1
