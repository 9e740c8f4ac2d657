"""Takes up a newly published catalogue: reads what stands beside it, builds the edition, swaps it in."""

import asyncio
import gc
from typing import NamedTuple

from tortoise.backends.base.client import BaseDBAsyncClient

from directory.places import Places
from offer.catalogue.history import History, read_history
from offer.catalogue.reading import PublishedDocuments
from offer.catalogue.watch import OnChange
from offer.clock import today
from offer.live import Live
from offer.public_scopes import Scopes, read_public_scopes
from offer.published import Published, build_published
from offer.what_changed.reading import read_changes
from offer.what_changed.told import Changes


class _Beside(NamedTuple):
    """What the database tells beside the documents."""

    history: History
    changes: Changes
    scopes: Scopes


def taking_up(live: Live, connection: BaseDBAsyncClient, places: Places) -> OnChange:
    """What to do with each new catalogue: afterwards `live` serves it, and nobody ever sees half of it."""

    async def take(documents: PublishedDocuments) -> None:
        around = await _read_beside(connection, documents, live.edition)
        live.edition = await asyncio.to_thread(_build, documents, places, live.edition, around)
        await asyncio.to_thread(_settle, is_nationwide=live.edition.finder.is_nationwide)
        if live.edition.finder.is_large:
            live.warming = asyncio.create_task(asyncio.to_thread(live.edition.finder.warm))

    return take


async def _read_beside(
    connection: BaseDBAsyncClient, documents: PublishedDocuments, edition: Published | None
) -> _Beside:
    """Only what is new, where the documents too were read on from this edition."""
    before = edition if edition and documents.since == edition.version else None
    shown = (*documents.entitlements, *documents.records)
    return _Beside(
        await read_history(
            connection,
            documents.version,
            known=before.history if before else None,
            after=before.version if before else 0,
        ),
        await read_changes(connection, documents.version, before.changes if before else None, shown),
        await read_public_scopes(connection),
    )


def _build(
    documents: PublishedDocuments, places: Places, previous: Published | None, around: _Beside
) -> Published:
    edition = build_published(
        documents.entitlements,
        documents.records,
        places,
        version=documents.version,
        published_at=documents.published_at,
        today=today(),
        previous=previous,
        history=around.history,
        changes=around.changes,
        scopes=around.scopes,
    )
    if not edition.finder.is_large:
        edition.finder.warm()  # so that the first search waits for nothing
    edition.warm(today())  # nor the first page, nor the first harvester
    return edition


def _settle(*, is_nationwide: bool) -> None:
    """Spare this edition the collector's rounds, which make everybody wait; of a country even one does.

    The edition before goes by itself: nothing in it holds itself (tests/offer/test_editions_go.py).
    """
    if not is_nationwide:
        gc.unfreeze()  # what else was kept may be cleared too
    gc.collect()
    gc.freeze()
