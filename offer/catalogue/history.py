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


async def read_history(connection: BaseDBAsyncClient, up_to: int = NEWEST) -> History:
    """The changes of every document up to a catalogue version, the latest first."""
    rows = await Publication.filter(version__lte=up_to).using_db(connection).values("version", "at", "note")
    publications = {row["version"]: Changed(row["version"], row["at"], row["note"]) for row in rows}
    spans = PublishedRevision.filter(since__lte=up_to).using_db(connection).order_by("-since")
    found: dict[Key, list[Changed]] = defaultdict(list)
    fields = ("revision__document__kind", "revision__document__slug", "since")
    for kind, slug, since in await spans.values_list(*fields):
        found[kind, slug].append(publications[since])
    return {key: tuple(changes) for key, changes in found.items()}
