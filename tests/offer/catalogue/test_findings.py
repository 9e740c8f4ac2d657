"""What refuses publication, and what is only pointed out. No database: the checks see documents."""

from datetime import date
from typing import Any

import pytest

from offer.catalogue.advice import advice
from offer.catalogue.candidates import Candidate
from offer.catalogue.documents import ENTITLEMENT
from offer.catalogue.findings import findings
from offer.entitlements.schema import Entitlement
from offer.published import Published
from tests.offer.catalogue.conftest import entry

TODAY = date(2026, 11, 22)
ROW = {"area": "E07000138", "age_before": 25, "confidence": "found in source", "source": "City of Lincoln",
       "checked_on": "2026-11-01"}  # fmt: skip


def made(slug: str = "bursary", **changes: Any) -> Entitlement:
    return Entitlement.model_validate(entry(slug, **changes))


def refused(*entries: Entitlement) -> list[str]:
    candidates = [Candidate(ENTITLEMENT, each.id, each, number) for number, each in enumerate(entries)]
    return [str(finding) for finding in findings(candidates)]


def looked_at(published: Published, *entries: Entitlement) -> list[str]:
    found = advice(entries, published.places, TODAY)
    return [str(finding) for finding in found if finding.kind == ENTITLEMENT]


def ages(start: int, before: int, name: str = "age") -> dict[str, Any]:
    return {
        "id": name,
        "fact": "age_years",
        "from": start,
        "before": before,
        "cite": "Children Act 1989 s.23C",
    }


def test_a_sound_entry_is_refused_by_nothing() -> None:
    assert refused(made()) == []


def test_a_rule_nobody_can_meet_is_refused() -> None:
    rule = {"id": "r", "all": [ages(16, 18), ages(18, 25, "grown")]}
    assert refused(made(rule=rule)) == ["entitlement bursary: nobody can ever meet its rule"]


def test_a_rule_that_cannot_be_read_is_refused_with_the_place() -> None:
    [line] = refused(made(rule={"id": "r", "fact": "favourite_colour", "is": True}))
    assert "rule.fact" in line
    assert "favourite_colour" in line


@pytest.mark.parametrize(
    ("first", "second", "overlap"),
    [
        ({"start": "2020-04-01", "end": "2022-04-01"}, {"start": "2022-04-01"}, False),
        ({"start": "2020-04-01", "end": "2022-05-01"}, {"start": "2022-04-01"}, True),
        ({"start": "2020-04-01"}, {"start": "2020-04-01", "age_before": 21}, False),
        ({"start": "2020-04-01"}, {"start": "2020-04-01"}, True),
    ],
)
def test_terms_that_hold_on_the_same_days_are_refused(
    first: dict[str, Any], second: dict[str, Any], overlap: bool
) -> None:
    found = refused(made(terms=[ROW | first, ROW | second]))
    assert bool(found) is overlap
    assert all("E07000138" in line for line in found)


def test_days_between_two_terms_are_pointed_out(published: Published) -> None:
    terms = [ROW | {"start": "2026-04-01", "end": "2027-04-01"}, ROW | {"start": "2028-04-01"}]
    found = looked_at(published, made(terms=terms))
    assert found == ["entitlement bursary: no terms of E07000138 between 2027-04-01 and 2028-04-01"]
    over = [ROW | {"start": "2019-04-01", "end": "2020-04-01"}, ROW | {"start": "2025-04-01"}]
    assert looked_at(published, made(terms=over)) == []


def test_a_condition_without_a_source_is_pointed_out(published: Published) -> None:
    found = looked_at(published, made(rule={"id": "age", "fact": "age_years", "from": 16}))
    assert found == ["entitlement bursary: the condition 'age' names no source"]


def test_two_entries_with_one_rule_are_pointed_out(published: Published) -> None:
    found = looked_at(published, made(), made("second"))
    assert found == ["entitlement second: its rule is the same as that of 'bursary': a shared condition?"]


def test_a_condition_that_adds_nothing_is_pointed_out(published: Published) -> None:
    rule = {"id": "r", "any": [ages(16, 25, "wide"), ages(18, 21, "narrow")]}
    found = looked_at(published, made(rule=rule))
    assert found == ["entitlement bursary: the condition 'narrow' adds nothing to the rule"]


def test_an_entry_that_bars_its_own_place_is_pointed_out(published: Published) -> None:
    lincoln = {"id": "home", "fact": "lives_in", "in": ["E07000138"], "cite": "City of Lincoln"}
    both = made(area_basis="lives_in", authority="E10000019", areas=["E07000138", "E07000139"], rule=lincoln)
    assert looked_at(published, both) == ["entitlement bursary: nobody in North Kesteven can get it"]
    durham = {"id": "who", "fact": "responsible_authority", "in": ["E10000019"], "cite": "Durham"}
    assert looked_at(published, made(rule=durham)) == [
        "entitlement bursary: nobody in County Durham can get it"
    ]


def test_an_amount_of_no_year_is_pointed_out(published: Published) -> None:
    amount = {"text": "£100 a year", "pence": 10000}
    assert looked_at(published, made(amount=amount)) == [
        "entitlement bursary: its amount says no year, and none of its sources has a date"
    ]
    assert looked_at(published, made(amount=amount | {"applies_to": "2026 to 2027"})) == []
    assert looked_at(published, made(amount={"text": "Free", "pence": 0})) == []


def gaps_in(published: Published, topic: str, *entries: Entitlement) -> list[str]:
    found = (str(each) for each in advice(entries, published.places, TODAY))
    return [line.removeprefix(f"topic {topic}: ") for line in found if line.startswith(f"topic {topic}:")]


OTHERS = "any place whose council's own offer we do not hold"


def test_a_topic_that_is_empty_for_an_age_is_pointed_out(published: Published) -> None:
    assert gaps_in(published, "housing", made()) == [
        f"nothing for people aged 16 to 24 in County Durham, {OTHERS}"
    ]
    assert gaps_in(published, "education", made()) == [f"nothing for people aged 16 to 24 in {OTHERS}"]


def in_lincolnshire(slug: str, areas: list[str], **changes: Any) -> Entitlement:
    lives = {"id": "home", "fact": "lives_in", "in": areas, "cite": "Lincolnshire"}
    rule = {"id": "r", "all": [lives, changes.pop("ages")]} if "ages" in changes else lives
    place = {"area_basis": "lives_in", "authority": "E10000019", "areas": areas}
    return made(slug, rule=rule, topic="housing", **place, **changes)


def test_a_gap_in_one_single_district_is_found(published: Published) -> None:
    """Six of Lincolnshire's seven districts have an entry on housing; Boston has none."""
    lincolnshire = [area.gss for area in published.places.districts_of("E10000019", TODAY)]
    boston = "E07000136"
    six = in_lincolnshire("rooms", [code for code in lincolnshire if code != boston])
    assert gaps_in(published, "housing", six) == [f"nothing for people aged 16 to 24 in Boston, {OTHERS}"]
    seventh = in_lincolnshire("boston-rooms", [boston], ages=ages(18, 21))
    assert gaps_in(published, "housing", six, seventh) == [
        f"nothing for people aged 16 to 24 in {OTHERS}",
        "nothing for people aged 16 to 17 and 21 to 24 in Boston",
    ]


def test_a_council_without_an_entry_in_any_district_is_named_once(published: Published) -> None:
    work = in_lincolnshire("work", ["E07000136"]).model_copy(update={"topic": "work"})
    assert gaps_in(published, "housing", work) == [
        f"nothing for people aged 16 to 24 in Lincolnshire, {OTHERS}"
    ]


def test_the_starter_catalogue_is_refused_nothing(published: Published) -> None:
    assert refused(*published.entries.values()) == []
