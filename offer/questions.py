"""The next best question: the one that the most open entries wait for.

Stable and explainable: most entries first, sensitive questions late, a question's
gate before the question, ties by the registry's own order. What somebody does not
know or would rather not say is left out by the caller and never asked again.
"""

from collections import Counter
from collections.abc import Container, Iterable, Sequence
from itertools import chain

from offer.answer_parts import Choice, NextQuestion, Outcome
from offer.eligibility.asking import Asking
from offer.eligibility.evaluate import Known
from offer.eligibility.fact import Fact, closed
from offer.eligibility.facts import FACTS

FIRST = ("date_of_birth", "lives_in", "responsible_authority", "care_when", "care_13_weeks")
SENSITIVE = (1.0, 0.8, 0.45, 0.2)  # the weight of a question by its sensitivity, 0 to 3
_ORDER: dict[str, int] = {name: place for place, name in enumerate(FACTS)}
_UNSURE = (Choice("unknown", "I do not know"), Choice("unsaid", "I would rather not say"))


def askable(missing: Iterable[str], asking: Asking) -> tuple[str, ...]:
    """The facts to ask a person for, instead of those worked out from them."""
    inputs = map(asking.inputs_of.__getitem__, sorted(missing, key=_ORDER.__getitem__))
    return tuple(dict.fromkeys(chain.from_iterable(inputs)))


def next_question(
    outcomes: Sequence[Outcome], known: Known, refused: Container[str] = (), *, asking: Asking | None = None
) -> NextQuestion | None:
    """The question to ask next; None when nothing that can be asked would settle anything.

    `asking`: the one already used for these outcomes, which saves looking again.
    """
    asking = asking or Asking(known)
    first = _FirstOpen(asking)
    waits = ({first[name] for name in each.missing} for each in outcomes if each.outcome == "unknown")
    waiting = Counter(chain.from_iterable(waits))
    open_facts = [name for name in waiting if name and name not in refused and name not in asking.certain]
    if not open_facts:
        return None
    best = max(open_facts, key=lambda name: _rank(name, waiting[name], known))
    return question(FACTS[best], waiting[best])


class _FirstOpen(dict[str, str | None]):
    """For each fact the question itself, or the gate that stands before it; None where the gate is shut."""

    def __init__(self, asking: Asking) -> None:
        super().__init__()
        self._asking = asking

    def __missing__(self, name: str) -> str | None:
        self[name] = found = self._first(FACTS[name])
        return found

    def _first(self, fact: Fact) -> str | None:
        certain = self._asking.certain
        if closed(fact, certain):
            return None
        gate = next((gate.fact for gate in fact.needs if gate.fact not in certain), None)
        if gate is not None:
            return self[gate]
        return next(iter(self._asking.inputs(fact.name)), fact.name) if fact.derived else fact.name


def _rank(name: str, count: int, known: Known) -> tuple[int, float, int]:
    """The first four by hand; an age in years already serves for the birthday there."""
    early = name in FIRST and not (name == "date_of_birth" and "age_years" in known)
    first = len(FIRST) - FIRST.index(name) if early else 0
    return first, count * SENSITIVE[FACTS[name].sensitivity], -_ORDER[name]


def question(fact: Fact, settles: int) -> NextQuestion:
    """A fact as a question, with not knowing and not saying among its answers."""
    options = [Choice(option.value, option.label) for option in fact.options]
    if fact.type == "bool":
        options = [Choice("true", "Yes"), Choice("false", "No")]
    return NextQuestion(fact.name, fact.question, fact.why, fact.type, (*options, *_UNSURE), settles)
