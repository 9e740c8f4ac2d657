"""A report on one place for its scrutiny or corporate parenting panel: one list of findings, dated. Pure.

What is not known is a finding too: a panel must not read silence as "all is well".
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from directory.topics import TOPICS
from offer.addresses import OFFER
from offer.clock import LONDON
from offer.council_names import plain_name
from offer.eligibility.wording import said_day
from offer.entitlements.schema import Entitlement
from offer.looking.gaps import SHOWN_FROM
from offer.published import Published
from offer.staff.checklist import Draft
from offer.staff.due import SOON
from offer.staff.gaps.conflicts import Conflict
from offer.staff.gaps.cover import TopicCover
from offer.staff.gaps.gather import ScopeGaps
from offer.staff.gaps.places import entries_of
from offer.staff.words.fields import texts_of
from offer.staff.words.jargon import kinder
from offer.staff.words.kinder import Term
from offer.tables import Column, Table
from offer.what_changed.words import said_act, said_parts, said_title, titled

Section = Literal["gaps", "contradictions", "stale", "unverified", "words", "changes", "unknown"]
# A shape and words for each: nothing is told by colour alone.
SECTIONS: Mapping[Section, tuple[str, str]] = {
    "gaps": ("▲", "What this offer does not hold"),
    "contradictions": ("≠", "What does not go together"),
    "stale": ("◔", "What was not checked in time"),
    "unverified": ("?", "What is not confirmed"),
    "words": ("✎", "Office words young people asked not to hear"),
    "changes": ("↻", "What the public saw change"),
    "unknown": ("–", "What we do not know"),
}
MOST_NAMES = 12  # districts in a line
_UNSURE: Mapping[str, str] = {
    "partly": "Not every detail could be checked.",
    "existence only": "Known to exist; its terms are not.",
    "unconfirmed": "Not confirmed.",
    "council paper": "Known only from a council paper.",
}
_STATUS: Mapping[str, str] = {
    "check": "It may not run any more.",
    "pilot": "A trial: it may be over.",
    "may-have-ended": "It may have ended.",
    "proposal": "A plan: it may not have begun.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One line. `day`: when it was due, or happened; None where none belongs to it. `slug`: of the entry."""

    section: Section
    what: str
    detail: str
    day: date | None = None
    slug: str = ""
    kind: str = OFFER


def findings(
    published: Published,
    found: ScopeGaps,
    codes: frozenset[str],
    drafts: Iterable[Draft],
    terms: Iterable[Term],
    since: date,
    on: date,
) -> tuple[Finding, ...]:
    """Everything, in the order of the sections. `drafts`: not public; `since`: from when changes are told."""
    entries = sorted(entries_of(published, codes), key=lambda each: each.title.casefold())
    return (
        *_gaps(found),
        *_conflicts((*found.conflicts, *found.odd)),
        *_stale(entries, on),
        *_unverified(entries),
        *(Finding("unverified", each.title, "A draft: not public.") for each in drafts),
        *_words(entries, tuple(terms)),
        *_changes(published, codes, since),
        *_unknown(published, found, entries, since),
    )


def _gaps(found: ScopeGaps) -> Iterator[Finding]:
    for each in found.missing:
        others = ", ".join(each.others)
        held = f"Held by {others}." if others else "We know of no other council that tells it."
        drafts = " A draft is written." if each.drafts else ""
        yield Finding("gaps", each.item.title, f"{TOPICS[each.item.topic].title}. {held}{drafts}")
    for right in found.rights:
        yield Finding("gaps", right.title, f"Own terms are told by {', '.join(right.others)}.")
    yield from (line for topic in found.topics for line in _topic(topic))
    without = [plain_name(row.district.name) for row in found.hubs if not row.hubs]
    if len(without) > MOST_NAMES:
        yield Finding(
            "gaps", "Hubs", f"In {len(without)} of {len(found.hubs)} districts none is known to us."
        )
    else:
        yield from (Finding("gaps", f"Hub in {name}", "None known to us.") for name in without)


def _topic(topic: TopicCover) -> Iterator[Finding]:
    for cell in topic.cells:
        if cell.state == "own":
            continue
        ages = f"aged {cell.band[0]} to {cell.band[1]}"
        if cell.nothing:
            many = len(cell.nothing) > MOST_NAMES
            where = f"{len(cell.nothing)} districts" if many else ", ".join(map(plain_name, cell.nothing))
            yield Finding("gaps", f"{topic.title}, {ages}", f"Nothing at all in {where}.")
        else:
            words = f"A local offer in {cell.local} of {cell.districts} districts; elsewhere England’s only."
            yield Finding("gaps", f"{topic.title}, {ages}", words)


def _conflicts(found: Iterable[Conflict]) -> Iterator[Finding]:
    yield from (Finding("contradictions", each.title, each.words, slug=each.slug) for each in found)


def _stale(entries: Iterable[Entitlement], on: date) -> Iterator[Finding]:
    for each in sorted(entries, key=lambda entry: entry.review_by):
        checked = f"Last checked on {said_day(each.checked_on)}."
        if each.review_by < on:
            yield Finding("stale", each.title, f"Check is overdue. {checked}", each.review_by, each.id)
        elif each.review_by <= on + SOON:
            yield Finding("stale", each.title, f"Check is due. {checked}", each.review_by, each.id)


def _unverified(entries: Iterable[Entitlement]) -> Iterator[Finding]:
    for each in entries:
        said = [_UNSURE.get(each.confidence), _STATUS.get(each.status)]
        if words := " ".join(filter(None, said)):
            yield Finding("unverified", each.title, words, each.checked_on, each.id)


def _words(entries: Iterable[Entitlement], terms: tuple[Term, ...]) -> Iterator[Finding]:
    """Office words only: hard sentences and the rest of the advice stand on each entry's own page."""
    for each in entries:
        texts = texts_of(OFFER, each.model_dump(mode="json"))
        everything = "\n".join(text.words for text in texts)
        for text in texts:
            if text.field.startswith("to_say."):
                continue
            for quote, _why, write in kinder(text.words, everything, terms):
                yield Finding("words", each.title, f"{text.label}: “{quote}”. {write}", slug=each.id)


def _changes(published: Published, codes: frozenset[str], since: date) -> Iterator[Finding]:
    for each in published.changes.of_places(codes):
        day = each.at.astimezone(LONDON).date()
        if day >= since:
            act = None if each.act == "many" else said_act(each)
            words = " ".join((*filter(None, [act]), *said_parts(published, each)))
            title = str(said_title(published, each)) if each.act == "many" else titled(published, each)
            yield Finding("changes", title, words, day, each.slug, each.kind)


def _unknown(
    published: Published, found: ScopeGaps, entries: Sequence[Entitlement], since: date
) -> Iterator[Finding]:
    if found.looked.counted_since is None:
        yield Finding("unknown", "What people look for", "Nothing has been counted yet.")
    else:
        few = len(found.looked.unopened)
        words = f"{few} pages were opened fewer than {SHOWN_FROM} times; smaller counts are never shown."
        yield Finding("unknown", "What people open", words, found.looked.counted_since)
    unsure = [each for each in entries if each.not_sure]
    for each in unsure:
        yield Finding("unknown", each.title, " ".join(each.not_sure), each.checked_on, each.id)
    first = published.changes.since
    if first is None or first.astimezone(LONDON).date() > since:
        told = f"before {said_day(first.astimezone(LONDON).date())}" if first else "of any day"
        yield Finding("unknown", "Earlier changes", f"We hold no changes {told}.")
    words = "Whether young people get what the pages say, and whether they are glad of it: ask them."
    yield Finding("unknown", "What it is like", words)


def table(place: str, found: Sequence[Finding], on: date) -> Table[Finding]:
    """The report as a table for a spreadsheet; every line says of which place and day it is."""
    columns: tuple[Column[Finding], ...] = (
        Column("place", "Whose offer", lambda each: place),
        Column("report_day", "The day of the report", lambda each: on, "date"),
        Column("section", "Which part of the report", lambda each: SECTIONS[each.section][1]),
        Column("what", "The entry or topic", lambda each: each.what),
        Column("detail", "What was found", lambda each: each.detail),
        Column("day", "When it was due, checked or changed", lambda each: each.day, "date"),
        Column("entry", "The entry's address on this service", lambda each: each.slug),
    )
    return Table("scrutiny", f"Scrutiny report: {place}", columns, found)
