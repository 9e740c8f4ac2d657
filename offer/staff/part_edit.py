"""Editing one part of a document, such as its rule or its terms, in a change.

Two people who edit different parts are both right: what counts is whether the part itself is still what it
was when it was opened (`mark_of`), not whether anything at all was saved.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

from offer.catalogue.revisions import ChangedMeanwhile
from offer.db.errors import Refused
from offer.staff.audit import By
from offer.staff.change import OPEN, canonical, scope_of_body
from offer.staff.editing.drafts import Draft as Typed
from offer.staff.editing.drafts import keep, open_document
from offer.staff.rule_form.from_tree import canonical as as_text


@dataclass(frozen=True, slots=True)
class Draft:
    """A document as it stands in a change (0: none), or in its newest revision where that has none of it."""

    kind: str
    slug: str
    scope: str
    change: int
    base: int
    edition: int
    body: Mapping[str, Any]

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.body.get("title") or self.body.get("name") or self.slug)

    def with_part(self, part: Mapping[str, Any]) -> dict[str, Any]:
        """The whole body with those fields; None takes one out."""
        return {name: value for name, value in {**self.body, **part}.items() if value is not None}


async def draft_of(connection: BaseDBAsyncClient, kind: str, slug: str, change: int) -> Draft | None:
    """The document to edit; None where there is none, or where the change is over.

    In another council's change only its own rows may be written: `put` holds that.
    """
    held = await open_document(connection, kind, slug, change or None)
    if held is None or (change and (held.change is None or held.change.state not in OPEN)):
        return None
    scope = held.change.scope if held.change else scope_of_body(held.body)
    return Draft(kind, slug, scope, change, held.base, held.edition, held.body)


def mark_of(body: Mapping[str, Any], fields: Iterable[str]) -> str:
    """A short text that is the same as long as those fields are."""
    held = {name: body[name] for name in sorted(fields) if name in body}
    return sha256(as_text(held).encode()).hexdigest()[:24]


async def keep_part(
    connection: BaseDBAsyncClient, draft: Draft, part: Mapping[str, Any], was: str, by: By, at: datetime
) -> int:
    """Saves some fields (None takes one out) of a document into its change, or a new one; its number.

    Raises `ChangedMeanwhile` where they are not what they were when opened, and `Refused` for a document
    that would belong to another council.
    """
    whole = draft.with_part(part)
    same, meanwhile = canonical(draft.kind, whole) == draft.body, mark_of(draft.body, part) != was
    if same and meanwhile and draft.change:
        return draft.change  # what is to be saved is what stands: a button pressed twice, say
    if meanwhile:
        raise ChangedMeanwhile(
            "Somebody else changed this after you opened it.", "Look at both, then choose."
        )
    if scope_of_body(whole) != scope_of_body(draft.body):
        raise Refused("This belongs to another council now.", "An entry stays with its council.")
    if same:
        raise Refused("You changed nothing.", "Change something, or go back.")
    typed = Typed(draft.kind, draft.slug, whole, draft.change or None, draft.base, draft.edition, {})
    return await keep(connection, typed, by, at, draft.scope)
