"""Reads from the database what changed up to an edition. What was read before is not read again."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

from directory.phrase import phrase
from offer.addresses import OFFER, SERVICE
from offer.db.models import Publication, PublishedRevision, Revision
from offer.entitlements.schema import ENGLAND
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


async def read_changes(connection: BaseDBAsyncClient, up_to: int, known: Changes | None = None) -> Changes:
    """The changes of two years up to a catalogue version; `known` are those of an earlier edition."""
    rows = Publication.filter(version__lte=up_to).using_db(connection)
    moments: dict[int, datetime] = dict(await rows.values_list("version", "at"))
    if not moments:
        return Changes()
    since = max(moments[max(moments)] - LOOKED_BACK, moments[min(moments)])
    told = (
        {(each.version, each.kind, each.slug, each.act == "gone"): each for each in known.all}
        if known
        else {}
    )
    events = _newest(
        each
        for each in await _events(connection, up_to)
        if each.version in moments and moments[each.version] >= since
    )
    fresh = [each for each in events if (each.version, each.kind, each.slug, each.act == "gone") not in told]
    bodies = await _bodies(connection, {id_ for each in fresh for id_ in (each.before, each.after) if id_})
    made = await asyncio.to_thread(_made, events, told, bodies, moments)
    return Changes(tuple(folded(made)), tuple(made), since)


def _newest(events: Iterable[_Event]) -> list[_Event]:
    """The newest publication first; of changed texts so many."""
    found = sorted(events, key=lambda each: (-each.version, each.kind, each.slug, each.act))
    kept, texts = list[_Event](), 0
    for each in found:
        texts += each.act == "changed"
        if each.act != "changed" or texts <= MOST:
            kept.append(each)
    return kept


async def _events(connection: BaseDBAsyncClient, up_to: int) -> list[_Event]:
    spans = PublishedRevision.filter(since__lte=up_to, revision__document__kind__in=[OFFER, SERVICE])
    fields = ("revision__document__kind", "revision__document__slug", "revision_id", "since", "until")
    held: dict[tuple[str, str], list[tuple[int, int, int | None]]] = defaultdict(list)
    for kind, slug, *span in await spans.using_db(connection).order_by("since").values_list(*fields):
        held[kind, slug].append((span[0], span[1], span[2]))
    return [each for (kind, slug), spans in held.items() for each in _of_one(kind, slug, spans, up_to)]


def _of_one(
    kind: str, slug: str, spans: Iterable[tuple[int, int, int | None]], up_to: int
) -> Iterator[_Event]:
    """What happened to one document; its spans in order of time."""
    last, ended = None, None
    for revision, since, until in spans:
        act: Act = "new" if last is None else "changed" if ended == since else "back"
        if act == "back" and ended is not None:
            yield _Event(kind, slug, ended, "gone", last, None)
        yield _Event(kind, slug, since, act, last, revision)
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
    events: Iterable[_Event],
    told: Mapping[tuple[int, str, str, bool], Change],
    bodies: Mapping[int, str],
    moments: Mapping[int, datetime],
) -> list[Change]:
    found = list[Change]()
    for each in events:
        held = told.get((each.version, each.kind, each.slug, each.act == "gone"))
        made = held or _change(each, bodies, moments[each.version])
        if made is not None:
            found.append(made)
    return found


def _change(event: _Event, bodies: Mapping[int, str], at: datetime) -> Change | None:
    """None where only what a reader never sees is different."""
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
