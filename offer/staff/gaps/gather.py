"""All gaps of a scope on a day, from one edition and what was counted. Pure: reads nothing, asks no clock."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from directory.coverage import DistrictCoverage
from directory.outlines.next_door import next_door
from offer.catalogue.advice import oddities
from offer.catalogue.coverage import reaches
from offer.catalogue.documents import ENTITLEMENT
from offer.council_names import plain_name
from offer.eligibility.wording import said_day
from offer.entitlements.schema import Entitlement
from offer.looking.gaps import Gaps, gaps_of
from offer.looking.store import Counts
from offer.published import Published
from offer.staff.checklist import Draft
from offer.staff.gaps.conflicts import Conflict, conflicts
from offer.staff.gaps.cover import TopicCover, cover
from offer.staff.gaps.places import codes_of_scope, councils_held, districts_of_scope, entries_of
from offer.staff.gaps.usual import Usual, held, is_called, usual_offer
from offer.staff.roles import NATIONAL

_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True, slots=True)
class Missing:
    """A thing that offers usually hold and this one does not, with the councils that have it, by name.

    `drafts`: what is written of it and not public.
    """

    item: Usual
    others: tuple[str, ...]
    drafts: tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class RightWithout:
    """A right of England whose own terms other councils tell and this one does not."""

    slug: str
    title: str
    topic: str
    others: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ScopeGaps:
    """Everything. `hubs`: the districts with the hubs we know of; `looked`: what was counted."""

    scope: str
    topics: tuple[TopicCover, ...]
    hubs: tuple[DistrictCoverage, ...]
    looked: Gaps
    missing: tuple[Missing, ...]
    rights: tuple[RightWithout, ...]
    conflicts: tuple[Conflict, ...]
    odd: tuple[Conflict, ...]
    entries: int
    councils: int  # of which we hold something, this one left out


def gather(
    published: Published,
    scope: str,
    hubs: Iterable[DistrictCoverage],
    counts: Counts,
    since: date,
    drafts: Sequence[Draft],
    on: date,
) -> ScopeGaps:
    """The gaps of a scope; `hubs` are those of all districts, `drafts` what is not public. About a second."""
    places, codes = published.places, codes_of_scope(published.places, scope, on)
    own, districts = entries_of(published, codes), districts_of_scope(published.places, scope, on)
    reached = reaches(tuple(published.entries.values()), published.index_on(on), places, districts, on)
    others = {gss: entries for gss, entries in councils_held(published, on) if gss != scope}
    named = {area.gss for area in districts}
    return ScopeGaps(
        scope=scope,
        topics=cover(reached),
        hubs=tuple(each for each in hubs if each.district.gss in named),
        looked=_of_scope(published, gaps_of(published, published.history, counts, since), codes),
        missing=() if scope == NATIONAL else tuple(_missing(published, own, drafts, others)),
        rights=() if scope == NATIONAL else tuple(_rights(published, own, others)),
        conflicts=conflicts(published, own, on, lambda code: next_door(places, code, on)),
        odd=tuple(_odd(own, on)),
        entries=len(own),
        councils=len(others),
    )


def _of_scope(published: Published, looked: Gaps, codes: frozenset[str]) -> Gaps:
    """What nobody opened, of these places; searches name no place."""
    whose = {(ENTITLEMENT, entry.id): entry.authority for entry in published.entries.values()}
    whose |= {("service", view.id): view.record.authority for view in published.services.values()}
    unopened = tuple(each for each in looked.unopened if whose.get((each.kind, each.slug)) in codes)
    return replace(looked, unopened=unopened)


Others = Mapping[str, tuple[Entitlement, ...]]


def _odd(entries: Iterable[Entitlement], on: date) -> Iterator[Conflict]:
    """What each entry says oddly by itself: see offer/catalogue/advice.py."""
    for entry in entries:
        for problem in oddities(entry, on):
            words = _DAY.sub(lambda day: said_day(date.fromisoformat(day[0])), problem)
            yield Conflict(entry.id, entry.title, f"{words[:1].upper()}{words[1:]}.")


def _missing(
    published: Published, own: Iterable[Entitlement], drafts: Sequence[Draft], others: Others
) -> Iterator[Missing]:
    ours = held(own)
    theirs = {gss: held(entries) for gss, entries in others.items()}
    for item in usual_offer():
        if not ours[item.id]:
            names = (plain_name(published.names[gss]) for gss, found in theirs.items() if found[item.id])
            begun = tuple(each for each in drafts if is_called(item, each.slug, each.title))
            yield Missing(item, tuple(sorted(names)), begun)


def _rights(published: Published, own: Iterable[Entitlement], others: Others) -> Iterator[RightWithout]:
    ours = {entry.part_of for entry in own}
    listed = {slug for item in usual_offer() for slug in item.part_of}  # told among what is missing
    theirs = Counter[str]()
    names: dict[str, set[str]] = {}
    for gss, entries in others.items():
        for slug in {entry.part_of for entry in entries if entry.part_of} - ours - listed:
            assert slug is not None
            theirs[slug] += 1
            names.setdefault(slug, set()).add(plain_name(published.names[gss]))
    for slug, _count in sorted(theirs.items(), key=lambda pair: (-pair[1], pair[0])):
        if right := published.entries.get(slug):
            yield RightWithout(slug, right.title, right.topic, tuple(sorted(names[slug])))
