"""One document, three forms that say the same: the pydantic record, its JSON body, its YAML file.

The body is canonical: keys in the order of the record's fields, nothing that
stands at its default, rule nodes in one order. Equal documents therefore have
equal bodies, equal digests and equal files, whoever wrote them.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

import directory
import offer
from directory.first_edition import is_first_edition, upgraded
from directory.records import Location, Organisation, Service
from offer.catalogue.checks import Fault, check_entitlement, check_record
from offer.entitlements.schema import Entitlement

ENTITLEMENT = "entitlement"
ORGANISATION = "organisation"
LOCATION = "location"
SERVICE = "service"
RULE_FIRST = ("id", "all", "any", "not", "fact", "is", "in", "from", "before", "ask", "use")
RULE_LAST = ("why", "cite")

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of document: its record, its folder of files and what else must hold in one document."""

    name: str
    plural: str
    model: type[BaseModel]
    starter: Path
    check: Callable[[BaseModel], Iterable[Fault]]


KINDS: Mapping[str, Kind] = {
    kind.name: kind
    for kind in (
        Kind(
            name=ENTITLEMENT,
            plural="entitlements",
            model=Entitlement,
            starter=Path(offer.__path__[0], "entitlements", "starter"),
            check=check_entitlement,
        ),
        *(
            Kind(
                name=name,
                plural=f"{name}s",
                model=model,
                starter=Path(directory.__path__[0], "starter", f"{name}s"),
                check=check_record,
            )
            for name, model in ((ORGANISATION, Organisation), (LOCATION, Location), (SERVICE, Service))
        ),
    )
}


def slug_of(document: BaseModel) -> str:
    """The document's id, which is also its file name."""
    return str(document.id)  # type: ignore[attr-defined]  # each of KINDS has it


def is_public(document: BaseModel) -> bool:
    """Whether it may be shown at all: a draft never is."""
    return bool(document.stage == "public")  # type: ignore[attr-defined]  # each of KINDS has it


def body_of(document: BaseModel) -> Body:
    """The canonical body of a document, of plain JSON values."""
    body = document.model_dump(mode="json", exclude_defaults=True)
    if "rule" in body:
        body["rule"] = _ordered(body["rule"])
    return body


def _ordered(node: Any) -> Any:
    if isinstance(node, list):
        return [_ordered(part) for part in node]
    if not isinstance(node, dict):
        return node
    return {key: _ordered(node[key]) for key in sorted(node, key=_rank)}


def _rank(key: str) -> tuple[int, int, str]:
    if key in RULE_FIRST:
        return 0, RULE_FIRST.index(key), key
    if key in RULE_LAST:
        return 2, RULE_LAST.index(key), key
    return 1, 0, key


def text_of(document: BaseModel) -> str:
    """The body as the database keeps it."""
    return json.dumps(body_of(document), ensure_ascii=False, separators=(",", ":"))


def digest_of(text: str) -> str:
    """SHA-256 of a kept body, in hexadecimal."""
    return sha256(text.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Read:
    """A record, and the others that a body of the first edition held besides, as (kind, record)."""

    document: BaseModel
    carried: tuple[tuple[str, BaseModel], ...] = ()


def document_of(kind: str, text: str) -> BaseModel:
    """The record of a kept body; raises pydantic's ValidationError where the schema has moved on."""
    return read_body(kind, text).document


def read_body(kind: str, text: str) -> Read:
    """The record of a kept body with what it carries; raises pydantic's ValidationError."""
    try:
        return Read(KINDS[kind].model.model_validate_json(text))
    except ValidationError as fault:
        try:
            body = json.loads(text)
        except ValueError:  # not even JSON: the disk changed it
            raise fault from None
        if kind != SERVICE or not is_first_edition(body):
            raise
        return record_of(kind, body)


def record_of(kind: str, body: Body) -> Read:
    """The record of a body of plain values, of this edition or the first; raises ValidationError."""
    if kind != SERVICE or not is_first_edition(body):
        return Read(KINDS[kind].model.model_validate(body))
    new = upgraded(body)
    service = Service.model_validate(new.service)
    place = [(LOCATION, Location.model_validate(new.location))] if new.location else []
    return Read(service, ((ORGANISATION, Organisation.model_validate(new.organisation)), *place))
