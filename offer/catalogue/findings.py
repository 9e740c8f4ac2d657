"""What must hold before a document is published: its own checks, and what it says of others."""

from collections.abc import Iterator, Sequence

from offer.catalogue.candidates import Candidate, Finding, named
from offer.catalogue.checks import span_start
from offer.catalogue.documents import KINDS, slug_of
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
        for words, key in named(document):
            if key not in public:
                yield Finding(kind, slug, f"it {words} '{key[1]}', which is not published")


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
