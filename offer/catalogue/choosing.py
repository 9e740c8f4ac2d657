"""Which revision of each document the public is to see next.

Of few documents only those are read, with what they name and what names them, so that one correction
takes as long in a catalogue of every council as in that of one.
"""

import asyncio
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.expressions import Q
from tortoise.functions import Max

from offer.catalogue.candidates import Candidate, Finding, Findings, Key, named
from offer.catalogue.documents import is_public, read_body
from offer.db.models import PublishedRevision, Revision

AT_ONCE = 2_000  # values of one statement: the drivers allow some ten thousand
FEW = 500  # documents up to which only those and their neighbours are read


@dataclass(slots=True)
class Choice:
    """Which revision of each document the public is to see. Of few documents: of those alone."""

    current: dict[Key, int]  # revision ids now public
    chosen: dict[Key, Candidate]
    fallback: Mapping[Key, Candidate]  # the public revisions, read, for falling back to
    around: tuple[Candidate, ...] = ()  # public besides: what those name
    leading: tuple[Candidate, ...] = ()  # public besides, and leading to what goes
    unread: dict[Key, int] = field(default_factory=dict)  # public, not readable now, left where it is
    refused: list[Finding] = field(default_factory=list)
    doubtful: list[Finding] = field(default_factory=list)

    def check(self, findings: Findings) -> None:
        """Refuses what fails, until nothing new fails; each round settles at least one document."""
        while True:
            found = self._found(findings)
            new = [f for f in found if self._is_new((f.kind, f.slug))]
            if not new:
                self.doubtful = found
                return
            self.refused += new
            for key in {(f.kind, f.slug) for f in new}:
                self.fall_back(key)

    def _found(self, findings: Findings) -> list[Finding]:
        looked_at = self.chosen.keys() | {(each.kind, each.slug) for each in self.leading}
        found = findings((*self.chosen.values(), *self.leading, *self.around))
        return [each for each in found if (each.kind, each.slug) in looked_at]

    def _is_new(self, key: Key) -> bool:
        return key in self.chosen and self.chosen[key].revision_id != self.current.get(key)

    def fall_back(self, key: Key) -> None:
        """Back to what is public now, or to nothing."""
        self.chosen.pop(key, None)
        if key in self.fallback:
            self.chosen[key] = self.fallback[key]
        elif key in self.current:
            self.unread[key] = self.current[key]

    def after(self) -> dict[Key, int]:
        """The revision ids to be public."""
        return self.unread | {key: candidate.revision_id for key, candidate in self.chosen.items()}


async def choose(connection: BaseDBAsyncClient, only: Collection[Key] | None = None) -> Choice:
    """The newest ready revisions of all documents, or of those in `only` beside what is public now."""
    if only is not None and len(only) <= FEW:
        choice = await _choice(connection, only)
        if await _stand_beside(connection, choice):
            return choice
    return await _choice(connection, None, only)


async def _choice(
    connection: BaseDBAsyncClient, among: Collection[Key] | None, only: Collection[Key] | None = None
) -> Choice:
    """`among`: the only documents looked at. `only`: those that may move; of all others what is public."""
    current = await _current(connection, among)
    newest = await _newest(connection, among)
    if only is not None:
        newest = current | {key: id_ for key, id_ in newest.items() if key in only}
    read = await _read(connection, set(current.values()) | set(newest.values()))
    fallback = {key: found for key, id_ in current.items() if isinstance(found := read[id_], Candidate)}
    choice = Choice(current, {}, fallback)
    for key, id_ in newest.items():
        found = read[id_]
        if isinstance(found, Finding):
            choice.refused.append(found)
            choice.fall_back(key)
        elif is_public(found.document):
            choice.chosen[key] = found
    return choice


async def _stand_beside(connection: BaseDBAsyncClient, choice: Choice) -> bool:
    """Adds the public documents that the chosen ones name, and those that name what goes.

    False where one named is not there: then a body of the first edition may hold it, and all must be read.
    """
    touched = choice.current.keys() | choice.chosen.keys()
    gone = choice.current.keys() - choice.chosen.keys() - choice.unread.keys()
    leading = [each for each in await _saying(connection, gone) if (each.kind, each.slug) not in touched]
    own = (*choice.chosen.values(), *choice.fallback.values(), *leading)
    wanted = {key for each in own for _, key in named(each.document)} - touched
    wanted -= {(each.kind, each.slug) for each in leading}
    around = await _public(connection, wanted)
    choice.leading, choice.around = tuple(leading), tuple(around)
    return wanted == {(each.kind, each.slug) for each in around}


async def _public(connection: BaseDBAsyncClient, keys: Collection[Key]) -> list[Candidate]:
    """What is public of these, as far as it can be read."""
    read = await _read(connection, set((await _current(connection, keys)).values())) if keys else {}
    return [each for each in read.values() if isinstance(each, Candidate)]


async def _saying(connection: BaseDBAsyncClient, keys: Collection[Key]) -> list[Candidate]:
    """The public documents in whose text the slug of one of these stands."""
    ids = set[int]()
    for _, slug in keys:
        spans = PublishedRevision.filter(until=None, revision__body__contains=f'"{slug}"')
        ids |= {id_ for (id_,) in await spans.using_db(connection).values_list("revision_id")}
    read = await _read(connection, ids)
    return [each for each in read.values() if isinstance(each, Candidate)]


def _parts(keys: Collection[Key] | None, kind: str, slug: str) -> Iterator[Q]:
    """Conditions that together find these documents, or one that finds all."""
    if keys is None:
        yield Q()
        return
    by_kind: dict[str, list[str]] = {}
    for key in sorted(keys):
        by_kind.setdefault(key[0], []).append(key[1])
    for of, slugs in by_kind.items():
        for start in range(0, len(slugs), AT_ONCE):
            some: dict[str, Any] = {kind: of, f"{slug}__in": slugs[start : start + AT_ONCE]}
            yield Q(**some)


async def _current(connection: BaseDBAsyncClient, keys: Collection[Key] | None) -> dict[Key, int]:
    fields = ("revision_id", "revision__document__kind", "revision__document__slug")
    found: dict[Key, int] = {}
    for part in _parts(keys, *fields[1:]):
        spans = await PublishedRevision.filter(part, until=None).using_db(connection).values_list(*fields)
        found |= {(kind, slug): revision_id for revision_id, kind, slug in spans}
    return found


async def _newest(connection: BaseDBAsyncClient, keys: Collection[Key] | None) -> dict[Key, int]:
    """The newest ready revision of every document; a staff draft waits without holding it back."""
    found: dict[Key, int] = {}
    fields = ("id", "document_id", "number", "document__kind", "document__slug")
    for part in _parts(keys, *fields[3:]):
        ready = Revision.filter(part, state="ready").using_db(connection)
        counted = ready.annotate(top=Max("number")).group_by("document_id")
        top = dict(await counted.values_list("document_id", "top"))
        rows = await ready.values_list(*fields)
        found |= {(kind, slug): id_ for id_, of, number, kind, slug in rows if number == top[of]}
    return found


async def _read(connection: BaseDBAsyncClient, ids: Collection[int]) -> dict[int, Candidate | Finding]:
    fields = ("id", "body", "document__kind", "document__slug")
    ordered, found = sorted(ids), dict[int, Candidate | Finding]()
    for start in range(0, len(ordered), AT_ONCE):
        some = Revision.filter(id__in=ordered[start : start + AT_ONCE]).using_db(connection)
        found |= await asyncio.to_thread(_read_all, await some.values_list(*fields))
    return found


def _read_all(rows: Iterable[tuple[int, str, str, str]]) -> dict[int, Candidate | Finding]:
    found: dict[int, Candidate | Finding] = {}
    for id_, body, kind, slug in rows:
        try:
            read = read_body(kind, body)
            found[id_] = Candidate(kind, slug, read.document, id_, read.carried)
        except ValidationError as fault:
            first = fault.errors()[0]
            place = ".".join(map(str, first["loc"]))
            found[id_] = Finding(kind, slug, f"{place}: {first['msg']}")
    return found
