"""What becomes of each record of a feed: a new draft, a changed one, nothing, or one line of the report.

No database and no clock: what we hold comes in as a `Shelf`, what is to be written goes out as `Action`s.
"""

import json
from dataclasses import replace
from datetime import date
from typing import Any

from pydantic import ValidationError

from directory.openreferral.cleaning import plain_line
from directory.openreferral.faults import FeedFault
from directory.openreferral.given import postcodes_of
from directory.openreferral.harvesting import Fetched, Harvest
from directory.openreferral.likeness import traits_of
from directory.openreferral.limits import Limits
from directory.openreferral.reading import Desk, Incoming, NotReadable, RecordKind, read_service
from directory.places import Places
from offer.catalogue.documents import KINDS, Body, body_of
from offer.openreferral.merging import merge
from offer.openreferral.report import ImportReport
from offer.openreferral.shelf import Action, Held, Key, Shelf, text_of
from offer.openreferral.slugs import slug_for

GONE_AFTER = 2  # whole readings without it
CLOSED = {"status": "closed"}


class Planner:
    """One import: what was met so far, what waits to be written, and the report."""

    def __init__(
        self, shelf: Shelf, found: Harvest, report: ImportReport, places: Places, today: date,
        authority: str | None, limits: Limits,
    ) -> None:  # fmt: skip
        self.report = report
        self.waiting: list[Action] = []
        self._shelf, self._found, self._today, self._limits = shelf, found, today, limits
        self._met: set[Key] = set()
        self._slugs: dict[Key, str] = {}  # of records that are new
        self._kept_size = sum(each.size for each in shelf.held.values())
        self._desk = Desk(found.base, found.host, places, authority, self._slug, self._seen)

    def handed_over(self) -> list[Action]:
        """What waits to be written, once."""
        actions, self.waiting = self.waiting, []
        return actions

    def take(self, fetched: Fetched) -> None:
        """One service with what it names. A bad one is one line of the report.

        Raises FeedFault when the feed would fill our disk.
        """
        try:
            if fetched.record is None:
                raise NotReadable(fetched.trouble)
            self._check_size(fetched.record)
            incoming = read_service(fetched.record, fetched.remote_id, self._desk)
        except NotReadable as fault:
            name = plain_line((fetched.record or {}).get("name"), 80)
            self.report.bad.append(f"{fetched.remote_id}{f' ({name})' if name else ''}: {fault}")
            return
        self.report.doubts += [f"{incoming.service.name}: {doubt}" for doubt in incoming.doubts]
        for draft in incoming.drafts:
            if (draft.kind, draft.remote_id) not in self._met:
                self._stage(draft)

    def take_missing(self) -> None:
        """What the feed no longer lists: flagged the first time, withdrawn the second.

        A list that was cut short, or is empty all at once, says nothing of what is gone.
        """
        listing = self._found.listing
        if not listing.complete or not listing.ids:
            return
        listed = frozenset(listing.ids)
        for (kind, remote_id), held in self._shelf.held.items():
            if kind != "service" or remote_id in listed or held.missed >= GONE_AFTER:
                continue
            if held.missed + 1 == GONE_AFTER:
                gone = replace(_as_held(kind, remote_id, held), missed=GONE_AFTER)
                self._withdraw(held, gone, "it is gone from the feed")
            else:
                self.report.missed.append(held.slug)
                self.waiting.append(replace(_as_held(kind, remote_id, held), missed=held.missed + 1))

    def _check_size(self, record: Any) -> None:
        try:
            size = len(json.dumps(record))
        except RecursionError:
            raise NotReadable("it is nested too deeply") from None
        if size > self._limits.record_bytes:
            raise NotReadable(f"it is larger than {self._limits.record_bytes:,} bytes")

    def _stage(self, draft: Incoming) -> None:
        self._met.add((draft.kind, draft.remote_id))
        given = json.dumps(draft.raw, separators=(",", ":"))
        held = self._shelf.held.get((draft.kind, draft.remote_id))
        self._kept_size += len(given) - (held.size if held else 0)
        if self._kept_size > self._limits.all_bytes:
            raise FeedFault(f"more than {self._limits.all_bytes:,} bytes of it would have to be kept")
        if held is None:
            self._add(draft, given)
            return
        theirs = body_of(draft.document)
        action = replace(_as_held(draft.kind, draft.remote_id, held), given=given)
        if theirs.get("status") == "closed" and held.body.get("status") != "closed":
            self._withdraw(held, action, "the feed says that it has ended")
        else:
            self._compare(held, replace(action, staged=text_of(theirs)), theirs)

    def _add(self, draft: Incoming, given: str) -> None:
        slug, staged = str(draft.document.id), text_of(body_of(draft.document))
        self.report.new.append(f"{draft.kind} {slug}")
        traits = traits_of(draft.kind, draft.document, draft.raw, postcodes_of(draft.raw))
        self.report.alike += self._shelf.known.like(traits)
        self._shelf.known.add(traits)
        seen = self._seen(draft.kind, draft.remote_id)
        note = self._note()
        self.waiting.append(
            Action(draft.kind, draft.remote_id, slug, given, staged, staged, 0, seen, note=note)
        )

    def _compare(self, held: Held, action: Action, theirs: Body) -> None:
        name = f"{action.kind} {held.slug}"
        merged = merge(held.staged, held.body, theirs)
        self.report.keep(name, merged.kept)
        body = self._readable(action.kind, merged.body, name)
        if body is None or body == held.body:
            self.report.unchanged += 1
            self.waiting.append(action)
        else:
            self.report.changed.append(name)
            self.waiting.append(replace(action, body=text_of(body), note=self._note()))

    def _readable(self, kind: RecordKind, body: Body, name: str) -> Body | None:
        """The merged body in its canonical form; None where the two versions do not go together."""
        try:
            return body_of(KINDS[kind].model.model_validate(body))
        except ValidationError:
            self.report.kept.append(f"{name}: all of it, since what the feed changed does not fit")
            return None

    def _withdraw(self, held: Held, action: Action, why: str) -> None:
        """Hidden from the public by the next publication; nobody's unfinished draft is made public by it."""
        action = replace(action, staged=text_of({**held.staged, **CLOSED}))
        if held.body.get("status") != held.staged.get("status"):
            self.report.kept.append(
                f"service {held.slug}: status stays {held.body.get('status')}, though {why}"
            )
            self.waiting.append(action)
            return
        self.report.withdrawn.append(f"{held.slug}: {why}")
        body = text_of({**held.body, **CLOSED})
        self.waiting.append(replace(action, body=body, state=held.state, note=self._note(why)))

    def _slug(self, kind: RecordKind, remote_id: str, name: str, own: object) -> str:
        held = self._shelf.held.get((kind, remote_id))
        known = held.slug if held else self._slugs.get((kind, remote_id))
        if known:
            return known
        slug = slug_for(kind, remote_id, name, own, self._shelf.taken[kind])
        self._shelf.taken[kind].add(slug)
        self._slugs[kind, remote_id] = slug
        return slug

    def _seen(self, kind: RecordKind, remote_id: str) -> date:
        held = self._shelf.held.get((kind, remote_id))
        return held.first_seen if held else self._today

    def _note(self, why: str = "") -> str:
        return f"from the feed of {self._found.host}{f': {why}' if why else ''}"[:400]


def _as_held(kind: RecordKind, remote_id: str, held: Held) -> Action:
    """An action that changes nothing, to change one thing of."""
    staged = text_of(held.staged)
    return Action(kind, remote_id, held.slug, None, staged, None, held.opened, held.first_seen)
