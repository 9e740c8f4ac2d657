"""What a page of results showed, carried in its form, so that the next page can say what changed.

It holds a day, the number of the edition, two counts and a short mark for each thing that was
a yes: "2026-11-22.4.53.11.k3Hf…". A form that nobody answered yet holds the day and the edition
alone. It goes where the answers go, in the body of a form, and nowhere else.
"""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from zlib import crc32

from offer.addresses import entry_href
from offer.language import gettext as _
from offer.language import ngettext
from offer.languages.dates import said_day
from offer.pages.blocks import Block, Groups
from offer.published import Published

_WIDTH = 3  # bytes of a mark: of ten thousand entries one in a thousand is taken for another
MOST_NAMED = 6


@dataclass(frozen=True, slots=True)
class Seen:
    """What somebody saw last. `shown`: there were lists, not only a form; `yes` holds marks."""

    on: date
    version: int
    shown: bool = False
    might: int = 0
    no: int = 0
    yes: frozenset[bytes] = frozenset()


@dataclass(frozen=True, slots=True)
class Named:
    """One thing by its name. `now` is where it stands, "" where the heading says it."""

    title: str
    href: str
    now: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """What is different from what was seen last. `again`: the form was filled in on another day."""

    heading: str
    gained: tuple[Named, ...]
    lost_words: str
    lost: tuple[Named, ...]
    more: tuple[str, ...]
    again: tuple[str, ...]


def form_mark(published: Published, on: date) -> str:
    """What a form carries that was opened today and shows no lists."""
    return f"{on.isoformat()}.{published.version}"


def page_mark(published: Published, groups: Groups, on: date) -> str:
    """What the form of these results carries."""
    might, no = groups.counts[1:]
    marks = urlsafe_b64encode(b"".join(sorted(set().union(*map(_sure, _yes(groups))))))
    return f"{form_mark(published, on)}.{might}.{no}.{marks.decode('ascii')}"


def read_seen(text: str, on: date) -> Seen | None:
    """The reverse; None for anything that no page of ours wrote before or on this day."""
    day, *rest = text.split(".")
    try:
        seen = Seen(date.fromisoformat(day), *_rest(rest))
    except (ValueError, IndexError):
        return None
    return seen if seen.on <= on else None


def _rest(parts: list[str]) -> tuple[int, bool, int, int, frozenset[bytes]]:
    if len(parts) == 1:
        return int(parts[0]), False, 0, 0, frozenset()
    version, might, no = (int(part) for part in parts[:3])
    joined = urlsafe_b64decode(parts[3])
    marks = (joined[start : start + _WIDTH] for start in range(0, len(joined), _WIDTH))
    return version, True, might, no, frozenset(marks)


def _mark(slug: str) -> bytes:
    return crc32(slug.encode()).to_bytes(4, "big")[:_WIDTH]


def _sure(block: Block) -> set[bytes]:
    """The marks of what is a yes in a block: the right, its terms, or both."""
    return {_mark(item.words.slug) for item in (block.item, *block.terms) if item.outcome == "yes"}


def _all(block: Block) -> set[bytes]:
    return {_mark(item.words.slug) for item in (block.item, *block.terms)}


def changed(
    seen: Seen | None, published: Published, groups: Groups, on: date, *, asked: bool
) -> Changed | None:
    """What to say of the difference; None where there is none and nothing was asked."""
    if seen is None:
        return None
    again = tuple(_again(seen, published, on))
    gained = [block for block in _yes(groups) if not _sure(block) & seen.yes]
    lost = [block for block in _others(groups) if _all(block) & seen.yes]
    here = set[bytes]().union(*map(_all, (*_yes(groups), *_others(groups))))
    counts = tuple(_counts(seen, groups, len(seen.yes - here)))
    if not seen.shown:
        return Changed(again[0], (), "", (), (), again[1:]) if again else None
    if not (asked or gained or lost or counts or again):
        return None
    return Changed(
        heading=_heading(len(gained), len(lost), any_other=bool(counts)),
        gained=tuple(_named(gained)),
        lost_words=_lost_words(len(lost)) if gained and lost else "",
        lost=tuple(_named(lost, where=True)),
        more=(*_unnamed(len(gained)), *counts),
        again=again,
    )


def _yes(groups: Groups) -> Iterator[Block]:
    return (block for group in groups.yes for block in group.blocks)


def _others(groups: Groups) -> Iterator[Block]:
    for group in (*groups.likely, *groups.might):
        yield from group.blocks
    yield from groups.no


def _named(blocks: Iterable[Block], *, where: bool = False) -> Iterator[Named]:
    for block in list(blocks)[:MOST_NAMED]:
        now = {"unknown": _("You might get it"), "no": _("Not now")}.get(block.outcome, "") if where else ""
        yield Named(block.item.words.title, entry_href(block.item.words.slug), now)


def _unnamed(gained: int) -> Iterator[str]:
    left = gained - MOST_NAMED
    if left > 0:
        yield ngettext("And %(num)s more, below.", "And %(num)s more, below.", left) % {"num": left}


def _heading(gained: int, lost: int, *, any_other: bool) -> str:
    if gained:
        words = ngettext(
            "%(num)s more thing you should be able to get",
            "%(num)s more things you should be able to get",
            gained,
        )
        return words % {"num": gained}
    if lost:
        return _lost_words(lost)
    return _("Your lists changed") if any_other else _("Your lists stay the same")


def _lost_words(lost: int) -> str:
    words = ngettext("%(num)s thing is no longer certain", "%(num)s things are no longer certain", lost)
    return words % {"num": lost}


def _counts(seen: Seen, groups: Groups, gone: int) -> Iterator[str]:
    """The two other lists, where they are longer or shorter than they were."""
    might, no = groups.counts[1:]
    if seen.shown and might != seen.might:
        yield _("You might get: %(now)s, before %(before)s.") % {"now": might, "before": seen.might}
    if seen.shown and no != seen.no:
        yield _("Not now: %(now)s, before %(before)s.") % {"now": no, "before": seen.no}
    if gone:
        words = ngettext(
            "%(num)s thing is no longer in your lists: another council’s, or taken off our list.",
            "%(num)s things are no longer in your lists: another council’s, or taken off our list.",
            gone,
        )
        yield words % {"num": gone}


def _again(seen: Seen, published: Published, on: date) -> Iterator[str]:
    """That a form was opened on another day, or before our list was changed."""
    if seen.on != on:
        words = _("Worked out today, %(day)s. You filled it in on %(before)s.")
        yield words % {"day": said_day(on), "before": said_day(seen.on)}
    if seen.version != published.version:
        yield _("Our list has been updated since then.")
