"""What must hold before a document is published: its own checks, and what it says of others."""

from collections.abc import Iterator, Sequence

from pydantic import BaseModel

from directory.records import Service
from offer.catalogue.checks import span_start
from offer.catalogue.documents import ENTITLEMENT, KINDS, LOCATION, ORGANISATION, SERVICE, slug_of
from offer.catalogue.publishing import Candidate, Finding, Key
from offer.eligibility.rule import RuleError
from offer.eligibility.rule_checks import Span, impossible, overlaps
from offer.eligibility.terms import Terms
from offer.entitlements.schema import Entitlement
from offer.rulebook import compile_rule


def findings(candidates: Sequence[Candidate]) -> Iterator[Finding]:
    """Every reason why one of these documents may not be published beside the others."""
    public = {(each.kind, each.slug) for each in candidates}
    public |= {(kind, slug_of(document)) for each in candidates for kind, document in each.carried}
    for candidate in candidates:
        kind, slug, document = candidate.kind, candidate.slug, candidate.document
        faults = [fault.reason for fault in KINDS[kind].check(document)]
        if isinstance(document, Entitlement) and not faults:
            faults = list(_of_rule(document))
        yield from (Finding(kind, slug, reason) for reason in faults)
        for words, key in _named(document):
            if key not in public:
                yield Finding(kind, slug, f"it {words} '{key[1]}', which is not published")


def _named(document: BaseModel) -> Iterator[tuple[str, Key]]:
    """Every other document that one names, and how it does."""
    if isinstance(document, Entitlement) and document.part_of:
        yield "is part of", (ENTITLEMENT, document.part_of)
    if isinstance(document, Service):
        for organisation in (document.organisation, *document.partners):
            yield "is run by the organisation", (ORGANISATION, organisation)
        for at in document.at:
            yield "is at the location", (LOCATION, at.location)
        if document.redirect_to:
            yield "leads to", (SERVICE, document.redirect_to)


def _of_rule(entry: Entitlement) -> Iterator[str]:
    """A rule that nobody can meet, or dated rows of which nobody can tell which counts."""
    try:
        if impossible(compile_rule(entry.rule, Terms(entry.checked_on)).node):
            yield "nobody can ever meet its rule"
    except RuleError as fault:
        yield str(fault)
    spans = [Span(row.area, row.start, row.end, row.age_before) for row in entry.terms]
    for early, late in overlaps(spans):
        days = " and ".join(f"from {span_start(span)}" for span in (early, late))
        yield f"its terms of {early.area} {days} hold on the same days"
