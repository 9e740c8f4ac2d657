"""Outcomes as blocks: a right and, inside it, the terms of this person's councils; blocks by topic."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from directory.topics import TOPICS
from offer.answer_parts import Outcome
from offer.language import gettext as _
from offer.outcome_parts import OutcomeValue
from offer.pages.items import Item, ItemMaker
from offer.published import Published

_BEST: Mapping[OutcomeValue, int] = {"yes": 0, "unknown": 1, "no": 2}
_TOPIC_ORDER: Mapping[str, int] = {slug: place for place, slug in enumerate(TOPICS)}
OPEN_UP_TO = 4  # blocks: a short list is shown, a long one folded by topic


@dataclass(frozen=True, slots=True)
class Block:
    """A right with this person's councils' own terms of it."""

    item: Item
    terms: tuple[Item, ...]

    @property
    def all(self) -> tuple[Item, ...]:
        """The right, then its terms."""
        return (self.item, *self.terms)

    @property
    def outcome(self) -> OutcomeValue:
        """The best of the right and its terms."""
        return min((item.outcome for item in self.all), key=_BEST.__getitem__)


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


def groups_of(published: Published, outcomes: Sequence[Outcome], born: date | None) -> Groups:
    """Every outcome in its block, every block in its group."""
    make = ItemMaker(published, born)
    blocks = blocks_of([make.item(outcome) for outcome in outcomes], _parents(outcomes))
    by_outcome: dict[OutcomeValue, list[Block]] = {value: [] for value in _BEST}
    for block in blocks:
        by_outcome[block.outcome].append(block)
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
    return {outcome.slug: outcome.day.entry.part_of for outcome in outcomes}


def blocks_of(items: Sequence[Item], parent_of: Mapping[str, str | None]) -> list[Block]:
    """Terms stand inside their right, unless the right is a "no" that the council goes beyond."""
    by_slug = {item.words.slug: item for item in items}
    inside: dict[str, list[Item]] = {}
    alone: list[Item] = []
    for item in items:
        right = by_slug.get(parent_of[item.words.slug] or "")
        if right is None or (right.outcome == "no" and item.outcome != "no"):
            alone.append(item)
        else:
            inside.setdefault(right.words.slug, []).append(item)
    blocks = [Block(item, tuple(inside.get(item.words.slug, ()))) for item in alone]
    return sorted(blocks, key=_worth)


def _worth(block: Block) -> tuple[bool, bool, bool]:
    """What surely runs before what may not, care leavers' own before anybody's, with local terms first."""
    weak, general = block.item.words.rank
    return weak, general, not block.terms


def _is_likely(block: Block) -> bool:
    return any(item.likely for item in (block.item, *block.terms)) and not any(
        item.outcome == "unknown" and not item.person_decides for item in (block.item, *block.terms)
    )


def _yes(blocks: Sequence[Block]) -> tuple[Group, ...]:
    """What can be had, by topic; last, what only tells where you stand."""
    given = [block for block in blocks if not block.item.words.background]
    told = tuple(block for block in blocks if block.item.words.background)
    standing = (Group(_("Good to know: where you stand"), told, _peek(told), folded=True),) if told else ()
    return (*_by_topic(given, folded=False), *standing)


def _likely(blocks: tuple[Block, ...]) -> tuple[Group, ...]:
    """What waits only for somebody to say yes, in one group."""
    title = _("Nearly there: somebody only has to say yes")
    return (Group(title, blocks, _peek(blocks), folded=len(blocks) > OPEN_UP_TO),) if blocks else ()


def _by_topic(blocks: Sequence[Block], *, folded: bool) -> tuple[Group, ...]:
    ordered = sorted(blocks, key=lambda block: _TOPIC_ORDER[block.item.words.topic])
    return tuple(
        Group(_(TOPICS[topic].title), found, _peek(found), folded)
        for topic, found in (
            (topic, tuple(together))
            for topic, together in groupby(ordered, lambda block: block.item.words.topic)
        )
    )


def _peek(blocks: Sequence[Block]) -> str:
    """The first names of a folded list: "Money to set up your first home, Cold weather payment"."""
    return " · ".join(block.item.words.title for block in blocks[:2])
