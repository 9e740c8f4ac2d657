"""What keeps a change from being published, and what to look at before it is. Pure.

The same findings as publishing itself, on the public documents with the change laid over them.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, ValidationError

from offer.catalogue.advice import for_nobody, oddities, rule_oddities
from offer.catalogue.candidates import Candidate, Finding, Key, named
from offer.catalogue.documents import ENTITLEMENT, LOCATION, ORGANISATION, SERVICE, is_public
from offer.catalogue.findings import findings
from offer.eligibility.rule import AllOf, Ask, Leaf, RuleError, leaves
from offer.eligibility.rule_checks import impossible
from offer.eligibility.terms import Terms
from offer.eligibility.wording import condition
from offer.entitlements.schema import Entitlement
from offer.published import Published
from offer.rulebook import compile_rule
from offer.staff.change import Item, document_of_item, faults_of
from offer.staff.overlay import Changed, overlay

_ID = re.compile(r"'([^']+)'")


@dataclass(frozen=True, slots=True)
class Checks:
    """`faults` must be mended first; `warnings` are advice."""

    faults: tuple[Finding, ...]
    warnings: tuple[Finding, ...]


def checks(published: Published, items: Iterable[Item], today: date) -> Checks:
    """Everything to be said of a change. Raises nothing for what stands in its drafts."""
    listed = list(items)
    faults = [Finding(item.kind, item.slug, fault) for item in listed for fault in faults_of(item)]
    if not faults:
        faults = list(dict.fromkeys(_beside_others(published, listed)))
    return Checks(
        tuple(faults), () if faults else tuple(_warnings(published, changed_entries(listed), today))
    )


def leading_to(published: Published, kind: str, slug: str) -> tuple[Finding, ...]:
    """What is public and leads to a document, so that it has to go or change first."""
    gone = Item(kind, slug, "withdraw", 0, {})
    return tuple(each for each in _beside_others(published, [gone]) if (each.kind, each.slug) != (kind, slug))


def changed_entries(items: Iterable[Item]) -> Changed:
    """The entries of a change as the public would have them; a draft that cannot be read is left out."""
    found: dict[str, Entitlement | None] = {}
    for item in items:
        if item.kind == ENTITLEMENT and (document := _read(item)):
            found[item.slug] = document if is_public(document) else None  # type: ignore[assignment]
    return found


def _read(item: Item) -> BaseModel | None:
    try:
        return document_of_item(item)
    except ValidationError:
        return None


def _beside_others(published: Published, items: list[Item]) -> Iterator[Finding]:
    """What fails in the changed documents, and in others that lead to what would be gone."""
    changed = {(item.kind, item.slug): _read(item) for item in items}
    shown = {key: document for key, document in changed.items() if document and is_public(document)}
    gone = changed.keys() - shown.keys()
    leading = dict(_leading_to(published, gone)) if gone else {}
    named_there = {key for each in (*shown.values(), *leading.values()) for _, key in named(each)}
    around = {key: held for key in named_there - changed.keys() if (held := _public(published, key))}
    documents = {**around, **{key: each for key, each in leading.items() if key not in changed}, **shown}
    candidates = [Candidate(kind, slug, document, 0) for (kind, slug), document in documents.items()]
    names = [f"'{slug}'" for _, slug in gone]
    for each in findings(candidates):
        key = (each.kind, each.slug)
        if key in changed or (key in leading and any(name in each.problem for name in names)):
            yield each


def _leading_to(published: Published, gone: Collection[Key]) -> Iterator[tuple[Key, BaseModel]]:
    """The public documents that name one of these."""
    for slug, entry in published.entries.items():
        if any(key in gone for _, key in named(entry)):
            yield (ENTITLEMENT, slug), entry
    for slug, view in published.services.items():
        if any(key in gone for _, key in named(view.record)):
            yield (SERVICE, slug), view.record


def _public(published: Published, key: Key) -> BaseModel | None:
    kind, slug = key
    if kind == SERVICE:
        view = published.services.get(slug)
        return view.record if view else None
    held: Mapping[str, Mapping[str, BaseModel]] = {
        ENTITLEMENT: published.entries,
        ORGANISATION: published.organisations,
        LOCATION: published.locations,
    }
    return held[kind].get(slug)


def _warnings(published: Published, changed: Changed, today: date) -> Iterator[Finding]:
    """What is odd now and was not before."""
    for slug, entry in changed.items():
        before = published.entries.get(slug)
        known = set(_odd(before, today)) if before else set()
        if entry:
            yield from (Finding(ENTITLEMENT, slug, odd) for odd in _odd(entry, today) if odd not in known)
            yield from _against_parent(published, changed, entry)
    yield from _for_nobody_now(published, changed, today)


def _odd(entry: Entitlement, today: date) -> Iterator[str]:
    """What is odd about an entry, its conditions in words where the finding has their ids."""
    by_id = {leaf.id: leaf for leaf in leaves(compile_rule(entry.rule, Terms(today)).node)}
    for problem in rule_oddities(entry, today):
        yield _ID.sub(lambda found: _in_words(by_id.get(found[1]), found[0]), problem)
    yield from oddities(entry, today)


def _in_words(leaf: Leaf | None, otherwise: str) -> str:
    if leaf is None:
        return otherwise
    return f"“{leaf.text if isinstance(leaf, Ask) else leaf.why or condition(leaf, {})}”".replace(".”", "”")


def _against_parent(published: Published, changed: Changed, entry: Entitlement) -> Iterator[Finding]:
    """A local entry that nobody can have who has the national one it is a part of."""
    parent = changed.get(entry.part_of or "") or published.entries.get(entry.part_of or "")
    if parent is None:
        return
    both = AllOf("both", tuple(compile_rule(each.rule, Terms(date.min)).node for each in (entry, parent)))
    try:
        if impossible(both):
            words = f"nobody who can get '{parent.title}', which it is a part of, can get it"
            yield Finding(ENTITLEMENT, entry.id, words)
    except RuleError:  # more ways than can be listed
        return


def _for_nobody_now(published: Published, changed: Changed, today: date) -> Iterator[Finding]:
    laid, places = overlay(published, changed, today), published.places
    sides = [
        set(for_nobody(tuple(edition.entries.values()), edition.index_on(today), places, today))
        for edition in (laid.before, laid.after)
    ]
    yield from sorted(sides[1] - sides[0], key=str)
