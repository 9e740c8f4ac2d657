"""The invented people of the shared cases: what is worked out for them agrees with the law's labels."""

from datetime import date
from typing import Any

from offer.eligibility.care import care_status
from offer.eligibility.situation import derive, read_situation


def raw_facts(person: dict[str, Any]) -> dict[str, Any]:
    dates = {"date_of_birth": person["dob"], "care": person["care"], "status_events": person["status_events"]}
    return {**person["facts"], **dates}


def test_everything_derived_is_worked_out_from_dates(personas: list[dict[str, Any]]) -> None:
    assert len(personas) >= 29
    for person in personas:
        on = date.fromisoformat(person["as_of"])
        situation, faults = read_situation(raw_facts(person), on)
        assert not faults, (person["id"], faults)
        known = derive(situation, on)
        assert {name: known.get(name) for name in person["derived_facts"]} == person["derived_facts"], person[
            "id"
        ]


def test_each_has_the_expected_status_with_reasons_and_a_source(personas: list[dict[str, Any]]) -> None:
    for person in personas:
        on = date.fromisoformat(person["as_of"])
        finding = care_status(read_situation(raw_facts(person), on)[0], on)
        assert finding.value == person["expected_status"], person["id"]
        assert finding.possible == {person["expected_status"]}
        assert finding.cite is not None
        assert finding.cite.startswith("Children Act 1989")
        assert len(finding.because) >= 2


def test_raw_and_derived_facts_may_be_sent_together_while_they_agree(personas: list[dict[str, Any]]) -> None:
    for person in personas:
        on = date.fromisoformat(person["as_of"])
        _, faults = read_situation({**raw_facts(person), **person["derived_facts"]}, on)
        assert not faults, (person["id"], faults)


def test_derived_facts_alone_are_honoured(personas: list[dict[str, Any]]) -> None:
    for person in personas:
        on = date.fromisoformat(person["as_of"])
        situation, faults = read_situation({**person["facts"], **person["derived_facts"]}, on)
        assert not faults, (person["id"], faults)
        known = derive(situation, on)
        assert {name: known.get(name) for name in person["derived_facts"]} == person["derived_facts"], person[
            "id"
        ]


def test_a_changed_derived_fact_beside_the_dates_is_a_clash(personas: list[dict[str, Any]]) -> None:
    for person in personas:
        on = date.fromisoformat(person["as_of"])
        for name, value in person["derived_facts"].items():
            other: Any = (
                not value if isinstance(value, bool) else value + 1 if isinstance(value, int) else None
            )
            if other is None:
                continue
            _, faults = read_situation({**raw_facts(person), name: other}, on)
            assert any(name in fault.detail for fault in faults), (person["id"], name)


def test_money_is_kept_in_pence(personas: list[dict[str, Any]]) -> None:
    paid = [p for p in personas if "gross_weekly_pay_gbp" in p["facts"]]
    assert paid
    for person in paid:
        on = date.fromisoformat(person["as_of"])
        known = derive(read_situation(raw_facts(person), on)[0], on)
        assert known["gross_weekly_pay_gbp"] == 100 * person["facts"]["gross_weekly_pay_gbp"]
