"""What to ask a person so as to learn a fact: itself, or those it is worked out from.

Care facts are asked for only where the answer can change something: who left care at 18
is not asked about going home.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from offer.eligibility.care_history import BANDS, Band, CareHistory, band_of, values_of
from offer.eligibility.care_plain import CARE_FACTS, histories_from_answers
from offer.eligibility.fact import Fact, Value, closed
from offer.eligibility.facts import FACTS

Known = Mapping[str, Any]  # values, or a frozenset of those that are left


def inputs_to_ask(name: str, known: Known) -> tuple[str, ...]:
    """The facts a person can answer that would settle `name`, in the order of the registry.

    Empty when it is known, or when a gate that is shut makes the question senseless. A
    derived fact that nothing askable would settle stands for itself.
    """
    fact = FACTS[name]
    certain = settled(known)
    if name in certain or closed(fact, certain):
        return ()
    if not fact.derived:
        return (name,)
    inputs = [each for each in fact.inputs if not closed(FACTS[each], certain)]
    if name in CARE_FACTS:
        inputs = _that_matter(fact, inputs, known)
    found = dict.fromkeys(asked for each in inputs for asked in inputs_to_ask(each, known))
    return tuple(found) or (name,)


def settled(known: Known) -> Mapping[str, Value]:
    """The facts that are known outright, without those of which only some values are left."""
    return {name: value for name, value in known.items() if not isinstance(value, frozenset)}


def _that_matter(fact: Fact, inputs: list[str], known: Known) -> list[str]:
    """The inputs of which one answer leaves other values of the fact than another."""
    told = {name: value for name, value in settled(known).items() if name in CARE_FACTS}
    age = known.get("age_years")
    bands: tuple[Band, ...] = (band_of(age),) if isinstance(age, int) else BANDS
    histories = histories_from_answers(told, bands)
    return [each for each in inputs if _matters(each, fact.name, histories)]


def _matters(source: str, name: str, histories: tuple[CareHistory, ...]) -> bool:
    left: dict[object, set[object]] = {}
    for history in histories:
        values = values_of(history)
        answer = values.get(source, history.band if source == "date_of_birth" else None)
        left.setdefault(answer, set()).add(values.get(name))
    outcomes = list(left.values())
    return source == "care" or any(other != outcomes[0] for other in outcomes)
