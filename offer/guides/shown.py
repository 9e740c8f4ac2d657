"""Which of a guide's words are true on a day: those whose entries are published and in force."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

from offer.entitlements.in_force import is_in_force, standing
from offer.entitlements.schema import Entitlement
from offer.guides.schema import Guide, Sentence

Said = TypeVar("Said", bound=Sentence)


def true_on(sentences: Iterable[Said], entries: Mapping[str, Entitlement], on: date) -> tuple[Said, ...]:
    """The sentences that may be shown; one that rests on an entry goes with it."""
    return tuple(each for each in sentences if _is_true(each, entries, on))


def _is_true(sentence: Sentence, entries: Mapping[str, Entitlement], on: date) -> bool:
    rests = all(slug in entries and is_in_force(entries[slug], on) for slug in sentence.rests_on)
    coming = entries.get(sentence.while_coming) if sentence.while_coming else None
    waits = sentence.while_coming is None or (coming is not None and standing(coming, on) == "coming")
    return rests and waits


def entries_of(guide: Guide, entries: Iterable[Entitlement], on: date) -> tuple[Entitlement, ...]:
    """Of these the entries in force that belong to a guide: those of its own topic first, then by title."""
    found = [entry for entry in entries if _belongs(guide, entry) and is_in_force(entry, on)]
    return tuple(sorted(found, key=lambda entry: (not is_mainly(guide, entry), entry.title)))


def is_mainly(guide: Guide, entry: Entitlement) -> bool:
    """Whether the entry stands on this guide in full, and not only as a link: its topic, or a pick."""
    return entry.topic in guide.topics or (not guide.topics and entry.id in guide.picks)


def _belongs(guide: Guide, entry: Entitlement) -> bool:
    return entry.id in guide.picks or not {entry.topic, *entry.more_topics}.isdisjoint(guide.topics)
