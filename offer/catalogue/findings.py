"""What must hold before a document is published: its own checks, and what it says of others."""

from collections.abc import Iterator, Sequence

from directory.records import Service
from offer.catalogue.documents import ENTITLEMENT, KINDS, SERVICE
from offer.catalogue.publishing import Candidate, Finding
from offer.eligibility.rule import RuleError
from offer.eligibility.rule_checks import Span, impossible, overlaps
from offer.eligibility.terms import Terms
from offer.entitlements.schema import Entitlement
from offer.rulebook import compile_rule


def findings(candidates: Sequence[Candidate]) -> Iterator[Finding]:
    """Every reason why one of these documents may not be published beside the others."""
    slugs = {
        kind: {candidate.slug for candidate in candidates if candidate.kind == kind}
        for kind in (ENTITLEMENT, SERVICE)
    }
    for candidate in candidates:
        kind, slug, document = candidate.kind, candidate.slug, candidate.document
        faults = [fault.reason for fault in KINDS[kind].check(document)]
        if isinstance(document, Entitlement) and not faults:
            faults = list(_of_rule(document))
        yield from (Finding(kind, slug, reason) for reason in faults)
        named, words, known = None, "", slugs[ENTITLEMENT]
        if isinstance(document, Entitlement):
            named, words, known = document.part_of, "is part of", slugs[ENTITLEMENT]
        elif isinstance(document, Service):
            named, words, known = document.redirect_to, "leads to", slugs[SERVICE]
        if named and named not in known:
            yield Finding(kind, slug, f"it {words} '{named}', which is not published")


def _of_rule(entry: Entitlement) -> Iterator[str]:
    """A rule that nobody can meet, or dated rows of which nobody can tell which counts."""
    try:
        if impossible(compile_rule(entry.rule, Terms(entry.checked_on)).node):
            yield "nobody can ever meet its rule"
    except RuleError as fault:
        yield str(fault)
    spans = [Span(row.area, row.start, row.end, row.age_before) for row in entry.terms]
    for early, late in overlaps(spans):
        yield f"its terms of {early.area} from {_day(early)} and from {_day(late)} hold on the same days"


def _day(span: Span) -> str:
    return span.start.isoformat() if span.start else "the beginning"
