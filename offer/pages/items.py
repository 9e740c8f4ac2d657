"""One outcome as it is shown: the entry's own words, and what it turns on for this person."""

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from weakref import WeakKeyDictionary

from offer.addresses import entry_href
from offer.answer_parts import Outcome
from offer.council_names import plain_name
from offer.eligibility.facts import FACTS
from offer.entitlements.schema import ENGLAND
from offer.entry_day import EntryDay
from offer.language import gettext as _
from offer.language import ngettext, spoken
from offer.languages.entries import in_spoken
from offer.nearest_miss import sentence
from offer.outcome_parts import OutcomeValue, Reason
from offer.pages.dates_said import from_words, until_words
from offer.published import Published
from offer.validity import BEGINS

_BACKGROUND = ("status", "information")  # strengths that tell where you stand, and give nothing by hand
_WEAK = ("pilot", "may-have-ended", "proposal")
MOST_REASONS = 2  # of a "no" said at once; the entry's page has the whole rule


@dataclass(frozen=True, slots=True)
class ReasonView:
    """One condition as a line: "Fits", "Does not fit", "Not known yet" or "Somebody decides"."""

    mark: str
    text: str
    law: str


@dataclass(frozen=True, slots=True)
class Words:
    """What an entry says to everybody on a day, in the language of the request.

    `background`: it tells where somebody stands, and gives nothing by hand. `rank`: what may not
    run comes after what does, anybody's after care leavers' own.
    """

    slug: str
    href: str
    title: str
    whose: str
    summary: str
    amount: str
    ask: str
    topic: str
    background: bool
    rank: tuple[bool, bool]


class Item(NamedTuple):
    """One entry as it stands for this person; "" and () are left out.

    `hinges` are what it turns on; `near` is what somebody could change about a "no".
    """

    words: Words
    outcome: OutcomeValue
    when: str
    hinges: tuple[str, ...]
    near: str
    person_decides: bool
    warnings: tuple[str, ...]
    told: Outcome
    likely: bool

    @property
    def reasons(self) -> tuple[ReasonView, ...]:
        """Every condition, for who opens them: most are never shown, and so not put into words before."""
        return tuple(_reason(reason, self.told) for reason in self.told.because)


class ItemMaker:
    """Makes items of one edition for somebody born on a day, if that is known."""

    def __init__(self, published: Published, born: date | None) -> None:
        self._published = published
        self._born = born

    def item(self, outcome: Outcome) -> Item:
        """The outcome with the entry's own words."""
        return Item(
            words=self._words(outcome.day),
            outcome=outcome.outcome,
            when=_start_words(outcome, self._born) if outcome.waits else until_words(outcome, self._born),
            hinges=_hinges(outcome),
            near=sentence(outcome.closest) or "" if outcome.closest else "",
            person_decides=outcome.outcome == "unknown" and not outcome.missing,
            warnings=outcome.warnings,
            told=outcome,
            likely=outcome.likely,
        )

    def _words(self, day: EntryDay) -> Words:
        kept = _WORDS.setdefault(day, {})
        language = spoken().code
        if language not in kept:
            kept[language] = self._worded(day)
        return kept[language]

    def _worded(self, day: EntryDay) -> Words:
        entry = in_spoken(day.entry)
        whose = plain_name(self._published.names.get(entry.authority, ""))
        return Words(
            slug=entry.id,
            href=entry_href(entry.id),
            title=entry.title,
            whose="" if entry.authority == ENGLAND or whose.removeprefix("County ") in entry.title else whose,
            summary=entry.summary,
            amount=day.worth.text if day.worth else "",
            ask=entry.ask,
            topic=entry.topic,
            background=entry.strength in _BACKGROUND,
            rank=(entry.status in _WEAK or day.standing == "coming", not entry.for_care_leavers),
        )


_WORDS = WeakKeyDictionary[EntryDay, dict[str, Words]]()  # by language; they go with their edition


def _start_words(outcome: Outcome, born: date | None) -> str:
    """When a "no" or a "coming" ends. The first day of a law is said with the rest about it."""
    told = outcome.day.standing == "coming" and outcome.from_ == outcome.day.entry.begins
    return "" if told else from_words(outcome.from_, born)


def _hinges(outcome: Outcome) -> tuple[str, ...]:
    """What it turns on: the open question, what a person decides, or why it is not now."""
    if outcome.outcome == "no":
        return tuple(reason.text for reason in outcome.because if reason.holds is False)[:MOST_REASONS]
    if outcome.missing:
        first, *more = sorted(outcome.missing, key=lambda name: FACTS[name].sensitivity)
        question = _(FACTS[first].question)
        return (question, _and_more(len(more))) if more else (question,)
    return outcome.asks[:MOST_REASONS] if outcome.outcome == "unknown" else ()


def _and_more(count: int) -> str:
    return ngettext("And %(num)s more question.", "And %(num)s more questions.", count) % {"num": count}


def _reason(reason: Reason, outcome: Outcome) -> ReasonView:
    return ReasonView(_mark(reason, outcome), reason.text, reason.cite or "")


def _mark(reason: Reason, outcome: Outcome) -> str:
    if reason.id == BEGINS and reason.holds is False:
        return _("Not yet")
    if reason.holds is None:
        decided = reason.text.rstrip(".") in {text.rstrip(".") for text in outcome.asks}
        return _("Somebody decides") if decided else _("Not known yet")
    return _("Fits") if reason.holds else _("Does not fit")
