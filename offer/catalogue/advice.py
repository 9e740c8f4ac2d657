"""What to look at before publishing: rules that are odd, not wrong. It holds nothing back.

What is wrong, and so refused, stands in `findings.py`.
"""

from collections.abc import Iterator, Sequence
from datetime import date

from directory.places import Area, Places
from offer.catalogue.candidates import Finding
from offer.catalogue.checks import amount_spans
from offer.catalogue.coverage import coverage
from offer.catalogue.documents import ENTITLEMENT
from offer.eligibility.index import Index
from offer.eligibility.joined import Indexed
from offer.eligibility.kleene import Known
from offer.eligibility.rule import Node, RuleError
from offer.eligibility.rule_checks import (
    Span,
    clashes,
    duplicates,
    gaps,
    redundant,
    uncited,
)
from offer.eligibility.terms import Terms
from offer.entitlements.amounts import amounts_of, worth_on
from offer.entitlements.in_force import standing
from offer.entitlements.schema import ENGLAND, Entitlement
from offer.published import council_tax_rows
from offer.rulebook import Rulebook, compile_rule

_SHARED = "."  # in the id of a leaf that a shared condition brought: written for all ages and places


def advice(entries: Sequence[Entitlement], places: Places, today: date) -> Iterator[Finding]:
    """Every oddity of these entries together, as plain findings. Raises RuleError for a rule not readable."""
    rules = Rulebook(entries, council_tax_rows(entries, places, today)).on(today)
    nodes = {slug: rule.node for slug, rule in rules.items()}
    for entry in entries:
        for problem in (*rule_oddities(entry, today), *oddities(entry, today)):
            yield Finding(ENTITLEMENT, entry.id, problem)
    for first, second in duplicates(nodes):
        yield Finding(ENTITLEMENT, second, f"its rule is the same as that of '{first}': a shared condition?")
    index = Index(nodes)
    yield from for_nobody(entries, index, places, today)
    yield from coverage(entries, index, places, today)


def rule_oddities(entry: Entitlement, today: date) -> Iterator[str]:
    """What is odd in the rule of one entry by itself. Shared conditions are not spelt out.

    Raises RuleError for a rule that cannot be read.
    """
    yield from _of_rule(compile_rule(entry.rule, Terms(today)).node)


def oddities(entry: Entitlement, today: date) -> Iterator[str]:
    """What is odd in the data and dates of one entry by itself: quick, unlike looking at its rule."""
    yield from _of_data(entry, today)
    yield from _of_dates(entry, today)


def _of_rule(node: Node) -> Iterator[str]:
    try:
        shut, idle = list(clashes(node)), list(redundant(node))
    except RuleError as fault:
        yield str(fault)
        return
    for leaves in shut:
        if not any(_SHARED in leaf for leaf in leaves):
            yield f"nobody can meet these together: {', '.join(leaves)}"
    for leaf in idle:
        if _SHARED not in leaf:
            yield f"the condition '{leaf}' adds nothing to the rule"
    for leaf in uncited(node):
        yield f"the condition '{leaf}' names no source"


def _of_data(entry: Entitlement, today: date) -> Iterator[str]:
    dated = any(source.dated for source in entry.sources)
    for amount in amounts_of(entry):
        told = amount.start or amount.end or amount.applies_to or dated
        if amount.pence and not told:  # nothing to pay is of no year
            yield "its amount says no year, and none of its sources has a date"
    for before, after in gaps(amount_spans(entry)):
        if after.start is not None and after.start > today:  # of days that are over nobody asks
            yield f"no amount between {before.end} and {after.start}"
    for early, late in gaps([Span(row.area, row.start, row.end, row.age_before) for row in entry.terms]):
        if late.start is not None and late.start > today:  # of days that are over nobody asks
            yield f"no terms of {early.area} between {early.end} and {late.start}"


def _of_dates(entry: Entitlement, today: date) -> Iterator[str]:
    """What a day that has come makes of an entry: it needs nobody's hand, but somebody should look."""
    stands = standing(entry, today)
    if entry.in_force == "not-yet" and stands == "in-force":
        yield f"it began on {entry.begins}: look whether it did, and write in_force: 'yes'"
    if stands == "ended":
        yield f"it ended on {entry.ends}: take it away, or find what came after it"
    worth = worth_on(entry, today)
    if worth and worth.old and worth.amount:
        yield f"its amount was for days before {worth.amount.end}: look for the new one"


def for_nobody(
    entries: Sequence[Entitlement], index: Indexed, places: Places, today: date
) -> Iterator[Finding]:
    """An entry that its own rule keeps from everybody in a place it names."""
    for entry in entries:
        for area in _where(entry, places, today):
            if index.outcome(index.evaluate(_living_in(entry, area, places, today)), entry.id) is False:
                yield Finding(ENTITLEMENT, entry.id, f"nobody in {area.name} can get it")


def _where(entry: Entitlement, places: Places, today: date) -> Sequence[Area]:
    if entry.authority == ENGLAND:
        return places.districts(today)
    named = [places.district(code) or places.authority(code) for code in entry.areas or [entry.authority]]
    return [area for area in named if area is not None]


def _living_in(entry: Entitlement, area: Area, places: Places, today: date) -> Known:
    """All that is known of somebody of the place the entry turns on."""
    if entry.area_basis == "responsible_authority":
        return {"responsible_authority": entry.authority}
    if places.district(area.gss) is None:
        return {}
    return {"lives_in": area.gss}
