"""Invented entries with dates of their own: the starter catalogue may not invent any, tests may."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

from directory.places import Places
from offer.entitlements.schema import ENGLAND, Entitlement
from offer.published import Published, build_published

TODAY = date(2026, 11, 22)
_MODEL: Mapping[str, Any] = MappingProxyType(
    {
        "id": "invented", "title": "Something invented", "authority": ENGLAND, "area_basis": "england",
        "topic": "money", "stage": "public", "in_force": "yes", "strength": "entitled",
        "nature": "law", "for_care_leavers": True, "summary": "Nothing real.", "what_you_get": ["Nothing."],
        "who_for": "Nobody.", "steps": ["Ask."], "decided_by": "Nobody", "ask": "your personal adviser",
        "if_told_no": "Ask why.", "rule": {"id": "r", "fact": "age_years", "from": 16, "cite": "Invented"},
        "sources": [{"name": "Invented", "seen": "2026-11-22"}], "confidence": "found in source",
        "checked_on": "2026-11-22", "review_by": "2027-11-22",
    }
)  # fmt: skip


def entry(**given: Any) -> Entitlement:
    """An entry that holds from 16, with what is given instead."""
    return Entitlement.model_validate({**_MODEL, **given})


def edition(entries: Sequence[Entitlement], places: Places) -> Published:
    """These entries and nothing else, as the public would see them."""
    return build_published(entries, [], places, version=1, today=TODAY)
