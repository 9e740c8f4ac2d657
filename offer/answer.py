"""The one answer: what a person can get on a day, from one edition of the catalogue.

Pages, the API, print and the phone all show what this function says; nothing
else decides who can get what.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from offer.answer_parts import Answer, CareStatus, Outcome, OutcomeValue, Reason
from offer.careful import careful
from offer.eligibility.asking import Asking
from offer.eligibility.care import care_status
from offer.eligibility.evaluate import Known, Step
from offer.eligibility.facts import FACTS
from offer.eligibility.partly_known import knowledge
from offer.eligibility.rule import Ask
from offer.eligibility.situation import Situation
from offer.eligibility.wording import Names, reason
from offer.entitlements.amounts import worth_on
from offer.entitlements.in_force import standing
from offer.entitlements.schema import Entitlement
from offer.horizon import Horizon, horizon
from offer.nearest_miss import wanted
from offer.notes import notes_on, warnings_of
from offer.published import Published
from offer.questions import askable, next_question
from offer.rulebook import CompiledRule
from offer.validity import TOO_LATE, against

_ORDER: Mapping[OutcomeValue, int] = {"yes": 0, "unknown": 1, "no": 2}
_FUTURE = ("future", "future_or_check")


def answer(published: Published, situation: Situation, on: date, *, explain: bool = True) -> Answer:
    """What each entry of England and of this person's councils means for them on the day.

    `explain=False` leaves out reasons, asks, what to change and the next question. Never raises
    for what a person said: anything not understood is unknown.
    """
    status = care_status(situation, on)
    known = knowledge(situation, on)
    entries = published.entries_for(_code(known, "responsible_authority"), _code(known, "lives_in"), on)
    rules = published.rules_on(on)
    times = careful(partial(horizon, published, situation, on, entries), dict[str, Horizon](), "dates")(known)
    teller = _Teller(Asking(known), published.names, on, explain)
    outcomes = [_outcome(entry, rules[entry.id], times.get(entry.id, Horizon()), teller) for entry in entries]
    return Answer(
        on=on,
        catalogue_version=published.version,
        not_included=tuple(name for name in ("responsible_authority", "lives_in") if name not in known),
        care_status=CareStatus(status.value, tuple(status.because), status.cite, tuple(status.warnings)),
        outcomes=tuple(sorted(outcomes, key=lambda each: (_ORDER[each.outcome], not each.likely))),
        next_question=next_question(outcomes, known, asking=teller.asking) if explain else None,
        notes=notes_on(known),
    )


def _code(known: Known, fact: str) -> str | None:
    value = known.get(fact)
    return value if isinstance(value, str) else None


@dataclass(frozen=True, slots=True)
class _Teller:
    """How outcomes are told: what may be asked, the names of places, the day, with or without reasons."""

    asking: Asking
    names: Names
    on: date
    explain: bool


def _outcome(entry: Entitlement, rule: CompiledRule, times: Horizon, teller: _Teller) -> Outcome:
    known, on = teller.asking.known, teller.on
    verdict, stands = rule.explain(known), standing(entry, on)
    outcome = outcome_value(entry, verdict.outcome, on)
    near = teller.explain and outcome == "no" and stands == "in-force"
    waits = outcome == "no" or stands == "coming"  # for a day: what waits has nothing to lose yet
    return Outcome(
        slug=entry.id,
        part_of=entry.part_of,
        title=entry.title,
        outcome=outcome,
        strength=strength_on(entry, on),
        because=_because(entry, verdict.steps, teller) if teller.explain else (),
        missing=askable(verdict.missing, teller.asking) if outcome == "unknown" else (),
        asks=verdict.asks if teller.explain and outcome == "unknown" else (),
        warnings=_warnings(entry, outcome, times, on),
        from_=times.start if waits else None,
        until=None if waits else times.until,
        until_age=None if waits else times.until_age,
        ask=entry.ask,
        standing=stands,
        begins=entry.begins,
        ends=entry.ends,
        worth=worth_on(entry, on),
        closest=wanted(rule.closest(known)) if near else (),
    )


def _because(entry: Entitlement, steps: Sequence[Step], teller: _Teller) -> tuple[Reason, ...]:
    """What is coming says so first; of what has ended nothing else matters."""
    dates = against(entry, teller.on)
    if standing(entry, teller.on) == "ended":
        return dates
    return (*dates, *reasons(steps, teller.asking.known, teller.names))


def _warnings(entry: Entitlement, outcome: OutcomeValue, times: Horizon, on: date) -> tuple[str, ...]:
    said = warnings_of(entry, outcome, on)
    return (*said, TOO_LATE) if outcome != "no" and times.too_late else said


def outcome_value(entry: Entitlement, holds: bool | None, on: date) -> OutcomeValue:
    """What is not in force on the day, or whose terms nobody confirmed, is never a yes."""
    stands = standing(entry, on)
    if holds is False or stands == "ended":
        return "no"
    if holds is None or stands == "coming" or entry.strength in _FUTURE:
        return "unknown"
    return "yes"


def strength_on(entry: Entitlement, on: date) -> str:
    """How strong it is on the day: nobody has to keep a law that is still coming."""
    coming = standing(entry, on) == "coming"
    return "future" if coming and entry.strength not in _FUTURE else entry.strength


def reasons(steps: Sequence[Step], known: Known, names: Names) -> list[Reason]:
    """One reason a leaf; leaves that read the same are said once."""
    said = dict[str, Reason]()
    for step in steps:
        text = reason(step, known, names)
        if step.holds is None and not isinstance(step.leaf, Ask) and FACTS[step.leaf.fact].type == "area":
            text = _open_place(step.leaf.fact)
        if text not in said:
            holds = None if step.holds is None else step.holds is not step.negated
            said[text] = Reason(step.leaf.id, text, holds, step.leaf.cite)
    return list(said.values())


def _open_place(fact: str) -> str:
    if fact == "lives_in":
        return "It depends on which district you live in."
    return "It depends on which council looked after you."
