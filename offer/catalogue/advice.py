"""What to look at before publishing: rules that are odd, not wrong. It holds nothing back.

What is wrong, and so refused, stands in `findings.py`.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from directory.places import Area, Places
from directory.topics import TOPICS
from offer.catalogue.documents import ENTITLEMENT
from offer.catalogue.publishing import Finding
from offer.eligibility.index import Index
from offer.eligibility.kleene import Known
from offer.eligibility.rule import Node, RuleError
from offer.eligibility.rule_checks import (
    Span,
    clashes,
    duplicates,
    gaps,
    redundant_ways,
    uncited,
)
from offer.entitlements.schema import ENGLAND, Entitlement
from offer.published import council_tax_rows
from offer.rulebook import Rulebook

BANDS: Mapping[str, frozenset[int]] = {
    "16 and 17": frozenset({16, 17}),
    "18 to 20": frozenset({18, 19, 20}),
    "21 to 24": frozenset({21, 22, 23, 24}),
}
_SHARED = "."  # in the id of a leaf that a shared condition brought: written for all ages and places
_NAMED = 3  # districts named of one gap; the rest are counted
_LONG = 2  # redundant ways named of one rule; the rest are counted


def advice(entries: Sequence[Entitlement], places: Places, today: date) -> Iterator[Finding]:
    """Every oddity of these entries together, as plain findings. Raises RuleError for a rule not readable."""
    rules = Rulebook(entries, council_tax_rows(entries, places, today)).on(today)
    nodes = {slug: rule.node for slug, rule in rules.items()}
    for entry in entries:
        for problem in (*_of_rule(nodes[entry.id]), *_of_data(entry)):
            yield Finding(ENTITLEMENT, entry.id, problem)
    for first, second in duplicates(nodes):
        yield Finding(ENTITLEMENT, second, f"its rule is the same as that of '{first}': a shared condition?")
    index = Index(nodes)
    yield from _for_nobody(entries, index, places, today)
    yield from _coverage(entries, index, places, today)


def _of_rule(node: Node) -> Iterator[str]:
    try:
        shut, narrow = list(clashes(node)), list(redundant_ways(node))
    except RuleError as fault:
        yield str(fault)
        return
    for leaves in shut:
        if not any(_SHARED in leaf for leaf in leaves):
            yield f"nobody can meet these together: {', '.join(leaves)}"
    for inner, outer in narrow[:_LONG]:
        own, others = (
            ", ".join(leaf for leaf in a if leaf not in b) for a, b in ((inner, outer), (outer, inner))
        )
        yield f"the way with {own or 'the same'} adds nothing to the way with {others or 'less'}"
    if len(narrow) > _LONG:
        yield f"{len(narrow) - _LONG} more ways add nothing"
    for leaf in uncited(node):
        yield f"the condition '{leaf}' names no source"


def _of_data(entry: Entitlement) -> Iterator[str]:
    amount = entry.amount
    dated = any(source.dated for source in entry.sources)
    if amount and amount.pence is not None and not amount.applies_to and not dated:
        yield "its amount says no year, and none of its sources has a date"
    for early, late in gaps([Span(row.area, row.start, row.end, row.age_before) for row in entry.terms]):
        yield f"no terms of {early.area} between {early.end} and {late.start}"


def _for_nobody(
    entries: Sequence[Entitlement], index: Index, places: Places, today: date
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


def _coverage(entries: Sequence[Entitlement], index: Index, places: Places, today: date) -> Iterator[Finding]:
    """Topics of which no entry is left for an age, in the districts of councils whose own offer we hold."""
    missing: dict[tuple[str, str], list[str]] = {}
    for district, council in _held(entries, places, today):
        near = [e for e in entries if {e.authority, *e.areas} & {ENGLAND, council.gss, district.gss}]
        for band, ages in BANDS.items():
            known: Known = {"age_years": ages, "lives_in": district.gss, "responsible_authority": council.gss}
            found = index.evaluate(known)
            alive = [entry for entry in near if index.outcome(found, entry.id) is not False]
            for topic in _EXPECTED - {
                topic for entry in alive for topic in (entry.topic, *entry.more_topics)
            }:
                missing.setdefault((topic, band), []).append(district.name)
    for (topic, band), names in sorted(missing.items()):
        where = ", ".join(names[:_NAMED]) + (
            f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
        )
        yield Finding("topic", topic, f"nothing for people aged {band} in {where}")


def _held(entries: Sequence[Entitlement], places: Places, today: date) -> Iterator[tuple[Area, Area]]:
    councils = {entry.authority for entry in entries}
    for district in places.districts(today):
        council = places.authority_of(district.gss, today)
        if council is not None and council.gss in councils:
            yield district, council


_EXPECTED = frozenset(TOPICS) - {"help-now"}  # help now is help lines, not entries
