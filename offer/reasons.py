"""Why: the leaves that decide an outcome, as reasons in words.

What a leaf says to everybody of whom it holds is worded once for each verdict that is kept. What a person
told as a number, a date, a place or a choice is put into words for that person alone, and kept nowhere.
"""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple
from weakref import WeakKeyDictionary

from directory.phrase import phrase
from offer.eligibility.evaluate import Known, Step, Verdict
from offer.eligibility.facts import FACTS
from offer.eligibility.rule import Ask, Is
from offer.eligibility.wording import Wording
from offer.outcome_parts import Reason


class _Open(NamedTuple):
    """A leaf that is open, and its reason for all who told nothing of its fact."""

    step: Step
    reason: Reason


_WORDED = WeakKeyDictionary[Verdict, tuple[Reason | _Open | Step, ...]]()  # gone with the edition's verdicts


def because(verdict: Verdict, wording: Wording) -> list[Reason]:
    """The reasons for a verdict."""
    worded = _WORDED.get(verdict)
    if worded is None:
        worded = _WORDED[verdict] = tuple(map(_for_everybody, verdict.steps))
    return _each_once(_for_one(part, wording) for part in worded)


def _for_one(part: Reason | _Open | Step, wording: Wording) -> Reason:
    match part:
        case Reason():
            return part
        case _Open():
            return _reason(part.step, wording) if wording.tells(part.step) else part.reason
    return _reason(part, wording)


def reasons(steps: Sequence[Step], wording: Wording) -> list[Reason]:
    """One reason a leaf; leaves that read the same are said once."""
    return _each_once(_reason(step, wording) for step in steps)


def _each_once(found: Iterable[Reason]) -> list[Reason]:
    said = dict[str, Reason]()
    for reason in found:
        said.setdefault(reason.text, reason)
    return list(said.values())


@lru_cache(maxsize=4096)  # one for all verdicts: the words are the catalogue's
def _for_everybody(step: Step) -> Reason | _Open | Step:
    """The reason, where it reads alike for all of whom the leaf stands so; else the step itself."""
    told = _all_that_can_be_told(step)
    if told is not None:
        return _reason(step, Wording(told, {}))
    return _Open(step, _reason(step, Wording({}, {}))) if step.holds is None else step


def _all_that_can_be_told(step: Step) -> Known | None:
    """What a leaf rests on, where that is one thing for everybody; None where it may be several."""
    leaf = step.leaf
    if isinstance(leaf, Ask):
        return {}
    if isinstance(leaf, Is) and isinstance(leaf.value, bool):
        return {} if step.holds is None else {leaf.fact: leaf.value is step.holds}
    return {} if _open_place(step) else None


def _reason(step: Step, wording: Wording) -> Reason:
    leaf, open_place = step.leaf, _open_place(step)
    holds = None if step.holds is None else step.holds is not step.negated
    return Reason(leaf.id, open_place or wording.reason(step), holds, leaf.cite)


def _open_place(step: Step) -> str:
    """What is said of a place that is not known; "" for all else."""
    leaf = step.leaf
    if step.holds is not None or isinstance(leaf, Ask) or FACTS[leaf.fact].type != "area":
        return ""
    if leaf.fact == "lives_in":
        return phrase("It depends on which district you live in.")
    return phrase("It depends on which council looked after you.")
