"""Entitlements and services as the flat documents that the search room finds.

Only what the public may see: no draft, no closed service, nothing that nobody knows to start. What
starts or ends on a day is told apart when somebody searches: see `Published.findable`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from directory.assembled import ServiceView
from directory.records import Service
from offer.entitlements.schema import ENGLAND, Entitlement
from search.documents import Document

Ages = tuple[int | None, int | None]  # from inclusive, before exclusive; None is open

_OPEN: Ages = (None, None)
# A leaving care team goes with who looked after you, wherever you live now.
_FOLLOWS_THE_CARE = frozenset({"leaving-care-team"})


def documents_of(
    entitlements: Iterable[Entitlement],
    services: Iterable[ServiceView],
    authority_of: Mapping[str, str] | None = None,
) -> list[Document]:
    """One document for each entitlement and service that the public may see.

    `authority_of` maps a district's GSS code to its upper tier or unitary, so that a district's own record
    is found by the people of its county too.
    """
    upper = authority_of or {}
    found = [_of_entitlement(entry, upper) for entry in entitlements if is_findable(entry)]
    return found + [_of_service(service, upper) for service in services if service.is_shown]


def is_findable(entry: Entitlement) -> bool:
    """Whether search may ever show the entry: public, and in force or with a day on which it starts."""
    return entry.stage == "public" and (entry.in_force == "yes" or entry.begins is not None)


def ages_of(rule: Mapping[str, Any]) -> Ages:
    """The widest ages a rule can hold for: the smallest `from` and the largest `before` on `age_years`.

    An end stays open (None) unless every way to qualify sets it.
    """
    if "all" in rule:
        start, before = _narrowed([ages_of(part) for part in rule["all"]])
    elif "any" in rule:
        start, before = _widened([ages_of(part) for part in rule["any"]])
    elif rule.get("fact") == "age_years":
        start, before = rule.get("from"), rule.get("before")
    else:
        return _OPEN
    # A rule that contradicts itself is the catalogue check's business: here it hides nothing.
    return _OPEN if start is not None and before is not None and start >= before else (start, before)


def _narrowed(parts: Sequence[Ages]) -> Ages:
    starts = [start for start, _ in parts if start is not None]
    befores = [before for _, before in parts if before is not None]
    return (max(starts, default=None), min(befores, default=None))


def _widened(parts: Sequence[Ages]) -> Ages:
    starts = [start for start, _ in parts]
    befores = [before for _, before in parts]
    return (
        None if None in starts else min((start for start in starts if start is not None), default=None),
        None if None in befores else max((before for before in befores if before is not None), default=None),
    )


def _of_entitlement(entry: Entitlement, upper: Mapping[str, str]) -> Document:
    age_from, age_before = ages_of(entry.rule)
    return Document(
        kind="entitlement",
        slug=entry.id,
        title=entry.title,
        also_known_as=tuple(entry.also_known_as),
        summary=entry.summary,
        body="\n".join((*entry.what_you_get, entry.who_for, *entry.steps)),
        topics=_once((entry.topic, *entry.more_topics)),
        age_from=age_from,
        age_before=age_before,
        places=_places_of_entitlement(entry, upper),
        checked_on=entry.checked_on,
        decides=entry.nature,
    )


def _places_of_entitlement(entry: Entitlement, upper: Mapping[str, str]) -> frozenset[str]:
    if entry.authority == ENGLAND:  # whatever it turns on, everybody's search finds it
        return frozenset({"england"})
    if entry.area_basis == "responsible_authority":
        councils = {entry.authority, *entry.areas}
        return frozenset(f"{how}:{code}" for how in ("by", "of") for code in councils)
    districts = entry.areas or [entry.authority]
    return frozenset(f"in:{code}" for code in districts) | _owners(entry.authority, upper)


def _of_service(view: ServiceView, upper: Mapping[str, str]) -> Document:
    service = view.record
    wording = (service.description, service.who_for, service.how_to_use, view.run_by, *view.towns)
    return Document(
        kind="service",
        slug=service.id,
        title=service.name,
        also_known_as=(*service.also_known_as, service.kind.replace("-", " ")),
        summary=service.summary,
        body="\n".join(text for text in wording if text),
        topics=_once(service.topics),
        age_from=service.age_from,
        age_before=service.age_before,
        places=_places_of_service(service, upper),
        checked_on=service.checked_on,
    )


def _places_of_service(service: Service, upper: Mapping[str, str]) -> frozenset[str]:
    if ENGLAND in service.areas:
        return frozenset({"england"})
    owners = _owners(service.authority, upper)
    if service.kind in _FOLLOWS_THE_CARE:
        return frozenset(f"by:{code}" for code in service.areas) | owners
    return frozenset(f"in:{code}" for code in service.areas) | owners


def _owners(authority: str, upper: Mapping[str, str]) -> frozenset[str]:
    return frozenset({f"of:{authority}", f"of:{upper.get(authority, authority)}"})


def _once(topics: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(topics))
