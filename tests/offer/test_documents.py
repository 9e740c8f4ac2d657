"""Entitlements and services as documents that search finds."""

from datetime import date
from typing import Any

import pytest

from directory.assembled import ServiceView
from offer.documents import ages_of, documents_of
from offer.entitlements.schema import Entitlement
from search.documents import Document
from tests.directory.invented import location, view

DURHAM, LINCOLNSHIRE, LINCOLN, BOSTON = "E06000047", "E10000019", "E07000138", "E07000136"
SOURCE = {"name": "A page", "url": None, "seen": date(2026, 11, 22)}


def entitlement(**given: Any) -> Entitlement:
    return Entitlement.model_validate(
        {
            "id": "bus-pass",
            "title": "Free bus pass",
            "authority": "E92000001",
            "area_basis": "england",
            "topic": "travel-and-leisure",
            "more_topics": ["money", "travel-and-leisure"],
            "stage": "public",
            "in_force": "yes",
            "strength": "can_apply",
            "nature": "law",
            "for_care_leavers": True,
            "summary": "Free buses.",
            "what_you_get": ["A card."],
            "who_for": "You are 16 to 24.",
            "steps": ["Ask."],
            "decided_by": "Your council",
            "ask": "your personal adviser",
            "if_told_no": "Ask why.",
            "also_known_as": ["travel card"],
            "rule": {"id": "age", "fact": "age_years", "from": 16, "before": 25},
            "sources": [SOURCE],
            "confidence": "found in source",
            "checked_on": date(2026, 11, 22),
            "review_by": date(2027, 5, 22),
        }
        | given
    )


def service(*towns: str, **given: Any) -> ServiceView:
    places = [location(id=town.lower(), town=town) for town in towns]
    return view(*places, id="hub", checked_on=date(2026, 11, 22), **given)


def document(*entries: Entitlement, services: tuple[ServiceView, ...] = (), **options: Any) -> Document:
    (found,) = documents_of(entries, services, **options)
    return found


def test_an_entitlement_becomes_a_document_with_all_its_words() -> None:
    assert document(entitlement()) == Document(
        kind="entitlement",
        slug="bus-pass",
        title="Free bus pass",
        also_known_as=("travel card",),
        summary="Free buses.",
        body="A card.\nYou are 16 to 24.\nAsk.",
        topics=("travel-and-leisure", "money"),
        age_from=16,
        age_before=25,
        places=frozenset({"england"}),
        checked_on=date(2026, 11, 22),
        decides="law",
    )


def test_a_service_becomes_a_document_that_its_kind_and_town_find() -> None:
    found = document(services=(service("Stanley", description="Coffee.", age_from=16, age_before=26),))
    assert (found.kind, found.slug, found.age_from, found.age_before) == ("service", "hub", 16, 26)
    assert "care leaver hub" in found.also_known_as
    assert "Stanley" in found.body and "Coffee." in found.body


@pytest.mark.parametrize("given", [{"stage": "draft"}, {"in_force": "not-yet", "coming": "Not yet law."}])
def test_a_draft_and_what_is_not_yet_law_are_not_found(given: dict[str, str]) -> None:
    assert documents_of([entitlement(**given)], []) == []


@pytest.mark.parametrize("given", [{"stage": "draft"}, {"status": "closed"}, {"status": "planned"}])
def test_a_service_that_is_not_shown_is_not_found(given: dict[str, str]) -> None:
    assert documents_of([], [service(**given)]) == []


def test_what_goes_with_who_looked_after_you_says_by() -> None:
    found = document(entitlement(authority=DURHAM, area_basis="responsible_authority"))
    assert found.places == {f"by:{DURHAM}", f"of:{DURHAM}"}


def test_what_goes_with_where_you_live_says_in_and_is_the_countys_too() -> None:
    entry = entitlement(authority=LINCOLN, area_basis="lives_in", areas=[LINCOLN])
    assert document(entry).places == {f"in:{LINCOLN}", f"of:{LINCOLN}"}
    found = document(entry, authority_of={LINCOLN: LINCOLNSHIRE})
    assert found.places == {f"in:{LINCOLN}", f"of:{LINCOLN}", f"of:{LINCOLNSHIRE}"}


def test_an_england_entry_is_found_by_everybody_whatever_it_turns_on() -> None:
    assert document(entitlement(area_basis="lives_in")).places == {"england"}


def test_a_leaving_care_team_follows_the_care_and_other_services_the_home() -> None:
    team = document(services=(service(kind="leaving-care-team"),))
    assert team.places == {f"by:{DURHAM}", f"of:{DURHAM}"}
    housing = document(
        services=(service(kind="housing-advice", areas=[LINCOLN, BOSTON], authority=LINCOLNSHIRE),)
    )
    assert housing.places == {f"in:{LINCOLN}", f"in:{BOSTON}", f"of:{LINCOLNSHIRE}"}
    assert document(services=(service(areas=["E92000001"]),)).places == {"england"}


def age(start: int | None = None, before: int | None = None) -> dict[str, Any]:
    return {"id": "age", "fact": "age_years", "from": start, "before": before}


OTHER = {"id": "student", "fact": "in_education", "is": True}


@pytest.mark.parametrize(
    ("rule", "ages"),
    [
        (age(16, 25), (16, 25)),
        (age(18), (18, None)),
        (OTHER, (None, None)),
        ({"id": "r", "all": [OTHER, age(16, 25)]}, (16, 25)),
        ({"id": "r", "all": [age(16), age(18, 25), age(None, 21)]}, (18, 21)),
        ({"id": "r", "any": [age(16, 18), age(21, 25)]}, (16, 25)),
        ({"id": "r", "any": [age(16, 18), OTHER]}, (None, None)),
        ({"id": "r", "any": [age(16, 18), age(21)]}, (16, None)),
        ({"id": "r", "all": [age(16), {"id": "ways", "any": [age(18, 21), age(19, 25)]}]}, (18, 25)),
        ({"id": "r", "not": age(16, 18)}, (None, None)),
        ({"id": "r", "all": [age(18), age(None, 16)]}, (None, None)),
        ({"id": "r", "ask": "Your adviser agrees."}, (None, None)),
        ({"id": "r", "use": "care-leaver-of", "authority": DURHAM}, (None, None)),
    ],
)
def test_the_ages_are_the_widest_the_rule_can_hold_for(
    rule: dict[str, Any], ages: tuple[int | None, int | None]
) -> None:
    assert ages_of(rule) == ages
