"""Outcomes as blocks: a right and, inside it, the terms of this person's councils; blocks by topic."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from directory.topics import TOPICS
from offer.addresses import entry_href
from offer.answer_parts import Outcome, OutcomeValue, Reason
from offer.council_names import plain_name
from offer.eligibility.facts import FACTS
from offer.entitlements.schema import ENGLAND
from offer.language import gettext as _
from offer.language import ngettext
from offer.languages.entries import in_spoken
from offer.nearest_miss import sentence
from offer.pages.dates_said import from_words, until_words
from offer.published import Published
from offer.validity import BEGINS

_BEST: Mapping[OutcomeValue, int] = {"yes": 0, "unknown": 1, "no": 2}
_TOPIC_ORDER: Mapping[str, int] = {slug: place for place, slug in enumerate(TOPICS)}
_BACKGROUND = ("status", "information")  # strengths that tell where you stand, and give nothing by hand
_WEAK = ("pilot", "may-have-ended", "proposal")
MOST_REASONS = 2  # of a "no" said at once; the entry's page has the whole rule
OPEN_UP_TO = 4  # blocks: a short list is shown, a long one folded by topic


@dataclass(frozen=True, slots=True)
class ReasonView:
    """One condition as a line: "Fits", "Does not fit", "Not known yet" or "Somebody decides"."""

    mark: str
    text: str
    law: str


@dataclass(frozen=True, slots=True)
class Item:
    """One entry as it stands for this person; "" and () are left out.

    `hinges` are what it turns on; `near` is what somebody could change about a "no".
    """

    slug: str
    href: str
    title: str
    whose: str
    outcome: OutcomeValue
    summary: str
    amount: str
    when: str
    hinges: tuple[str, ...]
    near: str
    person_decides: bool
    ask: str
    warnings: tuple[str, ...]
    reasons: tuple[ReasonView, ...]
    topic: str
    background: bool
    likely: bool
    rank: tuple[bool, bool]


@dataclass(frozen=True, slots=True)
class Block:
    """A right with this person's councils' own terms of it."""

    item: Item
    terms: tuple[Item, ...]

    @property
    def outcome(self) -> OutcomeValue:
        """The best of the right and its terms."""
        return min((self.item, *self.terms), key=lambda item: _BEST[item.outcome]).outcome


@dataclass(frozen=True, slots=True)
class Group:
    """The blocks of one topic. `peek` names the first of them where the group is folded."""

    title: str
    blocks: tuple[Block, ...]
    peek: str
    folded: bool


@dataclass(frozen=True, slots=True)
class Groups:
    """The three groups of the results; `likely` stands before the rest of `might`."""

    yes: tuple[Group, ...]
    likely: tuple[Group, ...]
    might: tuple[Group, ...]
    no: tuple[Block, ...]

    @property
    def counts(self) -> tuple[int, int, int]:
        """How many blocks are a yes, a might and a not now."""
        might = (*self.likely, *self.might)
        yes, open_ = (sum(len(group.blocks) for group in groups) for groups in (self.yes, might))
        return yes, open_, len(self.no)


class ItemMaker:
    """Makes items of one edition for somebody born on a day, if that is known."""

    def __init__(self, published: Published, born: date | None) -> None:
        self._published = published
        self._born = born

    def item(self, outcome: Outcome) -> Item:
        """The outcome with the entry's own words."""
        entry = in_spoken(self._published.entries[outcome.slug])
        whose = plain_name(self._published.names.get(entry.authority, ""))
        until = until_words(outcome, self._born)
        waits = outcome.outcome == "no" or outcome.standing == "coming"
        return Item(
            slug=entry.id,
            href=entry_href(entry.id),
            title=entry.title,
            whose="" if entry.authority == ENGLAND or whose.removeprefix("County ") in entry.title else whose,
            outcome=outcome.outcome,
            summary=entry.summary,
            amount=outcome.worth.text if outcome.worth else "",
            when=_start_words(outcome, self._born) if waits else until,
            hinges=_hinges(outcome),
            near=sentence(outcome.closest) or "",
            person_decides=outcome.outcome == "unknown" and not outcome.missing,
            ask=outcome.ask,
            warnings=outcome.warnings,
            reasons=tuple(_reason(reason, outcome) for reason in outcome.because),
            topic=entry.topic,
            background=entry.strength in _BACKGROUND,
            likely=outcome.likely,
            rank=(entry.status in _WEAK or outcome.standing == "coming", not entry.for_care_leavers),
        )


def _start_words(outcome: Outcome, born: date | None) -> str:
    """When a "no" or a "coming" ends. The first day of a law is said with the rest about it."""
    told = outcome.standing == "coming" and outcome.from_ == outcome.begins
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


def groups_of(published: Published, outcomes: Sequence[Outcome], born: date | None) -> Groups:
    """Every outcome in its block, every block in its group."""
    make = ItemMaker(published, born)
    blocks = blocks_of([make.item(outcome) for outcome in outcomes], _parents(outcomes))
    by_outcome = {value: [block for block in blocks if block.outcome == value] for value in _BEST}
    might = by_outcome["unknown"]
    likely = [block for block in might if _is_likely(block)]
    rest = [block for block in might if not _is_likely(block)]
    return Groups(
        yes=_yes(by_outcome["yes"]),
        likely=_likely(tuple(likely)),
        might=_by_topic(rest, folded=len(rest) > OPEN_UP_TO),
        no=tuple(by_outcome["no"]),
    )


def _parents(outcomes: Iterable[Outcome]) -> Mapping[str, str | None]:
    return {outcome.slug: outcome.part_of for outcome in outcomes}


def blocks_of(items: Sequence[Item], parent_of: Mapping[str, str | None]) -> list[Block]:
    """Terms stand inside their right, unless the right is a "no" that the council goes beyond."""
    by_slug = {item.slug: item for item in items}
    inside: dict[str, list[Item]] = {}
    alone: list[Item] = []
    for item in items:
        right = by_slug.get(parent_of[item.slug] or "")
        if right is None or (right.outcome == "no" and item.outcome != "no"):
            alone.append(item)
        else:
            inside.setdefault(right.slug, []).append(item)
    blocks = [Block(item, tuple(inside.get(item.slug, ()))) for item in alone]
    return sorted(blocks, key=_worth)


def _worth(block: Block) -> tuple[bool, bool, bool]:
    """What surely runs before what may not, care leavers' own before anybody's, with local terms first."""
    weak, general = block.item.rank
    return weak, general, not block.terms


def _is_likely(block: Block) -> bool:
    return any(item.likely for item in (block.item, *block.terms)) and not any(
        item.outcome == "unknown" and not item.person_decides for item in (block.item, *block.terms)
    )


def _yes(blocks: Sequence[Block]) -> tuple[Group, ...]:
    """What can be had, by topic; last, what only tells where you stand."""
    given = [block for block in blocks if not block.item.background]
    told = tuple(block for block in blocks if block.item.background)
    standing = (Group(_("Good to know: where you stand"), told, _peek(told), folded=True),) if told else ()
    return (*_by_topic(given, folded=False), *standing)


def _likely(blocks: tuple[Block, ...]) -> tuple[Group, ...]:
    """What waits only for somebody to say yes, in one group."""
    title = _("Nearly there: somebody only has to say yes")
    return (Group(title, blocks, _peek(blocks), folded=len(blocks) > OPEN_UP_TO),) if blocks else ()


def _by_topic(blocks: Sequence[Block], *, folded: bool) -> tuple[Group, ...]:
    ordered = sorted(blocks, key=lambda block: _TOPIC_ORDER[block.item.topic])
    return tuple(
        Group(_(TOPICS[topic].title), found, _peek(found), folded)
        for topic, found in (
            (topic, tuple(together)) for topic, together in groupby(ordered, lambda block: block.item.topic)
        )
    )


def _peek(blocks: Sequence[Block]) -> str:
    """The first names of a folded list: "Money to set up your first home, Cold weather payment"."""
    return " · ".join(block.item.title for block in blocks[:2])
