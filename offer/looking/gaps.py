"""The managers' list of gaps: what people looked for and did not find, and which entries nobody opens."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from offer.catalogue.history import History, Key
from offer.clock import LONDON
from offer.eligibility.wording import said_day
from offer.looking.store import Counts
from offer.published import Published

SHOWN_FROM = 5  # a smaller count is never shown


@dataclass(frozen=True, slots=True)
class Gap:
    """Words that were searched and found nothing, and how often."""

    words: str
    times: int


@dataclass(frozen=True, slots=True)
class Unopened:
    """A public entry or service opened fewer than five times. `new_on`: first published in that time."""

    kind: str
    slug: str
    title: str
    new_on: date | None


@dataclass(frozen=True, slots=True)
class Gaps:
    """The list for the time from `since` on. `counted_since` is None where nothing was ever counted."""

    since: date
    counted_since: date | None
    searches: tuple[Gap, ...]
    unopened: tuple[Unopened, ...]


def gaps_of(published: Published, history: History, counts: Counts, since: date) -> Gaps:
    """The commonest search first; entries by title. `counts` are those from `since` on."""
    asked = (Gap(words, times) for words, times in counts.searches.items() if times >= SHOWN_FROM)
    unopened = (
        Unopened(*key, title, _new_on(history, key, since))
        for key, title in _titles(published)
        if counts.openings.get(key, 0) < SHOWN_FROM
    )
    return Gaps(
        since=since,
        counted_since=counts.first,
        searches=tuple(sorted(asked, key=lambda gap: (-gap.times, gap.words))),
        unopened=tuple(sorted(unopened, key=lambda each: (each.title.casefold(), each.slug)))
        if counts.first
        else (),
    )


def _titles(published: Published) -> Iterator[tuple[Key, str]]:
    for entry in published.entries.values():
        yield ("entitlement", entry.id), entry.title
    for service in published.services.values():
        if service.is_shown:
            yield ("service", service.id), service.name


def _new_on(history: History, key: Key, since: date) -> date | None:
    changes = history.get(key)
    first = changes[-1].at.astimezone(LONDON).date() if changes else None
    return first if first and first > since else None


def gap_lines(gaps: Gaps) -> Iterator[str]:
    """The list in plain lines."""
    if gaps.counted_since is None:
        yield "Nothing has been counted yet. The service counts while it runs; look again in a few days."
        return
    yield f"From {said_day(gaps.since)} on. Counting began on {said_day(gaps.counted_since)}."
    yield ""
    if gaps.searches:
        yield "Searches that found nothing:"
        yield from (f"{gap.times:6}  {gap.words}" for gap in gaps.searches)
    else:
        yield "No search that found nothing was asked often enough to be written down."
    yield ""
    if gaps.unopened:
        yield f"Opened fewer than {SHOWN_FROM} times ({len(gaps.unopened)}):"
        yield from (_unopened_line(each) for each in gaps.unopened)
    else:
        yield f"Every entry was opened {SHOWN_FROM} times or more."


def _unopened_line(each: Unopened) -> str:
    new = f" – new on {said_day(each.new_on)}" if each.new_on else ""
    return f"- {each.title} [{each.kind} {each.slug}]{new}"
