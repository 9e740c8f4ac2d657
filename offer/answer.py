"""The one answer: what a person can get on a day, from one edition of the catalogue.

Pages, the API, print and the phone all show what this function says; nothing
else decides who can get what.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from directory.phrase import phrase
from offer.answer_parts import Answer, CareStatus, Outcome, OutcomeValue, Reason
from offer.careful import careful
from offer.eligibility.asking import Asking
from offer.eligibility.care import care_status
from offer.eligibility.evaluate import Known, Step, Verdict
from offer.eligibility.facts import FACTS
from offer.eligibility.index import Index, Outcomes
from offer.eligibility.partly_known import knowledge
from offer.eligibility.rule import Ask
from offer.eligibility.situation import Situation
from offer.eligibility.wording import Wording
from offer.entry_day import EntryDay
from offer.horizon import Horizon, horizon
from offer.nearest_miss import CHANGEABLE, wanted
from offer.notes import notes_on
from offer.published import Published
from offer.questions import askable, next_question
from offer.rulebook import CompiledRule
from offer.validity import TOO_LATE

_ORDER: Mapping[OutcomeValue, int] = {"yes": 0, "unknown": 1, "no": 2}


def answer(published: Published, situation: Situation, on: date, *, explain: bool = True) -> Answer:
    """What each entry of England and of this person's councils means for them on the day.

    `explain=False` leaves out reasons, asks, what to change and the next question. Never raises
    for what a person said: anything not understood is unknown.
    """
    status = care_status(situation, on)
    known = knowledge(situation, on)
    entries = published.entries_for(_code(known, "responsible_authority"), _code(known, "lives_in"), on)
    rules, days = published.rules_on(on), published.days_on(on)
    seen = _seen(published.index_on(on), known)
    teller = _Teller(Asking(known), Wording(known, published.names), seen, explain)
    verdicts = {entry.id: _verdict(entry.id, rules[entry.id], teller) for entry in entries}
    sure = [slug for slug, verdict in verdicts.items() if days[slug].outcome(verdict.outcome) == "yes"]
    when = partial(horizon, published, situation, on, entries, sure=sure)
    times = careful(when, dict[str, Horizon](), "dates")(known)
    outcomes = [
        _outcome(days[slug], rules[slug], verdict, times.get(slug, Horizon()), teller)
        for slug, verdict in verdicts.items()
    ]
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
class _Seen:
    """All rules seen at once, as bits: what each says, and which no change a person can make would open."""

    index: Index
    outcomes: Outcomes
    out_of_reach: int

    def settled(self, slug: str) -> bool | None:
        """Whether the rule holds; None where only its trace may tell."""
        return self.index.outcome(self.outcomes, slug)

    def may_open(self, slug: str) -> bool:
        """Whether looking for the closest miss may find one."""
        return not self.index.is_in(slug, self.out_of_reach)


def _seen(index: Index, known: Known) -> _Seen:
    """Where the index breaks on somebody's facts nothing is settled by it: each rule's own trace tells."""
    nothing_settled = _Seen(index, index.evaluate({}), 0)
    return careful(partial(_seen_with, index), nothing_settled, "index")(known)


def _seen_with(index: Index, known: Known) -> _Seen:
    outcomes = index.evaluate(known)
    if_changed = index.evaluate({name: value for name, value in known.items() if name not in CHANGEABLE})
    return _Seen(index, outcomes, index.barred(if_changed))


@dataclass(frozen=True, slots=True)
class _Teller:
    """How outcomes are told: what may be asked, in which words, with or without reasons."""

    asking: Asking
    wording: Wording
    seen: _Seen
    explain: bool


def _outcome(day: EntryDay, rule: CompiledRule, verdict: Verdict, times: Horizon, teller: _Teller) -> Outcome:
    entry, outcome = day.entry, day.outcome(verdict.outcome)
    no, stands = outcome == "no", day.standing
    near = teller.explain and no and stands == "in-force" and teller.seen.may_open(entry.id)
    waits = no or stands == "coming"  # for a day: what waits has nothing to lose yet
    return Outcome(
        slug=entry.id,
        part_of=entry.part_of,
        title=entry.title,
        outcome=outcome,
        strength=day.strength,
        because=_because(day, verdict.steps, teller) if teller.explain else (),
        missing=askable(verdict.missing, teller.asking) if outcome == "unknown" else (),
        asks=verdict.asks if teller.explain and outcome == "unknown" else (),
        warnings=() if no else (*day.warnings, TOO_LATE) if times.too_late else day.warnings,
        from_=times.start if waits else None,
        until=None if waits else times.until,
        until_age=None if waits else times.until_age,
        sure_until=times.sure_until,
        sure_until_age=times.sure_until_age,
        ask=entry.ask,
        standing=stands,
        begins=entry.begins,
        ends=entry.ends,
        worth=day.worth,
        closest=wanted(rule.closest(teller.asking.known)) if near else (),
    )


def _verdict(slug: str, rule: CompiledRule, teller: _Teller) -> Verdict:
    """What the rule says; without reasons to tell, the trace of what is settled is spared."""
    settled = None if teller.explain else teller.seen.settled(slug)
    return rule.explain(teller.asking.known) if settled is None else Verdict(settled, (), frozenset(), ())


def _because(day: EntryDay, steps: Sequence[Step], teller: _Teller) -> tuple[Reason, ...]:
    """What is coming says so first; of what has ended nothing else matters."""
    if day.standing == "ended":
        return day.against
    return (*day.against, *reasons(steps, teller.wording))


def reasons(steps: Sequence[Step], wording: Wording) -> list[Reason]:
    """One reason a leaf; leaves that read the same are said once."""
    said = dict[str, Reason]()
    for step in steps:
        text = wording.reason(step)
        if step.holds is None and not isinstance(step.leaf, Ask) and FACTS[step.leaf.fact].type == "area":
            text = _open_place(step.leaf.fact)
        if text not in said:
            holds = None if step.holds is None else step.holds is not step.negated
            said[text] = Reason(step.leaf.id, text, holds, step.leaf.cite)
    return list(said.values())


def _open_place(fact: str) -> str:
    if fact == "lives_in":
        return phrase("It depends on which district you live in.")
    return phrase("It depends on which council looked after you.")
