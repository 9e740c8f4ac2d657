"""What must hold before a document is published: its own checks, and what it says of others."""

from collections.abc import Iterator, Sequence

from directory.records import Service
from offer.catalogue.documents import ENTITLEMENT, KINDS, SERVICE
from offer.catalogue.publishing import Candidate, Finding
from offer.entitlements.schema import Entitlement


def findings(candidates: Sequence[Candidate]) -> Iterator[Finding]:
    """Every reason why one of these documents may not be published beside the others."""
    slugs = {
        kind: {candidate.slug for candidate in candidates if candidate.kind == kind}
        for kind in (ENTITLEMENT, SERVICE)
    }
    for candidate in candidates:
        kind, slug, document = candidate.kind, candidate.slug, candidate.document
        for fault in KINDS[kind].check(document):
            yield Finding(kind, slug, fault.reason)
        named, words, known = None, "", slugs[ENTITLEMENT]
        if isinstance(document, Entitlement):
            named, words, known = document.part_of, "is part of", slugs[ENTITLEMENT]
        elif isinstance(document, Service):
            named, words, known = document.redirect_to, "leads to", slugs[SERVICE]
        if named and named not in known:
            yield Finding(kind, slug, f"it {words} '{named}', which is not published")
