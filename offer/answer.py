"""The one answer: what a person can get on a day, from one edition of the catalogue.

Pages, the API, print and the phone all show what this function says; nothing
else decides who can get what.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from offer.answer_parts import Answer, CareStatus, Outcome, in_order
from offer.careful import careful
from offer.eligibility.asking import Asking
from offer.eligibility.care import care_status
from offer.eligibility.evaluate import Known, Verdict
from offer.eligibility.joined import Indexed
from offer.eligibility.partly_known import knowledge
from offer.eligibility.situation import Situation
from offer.eligibility.wording import Wording
from offer.entry_day import EntryDay
from offer.horizon import NOTHING_MOVES, Horizon, horizon
from offer.nearest_miss import CHANGEABLE, wanted
from offer.notes import notes_on
from offer.outcome_parts import OutcomeValue, Reason
from offer.published import Published
from offer.questions import askable, next_question
from offer.reasons import because
from offer.rulebook import CompiledRule
from offer.validity import TOO_LATE


def answer(
    published: Published, situation: Situation, on: date, *, explain: bool = True, explain_open: bool = True
) -> Answer:
    """What each entry of England and of this person's councils means for them on the day.

    `explain=False` leaves out reasons, asks, what to change and the next question; `explain_open=False`
    only the reasons of what is open, for who shows what it waits for instead. Never raises for what a
    person said: anything not understood is unknown.
    """
    status = care_status(situation, on)
    known = knowledge(situation, on)
    entries = published.entries_for(_code(known, "responsible_authority"), _code(known, "lives_in"), on)
    rules, days = published.rules_on(on), published.days_on(on)
    owners = frozenset(entry.authority for entry in entries)
    near = _within_reach(published.index_on(on, owners), known) if explain else _nothing_near
    teller = _Teller(Asking(known), Wording(known, published.names), near, explain, explain and explain_open)
    verdict = published.verdicts_on(on, owners).of(known)
    verdicts = [(days[entry.id], verdict(entry.id)) for entry in entries]
    sure = [day.entry.id for day, verdict in verdicts if day.outcome(verdict.outcome) == "yes"]
    when = partial(horizon, published, situation, on, entries, owners, sure=sure)
    times = careful(when, dict[str, Horizon](), "dates")(known)
    outcomes = [
        _outcome(day, rules[day.entry.id], verdict, times.get(day.entry.id, NOTHING_MOVES), teller)
        for day, verdict in verdicts
    ]
    return Answer(
        on=on,
        catalogue_version=published.version,
        not_included=tuple(name for name in ("responsible_authority", "lives_in") if name not in known),
        care_status=CareStatus(status.value, tuple(status.because), status.cite, tuple(status.warnings)),
        outcomes=in_order(outcomes),
        next_question=next_question(outcomes, known, asking=teller.asking) if explain else None,
        notes=notes_on(known),
    )


def _code(known: Known, fact: str) -> str | None:
    value = known.get(fact)
    return value if isinstance(value, str) else None


Near = Callable[[str], bool]  # whether looking for the closest miss of an entry may find one


def _within_reach(index: Indexed, known: Known) -> Near:
    """Which rules some change that a person can make may open; where the index breaks, any may be."""
    return careful(partial(_not_barred, index), lambda slug: True, "index")(known)


def _not_barred(index: Indexed, known: Known) -> Near:
    if_changed = index.evaluate({name: value for name, value in known.items() if name not in CHANGEABLE})
    out_of_reach = index.barred(if_changed)
    return lambda slug: not index.is_in(slug, out_of_reach)


def _nothing_near(_: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class _Teller:
    """How outcomes are told: what may be asked, in which words, with or without reasons."""

    asking: Asking
    wording: Wording
    near: Near
    explain: bool
    explain_open: bool
    _asked: dict[frozenset[str], tuple[str, ...]] = field(default_factory=dict)

    def missing(self, facts: frozenset[str]) -> tuple[str, ...]:
        """What to ask so as to learn these facts: many entries wait for the same."""
        if facts not in self._asked:
            self._asked[facts] = askable(facts, self.asking)
        return self._asked[facts]


def _outcome(day: EntryDay, rule: CompiledRule, verdict: Verdict, times: Horizon, teller: _Teller) -> Outcome:
    outcome = day.outcome(verdict.outcome)
    no, stands = outcome == "no", day.standing
    near = no and stands == "in-force" and teller.near(day.entry.id)
    waits = no or stands == "coming"  # for a day: what waits has nothing to lose yet
    return Outcome(
        day=day,
        outcome=outcome,
        because=_because(day, verdict, teller) if _is_explained(outcome, teller) else (),
        missing=teller.missing(verdict.missing) if outcome == "unknown" else (),
        asks=verdict.asks if teller.explain and outcome == "unknown" else (),
        warnings=() if no else (*day.warnings, TOO_LATE) if times.too_late else day.warnings,
        from_=times.start if waits else None,
        until=None if waits else times.until,
        until_age=None if waits else times.until_age,
        sure_until=times.sure_until,
        sure_until_age=times.sure_until_age,
        closest=wanted(rule.closest(teller.asking.known)) if near else (),
    )


def _is_explained(outcome: OutcomeValue, teller: _Teller) -> bool:
    return teller.explain_open if outcome == "unknown" else teller.explain


def _because(day: EntryDay, verdict: Verdict, teller: _Teller) -> tuple[Reason, ...]:
    """What is coming says so first; of what has ended nothing else matters."""
    if day.standing == "ended":
        return day.against
    return (*day.against, *because(verdict, teller.wording))
