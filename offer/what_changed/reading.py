"""Reads from the database what changed up to an edition. What was read before is not read again."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.expressions import Q

from directory.phrase import phrase
from directory.records import Record, Service
from offer.addresses import OFFER, SERVICE
from offer.db.models import Publication, PublishedRevision, Revision
from offer.entitlements.schema import ENGLAND, Entitlement
from offer.logs import log
from offer.what_changed.fields import Part, is_checked_again, parts_of
from offer.what_changed.told import Act, Change, Changes, folded

LOOKED_BACK = timedelta(days=731)  # two years
MOST = 2_000  # changes of texts; new pages are few, or are told as one
_CHUNK = 2_000  # bodies read at once


@dataclass(frozen=True, slots=True)
class _Event:
    """What a publication did to a document: the revisions before and after it, None for none."""

    kind: str
    slug: str
    version: int
    act: Act
    before: int | None
    after: int | None
    stands: bool = False  # what came after is what is public at the version asked about


# What a document of today's catalogue is called, and whose it is.
_Named = Mapping[tuple[str, str], tuple[str, str]]
_Told = TypeVar("_Told", _Event, Change)


async def read_changes(
    connection: BaseDBAsyncClient,
    up_to: int,
    known: Changes | None = None,
    shown: Collection[Entitlement | Record] = (),
) -> Changes:
    """The changes of two years up to a catalogue version; `known` are those of an earlier edition.

    `shown` are the documents public at that version: what they are called is not read again.
    """
    rows = Publication.filter(version__lte=up_to).using_db(connection)
    moments: dict[int, datetime] = dict(await rows.values_list("version", "at"))
    if not moments:
        return Changes()
    since = max(moments[max(moments)] - LOOKED_BACK, moments[min(moments)])
    told = known if known and known.up_to in moments else Changes()
    events = list(
        _newest(
            each
            for each in await _events(connection, told.up_to, up_to)
            if each.version in moments and moments[each.version] >= since
        )
    )
    named = {
        **{(OFFER, each.id): (each.title, each.authority) for each in shown if isinstance(each, Entitlement)},
        **{(SERVICE, each.id): (each.name, each.authority) for each in shown if isinstance(each, Service)},
    }
    bodies = await _bodies(connection, _wanted(events, named))
    made = await asyncio.to_thread(_made, events, bodies, named, moments)
    every = list(_newest((*made, *(each for each in told.all if each.at >= since))))
    return Changes(tuple(folded(every)), tuple(every), since, up_to)


def _newest(found: Iterable[_Told]) -> Iterator[_Told]:
    """The newest publication first; of changed texts so many."""
    texts = 0
    for each in sorted(found, key=lambda one: (-one.version, one.kind, one.slug, one.act)):
        texts += each.act in ("changed", "checked")
        if each.act not in ("changed", "checked") or texts <= MOST:
            yield each


def _wanted(events: Iterable[_Event], named: _Named) -> set[int]:
    """The revisions whose words are needed to tell what happened."""
    unnamed = (each for each in events if _name_of(each, named) is None)
    return {id_ for each in unnamed for id_ in (each.before, each.after) if id_}


async def _events(connection: BaseDBAsyncClient, after: int, up_to: int) -> list[_Event]:
    """What happened in the publications after one version and up to another."""
    kinds = PublishedRevision.filter(since__lte=up_to, revision__document__kind__in=[OFFER, SERVICE])
    spans = kinds.using_db(connection)
    if after:
        touched = PublishedRevision.filter(Q(since__gt=after) | Q(until__gt=after)).using_db(connection)
        ids = {id_ for (id_,) in await touched.values_list("revision__document_id")}
        if len(ids) <= _CHUNK:  # of more it is as quick to read all
            spans = spans.filter(revision__document_id__in=sorted(ids))
    fields = ("revision__document__kind", "revision__document__slug", "revision_id", "since", "until")
    held: dict[tuple[str, str], list[tuple[int, int, int | None]]] = defaultdict(list)
    for kind, slug, *span in await spans.order_by("since").values_list(*fields):
        held[kind, slug].append((span[0], span[1], span[2]))
    found = (each for (kind, slug), spans in held.items() for each in _of_one(kind, slug, spans, up_to))
    return [each for each in found if each.version > after]


def _of_one(
    kind: str, slug: str, spans: Iterable[tuple[int, int, int | None]], up_to: int
) -> Iterator[_Event]:
    """What happened to one document; its spans in order of time."""
    last, ended = None, None
    for revision, since, until in spans:
        act: Act = "new" if last is None else "changed" if ended == since else "back"
        if act == "back" and ended is not None:
            yield _Event(kind, slug, ended, "gone", last, None)
        yield _Event(kind, slug, since, act, last, revision, until is None or until > up_to)
        last, ended = revision, until
    if ended is not None and ended <= up_to:
        yield _Event(kind, slug, ended, "gone", last, None)


async def _bodies(connection: BaseDBAsyncClient, ids: set[int]) -> Mapping[int, str]:
    found: dict[int, str] = {}
    ordered = sorted(ids)
    for start in range(0, len(ordered), _CHUNK):
        rows = Revision.filter(id__in=ordered[start : start + _CHUNK]).using_db(connection)
        found |= dict(await rows.values_list("id", "body"))
    return found


def _made(
    events: Iterable[_Event], bodies: Mapping[int, str], named: _Named, moments: Mapping[int, datetime]
) -> list[Change]:
    made = (_change(each, bodies, named, moments[each.version]) for each in events)
    return [each for each in made if each is not None]


def _change(event: _Event, bodies: Mapping[int, str], named: _Named, at: datetime) -> Change | None:
    """None where only what a reader never sees is different."""
    if name := _name_of(event, named):
        return Change(event.kind, event.slug, *name, event.version, at, event.act)
    before, after = (_read(bodies.get(id_ or 0)) for id_ in (event.before, event.after))
    last = after or before
    act = event.act
    parts: tuple[Part, ...] = ()
    if act == "changed":
        parts = _parts(before, after, event)
        if not parts and not is_checked_again(before, after):
            return None
        act = act if parts else "checked"
    title = str(last.get("title") or last.get("name") or event.slug)
    authority = str(last.get("authority", ENGLAND))
    return Change(event.kind, event.slug, title, authority, event.version, at, act, parts)


def _name_of(event: _Event, named: _Named) -> tuple[str, str] | None:
    """What a new page is called and whose it is, where it stands in the catalogue as it began."""
    return named.get((event.kind, event.slug)) if event.act == "new" and event.stands else None


def _parts(before: Mapping[str, Any], after: Mapping[str, Any], event: _Event) -> tuple[Part, ...]:
    """What differs. A body of an edition we cannot follow must not keep the new catalogue from the public."""
    try:
        return parts_of(before, after)
    except (ValueError, TypeError, KeyError, AttributeError) as fault:
        log().warning("change not told", document=f"{event.kind} {event.slug}", fault=type(fault).__name__)
        return (Part(phrase("New words.")),)


def _read(body: str | None) -> dict[str, Any]:
    read = json.loads(body) if body else {}
    return read if isinstance(read, dict) else {}
