"""A printed sheet as its template sees it: sections of things, each with what to do and whom to ask."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from offer.addresses import entry_href
from offer.council_names import plain_name
from offer.deciding import decided_in_brief, decision
from offer.entitlements.amounts import worth_on
from offer.entitlements.schema import ENGLAND, Entitlement
from offer.language import gettext as _
from offer.notes import warnings_of
from offer.pages.blocks import Block, Group, Groups
from offer.pages.items import Item
from offer.published import Published

_SAYS_ENOUGH = 20  # letters of an amount: "Free" does not say what it is


@dataclass(frozen=True, slots=True)
class SheetItem:
    """One thing on paper; "" and () are left out. `path` is the address of its page below our host.

    `steps` are to be done in order; `terms` are the same thing as this person's council gives it.
    `decides` says who decides and whether they must or may.
    """

    title: str
    whose: str
    path: str
    summary: str
    amount: str
    when: str
    hinges: tuple[str, ...]
    warnings: tuple[str, ...]
    steps: tuple[str, ...]
    bring: tuple[str, ...]
    ask: str
    decides: str
    told_no: str
    checked: date
    terms: tuple["SheetItem", ...] = ()


@dataclass(frozen=True, slots=True)
class Section:
    """`kind` is yes, might, no or list. `hint` says what to do with it."""

    kind: str
    title: str
    hint: str
    items: tuple[SheetItem, ...]


def sections_of(published: Published, groups: Groups, on: date) -> tuple[Section, ...]:
    """The three groups of the results on paper, in few words, since each has dozens of things."""
    might = (*groups.likely, *groups.might)
    every = (
        Section(
            "yes",
            _("You should be able to get"),
            _("Ask for these first."),
            _items(published, groups.yes, on),
        ),
        Section(
            "might",
            _("You might get: what to ask"),
            _("Each depends on something more. Ask, or tell us."),
            _items(published, might, on),
        ),
        Section("no", _("Not now, and why"), "", tuple(_not_now(published, groups.no))),
    )
    return tuple(section for section in every if section.items)


def _items(published: Published, groups: Iterable[Group], on: date) -> tuple[SheetItem, ...]:
    return tuple(in_brief(published, block, on) for group in groups for block in group.blocks)


def in_brief(published: Published, block: Block, on: date) -> SheetItem:
    """A right with its terms inside it: the first step alone, and whom to ask."""
    terms = tuple(_item(published, item, on) for item in block.terms)
    return _item(published, block.item, on, terms)


def _item(published: Published, item: Item, on: date, terms: tuple[SheetItem, ...] = ()) -> SheetItem:
    words = item.words
    entry = published.entries[words.slug]
    return SheetItem(
        title=words.title,
        whose=words.whose,
        path=words.href,
        summary="" if len(words.amount) > _SAYS_ENOUGH else words.summary,
        amount=words.amount,
        when=item.when,
        hinges=item.hinges,
        warnings=item.warnings,
        steps=tuple(entry.steps[:1]),
        bring=(),
        ask=words.ask,
        decides=decided_in_brief(entry, on),
        told_no="",
        checked=entry.checked_on,
        terms=terms,
    )


def _not_now(published: Published, blocks: Iterable[Block]) -> Iterator[SheetItem]:
    for block in blocks:
        item, words = block.item, block.item.words
        yield SheetItem(
            title=words.title,
            whose=words.whose,
            path="",
            summary="",
            amount="",
            when=item.when,
            hinges=(item.near,) if item.near else item.hinges[:1],
            warnings=(),
            steps=(),
            bring=(),
            ask="",
            decides="",
            told_no="",
            checked=published.entries[words.slug].checked_on,
        )


def item_in_full(published: Published, entry: Entitlement, on: date) -> SheetItem:
    """One thing for anybody: every step, what to bring, and what to do about a no."""
    worth, decided = worth_on(entry, on), decision(entry, on)
    whose = "" if entry.authority == ENGLAND else plain_name(published.names.get(entry.authority, ""))
    return SheetItem(
        title=entry.title,
        whose="" if whose.removeprefix("County ") in entry.title else whose,
        path=entry_href(entry.id),
        summary=entry.summary,
        amount=worth.text if worth else "",
        when="",
        hinges=(entry.who_for,),
        warnings=warnings_of(entry, "unknown", on),
        steps=tuple(entry.steps),
        bring=tuple(entry.bring),
        ask=entry.ask,
        decides=f"{decided.who}. {decided.words}",
        told_no=entry.if_told_no,
        checked=entry.checked_on,
    )
