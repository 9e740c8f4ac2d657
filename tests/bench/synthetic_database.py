"""A database of made-up councils, each published by itself as it would have joined."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from offer.catalogue.commands import set_up
from offer.catalogue.documents import digest_of
from offer.clock import now
from offer.db.connections import orm
from offer.db.models import THE_ROW, CatalogueVersion, Document, Publication, PublishedRevision, Revision
from offer.db.rows import tables, write
from tests.bench.synthetic import Country, Made

_NUMBERED = ("document", "revision", "published_revision", "publication")


async def fill(database: str, country: Country, councils: int, say: Callable[[str], object]) -> int:
    """The starter catalogue and so many councils; the number of documents."""
    await set_up(database, at=now())
    async with orm(database) as connection:
        first = (await CatalogueVersion.get(id=THE_ROW)).number
        begun = now()
        for joined, gss in enumerate(country.codes(councils), 1):
            at = begun + timedelta(milliseconds=joined)
            await _publish(connection, list(country.council(gss)), first + joined, at)
            if joined % 25 == 0:
                say(f"{joined} of {councils} councils")
        await _go_on_counting(connection)
        return await Document.all().count()


async def _publish(connection: BaseDBAsyncClient, made: Sequence[Made], version: int, at: datetime) -> None:
    """One council joins: every document with its first revision, all of them public from this version."""
    async with in_transaction(connection.connection_name) as transaction:
        document, revision, span = [await _last(transaction, model) + 1 for model in
                                    (Document, Revision, PublishedRevision)]  # fmt: skip
        digests = [digest_of(each.text) for each in made]
        await _write(transaction, "document", [
            {"id": document + at_, "kind": each.kind, "slug": each.slug, "newest": 1,
             "newest_digest": digest, "loaded_digest": digest}
            for at_, (each, digest) in enumerate(zip(made, digests, strict=True))
        ])  # fmt: skip
        await _write(transaction, "revision", [
            {"id": revision + at_, "document_id": document + at_, "number": 1, "body": each.text,
             "digest": digest, "author": "bench", "at": at, "origin": "loaded", "state": "ready", "note": ""}
            for at_, (each, digest) in enumerate(zip(made, digests, strict=True))
        ])  # fmt: skip
        await _write(transaction, "published_revision", [
            {"id": span + at_, "revision_id": revision + at_, "since": version, "until": None}
            for at_ in range(len(made))
        ])  # fmt: skip
        await Publication.create(
            using_db=transaction,
            version=version,
            at=at,
            author="bench",
            added=len(made),
            changed=0,
            removed=0,
        )
        await (
            CatalogueVersion.filter(id=THE_ROW).using_db(transaction).update(number=version, published_at=at)
        )


async def _last(connection: BaseDBAsyncClient, model: Any) -> int:
    last = await model.all().using_db(connection).order_by("-id").first().only("id")
    return last.id if last else 0


async def _write(connection: BaseDBAsyncClient, name: str, rows: Sequence[dict[str, Any]]) -> None:
    table = next(each for each in tables() if each.name == name)
    await write(connection, table, [tuple(row[column] for column in table.columns) for row in rows])


async def _go_on_counting(connection: BaseDBAsyncClient) -> None:
    """PostgreSQL hands out the next number after the last, and knows how large its tables are."""
    if connection.capabilities.dialect == "sqlite":
        return
    for name in _NUMBERED:
        sequence = f"pg_get_serial_sequence('{name}', 'id')"
        await connection.execute_query(f"SELECT setval({sequence}, (SELECT max(id) FROM {name}))")
    await connection.execute_script("ANALYZE")
