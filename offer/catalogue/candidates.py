"""What may be published and what speaks against it: the shapes, and which documents one names."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from directory.records import Service
from offer.catalogue.documents import ENTITLEMENT, LOCATION, ORGANISATION, SERVICE
from offer.entitlements.schema import Entitlement

Key = tuple[str, str]  # kind and slug


@dataclass(frozen=True, slots=True)
class Candidate:
    """A public document that would be published, and the revision it stands in."""

    kind: str
    slug: str
    document: BaseModel
    revision_id: int
    carried: tuple[tuple[str, BaseModel], ...] = ()  # what a body of the first edition holds besides


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a document may not be published."""

    kind: str
    slug: str
    problem: str

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}: {self.problem}"


Findings = Callable[[Sequence[Candidate]], Iterable[Finding]]


def named(document: BaseModel) -> Iterator[tuple[str, Key]]:
    """Every other document that one names, and how it does: ("is part of", key)."""
    if isinstance(document, Entitlement) and document.part_of:
        yield "is part of", (ENTITLEMENT, document.part_of)
    if isinstance(document, Service):
        for organisation in (document.organisation, *document.partners):
            yield "is run by the organisation", (ORGANISATION, organisation)
        for at in document.at:
            yield "is at the location", (LOCATION, at.location)
        if document.redirect_to:
            yield "leads to", (SERVICE, document.redirect_to)
