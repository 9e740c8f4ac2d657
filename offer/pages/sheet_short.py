"""The short sheet, two pieces of paper: the most useful things first, the rest by name, what is left out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from offer.deciding import decision
from offer.language import gettext as _
from offer.language import ngettext, spoken
from offer.pages.blocks import Block, Groups
from offer.pages.sheet_parts import Section, SheetItem, in_brief
from offer.published import Published

ROOM = 5_400  # letters that the first sheet of A4 holds in two columns, below its head
_OF_AN_ITEM = 90  # on top of its letters: lines that are not full
_OWED = frozenset({"must", "must-in-part"})
_OF_A_NOTE = 400  # on top: that nobody has checked this translation yet


@dataclass(frozen=True, slots=True)
class Shortened:
    """`first`: what to ask for, and how; `names`: what else is sure; `left_out`: what is not here."""

    first: Section
    names: tuple[SheetItem, ...]
    left_out: str


def shortened(published: Published, groups: Groups, on: date, taken: int) -> Shortened:
    """What to ask for on the first sheet, below `taken` letters of other words; the rest is for the second.

    Two columns that run on over a second sheet are not made equally long there by Chromium, so they do not.
    """
    items = [in_brief(published, block, on) for block in most_useful_first(published, groups, on)]
    room = ROOM - taken - (0 if spoken().checked else _OF_A_NOTE)
    fitting = sum(1 for size in accumulate(map(_length, items)) if size <= room)
    title, hint = _("You should be able to get"), _("Ask for these first.")
    first = Section("yes", title, hint, tuple(items[:fitting]))
    return Shortened(first, tuple(items[fitting:]), _left_out(groups))


def most_useful_first(published: Published, groups: Groups, on: date) -> Sequence[Block]:
    """Of what is sure: what nobody may refuse before what somebody chose to give; last where they stand."""
    blocks = [block for group in groups.yes for block in group.blocks]
    return sorted(blocks, key=lambda block: _usefulness(published, block, on))


def _usefulness(published: Published, block: Block, on: date) -> tuple[bool, bool, bool, bool]:
    weak, general = block.item.words.rank
    duties = {decision(published.entries[item.words.slug], on).duty for item in (block.item, *block.terms)}
    return block.item.words.background, weak, general, not duties & _OWED


def _length(item: SheetItem) -> int:
    """Letters of one thing and of the terms inside it, its lines counted in."""
    own = (item.title, item.whose, item.summary, item.amount, item.when, item.decides, item.ask)
    texts = (*own, *item.steps[:1], *item.warnings)
    return sum(map(len, texts)) + _OF_AN_ITEM + sum(map(_length, item.terms))


def _left_out(groups: Groups) -> str:
    """Which groups are on no short sheet, with how many things each has."""
    _yes, might, no = groups.counts
    counted = (
        ngettext("%(num)s thing you might get", "%(num)s things you might get", might) % {"num": might},
        ngettext("%(num)s thing that is not for you now", "%(num)s things that are not for you now", no)
        % {"num": no},
    )
    named = [words for words, count in zip(counted, (might, no), strict=True) if count]
    return _("Left out to keep this short: %(what)s.") % {"what": "; ".join(named)} if named else ""
