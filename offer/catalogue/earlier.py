"""Earlier editions of the catalogue, for whoever asks what was said on a day. Few are kept in memory."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import date, datetime

from tortoise.backends.base.client import BaseDBAsyncClient

from directory.places import Places
from offer.catalogue.reading import NotPublished, PublishedDocuments, published_on, read_published
from offer.published import Published, build_published

MOST_KEPT = 2  # editions; one of England and two councils takes some 15 MB
PATIENCE = 20.0  # seconds one reading may take, and one may wait for another
_FIRST_DAY, _LAST_DAY = date(2000, 1, 1), date(2999, 12, 31)  # beyond them lies no catalogue of ours


@dataclass(frozen=True, slots=True)
class EarlierEdition:
    """The catalogue as it was published on some day. `at`: the aware moment of its publication."""

    published: Published
    at: datetime


@dataclass(slots=True)
class Earlier:
    """Editions by version, the one used last kept longest. One is read at a time."""

    _kept: OrderedDict[int, EarlierEdition] = field(default_factory=OrderedDict)
    _one_at_a_time: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __len__(self) -> int:
        return len(self._kept)

    async def on(self, connection: BaseDBAsyncClient, day: date, current: Published) -> EarlierEdition:
        """The edition that the public saw at the end of that day; `current` where it is still the newest.

        Raises NotPublished where there was none, and what `offer.db.connections.AWAY` names while the
        database is away or too slow.
        """
        if not _FIRST_DAY <= day <= _LAST_DAY:
            raise NotPublished("Nothing was published on that day.")
        async with asyncio.timeout(PATIENCE), self._one_at_a_time:
            publication = await published_on(connection, day)
            if publication.version == current.version:
                return EarlierEdition(current, publication.at)
            if publication.version not in self._kept:
                documents = await read_published(connection, publication.version)
                edition = await asyncio.to_thread(_edition, documents, current.places, publication.at)
                self._kept[publication.version] = edition
            return self._used(publication.version)

    def _used(self, version: int) -> EarlierEdition:
        """The one asked for, now the last to be dropped."""
        self._kept.move_to_end(version)
        while len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return self._kept[version]


def _edition(documents: PublishedDocuments, places: Places, at: datetime) -> EarlierEdition:
    """Compiled for its own day; nobody searches it, so its index is never built."""
    edition = build_published(
        documents.entitlements,
        documents.records,
        places,
        version=documents.version,
        published_at=at,
        today=at.date(),
    )
    return EarlierEdition(edition, at)
