"""A change on its way to the public: documents edited, looked at and published together. Pure."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, ValidationError

from offer.catalogue.documents import KINDS, body_of, is_public
from offer.db.errors import Refused
from offer.staff.differences import said_field
from offer.staff.roles import scope_of

State = Literal["draft", "review", "approved", "published", "dropped"]
Act = Literal["save", "withdraw"]
OPEN: tuple[State, ...] = ("draft", "review", "approved")


@dataclass(frozen=True, slots=True)
class Item:
    """One document as it is to be. `base`: the revision it began from, 0 for a new document.

    `edition`: which save of the draft this is; 0 before the first. `account` saved it last.
    """

    kind: str
    slug: str
    act: Act
    base: int
    body: Mapping[str, Any]
    edition: int = 0
    account: int | None = None


@dataclass(frozen=True, slots=True)
class Comment:
    """What a team said about a change."""

    at: datetime
    team: str
    account: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """A change and how it stands. `publish_at`: its hour; `refused`: why that hour passed in vain."""

    id: int
    scope: str
    title: str
    note: str
    state: State
    account: int | None
    team: str
    created_at: datetime
    changed_at: datetime
    publish_at: datetime | None
    approved_by: int | None
    approved_at: datetime | None
    version: int | None
    refused: str
    items: tuple[Item, ...]
    comments: tuple[Comment, ...]

    @property
    def editors(self) -> frozenset[int]:
        """Who saved each document in it last; of everybody who wrote tells `change_rows.writers_of`."""
        return frozenset(each.account for each in self.items if each.account is not None)

    @property
    def is_withdrawal(self) -> bool:
        """Whether all it does is take something away from the public."""
        return bool(self.items) and all(each.act == "withdraw" for each in self.items)

    def item(self, kind: str, slug: str) -> Item | None:
        """The item for a document; None where it is not in this change."""
        return next((each for each in self.items if (each.kind, each.slug) == (kind, slug)), None)


@dataclass(frozen=True, slots=True)
class ScopeSettings:
    """What a scope has set. `four_eyes`: nobody approves what they edited."""

    scope: str
    four_eyes: bool = True
    team: str = ""
    mail: str = ""
    escalate_mail: str = ""
    colour: str = ""
    words: str = "{}"  # JSON
    started_at: datetime | None = None


def scope_of_body(body: Mapping[str, Any]) -> str:
    """The scope a draft says it belongs to."""
    return scope_of(str(body.get("authority", "")))


def document_of_item(item: Item) -> BaseModel:
    """The document that publishing saves; a withdrawn one is a draft again. Raises ValidationError."""
    body = {**item.body, "stage": "draft"} if item.act == "withdraw" else dict(item.body)
    return KINDS[item.kind].model.model_validate(body)


def canonical(kind: str, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """The canonical body where the draft can be read, or the draft as it stands."""
    try:
        return body_of(KINDS[kind].model.model_validate(dict(body)))
    except ValidationError:
        return body


def faults_of(item: Item) -> list[str]:
    """What keeps a document from being published by itself, each with its field in words."""
    try:
        document = document_of_item(item)
    except ValidationError as fault:
        return [_said(each["loc"], each["msg"]) for each in fault.errors()]
    if item.act == "withdraw":
        return []
    return list(_checked(item, document))


def _checked(item: Item, document: BaseModel) -> Iterator[str]:
    if not is_public(document) and item.base == 0:
        return  # a new draft is kept as one: nothing of it will be shown
    yield from (_said(each.place, each.reason) for each in KINDS[item.kind].check(document))


def _said(place: tuple[str | int, ...], reason: str) -> str:
    words = [said_field(part) if isinstance(part, str) else str(part + 1) for part in place]
    reason = reason.removeprefix("Value error, ")
    return f"{' '.join(words)}: {reason}" if words else reason


def refuse_unready(items: Iterable[Item]) -> None:
    """Raises `Refused` with what is to be finished, or where there is nothing at all."""
    listed = list(items)
    if not listed:
        raise Refused("There is nothing in this change.", "Edit an entry first.")
    faults = [f"{item.slug}: {fault}" for item in listed for fault in faults_of(item)]
    if faults:
        raise Refused(f"Not finished: {'; '.join(faults[:5])}.")
