"""Which publications changed which document: read once with a new catalogue, then kept in memory."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from tortoise.backends.base.client import BaseDBAsyncClient

from offer.db.models import Publication, PublishedRevision

Key = tuple[str, str]  # kind and slug
NEWEST = 2**31 - 1  # later than any version


@dataclass(frozen=True, slots=True)
class Changed:
    """A publication that showed a document for the first time, or with a new text."""

    version: int
    at: datetime
    note: str


History = Mapping[Key, tuple[Changed, ...]]


async def read_history(
    connection: BaseDBAsyncClient, up_to: int = NEWEST, *, known: History | None = None, after: int = 0
) -> History:
    """The changes of every document up to a catalogue version, the latest first.

    `known` are those up to the version `after` of the same database: only later ones are read.
    """
    rows = Publication.filter(version__lte=up_to, version__gt=after).using_db(connection)
    publications = {
        row["version"]: Changed(row["version"], row["at"], row["note"])
        for row in await rows.values("version", "at", "note")
    }
    spans = PublishedRevision.filter(since__lte=up_to, since__gt=after).using_db(connection)
    found: dict[Key, list[Changed]] = defaultdict(list)
    fields = ("revision__document__kind", "revision__document__slug", "since")
    for kind, slug, since in await spans.order_by("-since").values_list(*fields):
        found[kind, slug].append(publications[since])
    earlier = known or {}
    return {**earlier, **{key: (*changes, *earlier.get(key, ())) for key, changes in found.items()}}
