"""Care status line by line, from the law: each case says why.

Everybody here is born on 10 June 2008 (16 on 10 June 2024, 18 on 10 June 2026) unless said.
"""

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import pytest

from offer.eligibility.care import CareFinding, care_status
from offer.eligibility.care_history import status_of
from offer.eligibility.care_table import HISTORIES
from offer.eligibility.care_words import STATUS_NAMES, cite_for
from offer.eligibility.situation import derive, read_situation

BORN = "2008-06-10"
AT_17 = date(2025, 12, 1)
AT_18 = date(2026, 7, 1)
NO_OTHER_HOME = {"other_s24_accommodation_at_16_or_17": False}


@dataclass(frozen=True)
class Case:
    because: str
    care: list[tuple[str, str | None] | tuple[str, str | None, str]]
    status: str
    on: date = AT_18
    events: dict[str, Any] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=lambda: dict(NO_OTHER_HOME))


def spells(case: Case) -> list[dict[str, Any]]:
    return [{"start": s[0], "end": s[1], "kind": s[2] if len(s) == 3 else "full"} for s in case.care]


def found(case: Case) -> CareFinding:
    raw = {"date_of_birth": BORN, "care": spells(case), "status_events": case.events, **case.facts}
    if any(
        spell[0] < "2026-06-10" and (spell[1] or "9999") > "2024-06-10" and len(spell) == 2
        for spell in case.care
    ):
        raw.pop("other_s24_accommodation_at_16_or_17", None)
    situation, faults = read_situation(raw, case.on)
    assert not faults, faults
    return care_status(situation, case.on)


LAW = [
    Case(
        "CA Sch 2 para 19B: 16 or 17, in care, 91 days, some at 16", [("2023-01-01", None)], "eligible", AT_17
    ),
    Case("the 91st counted day makes an eligible child", [("2025-09-02", None)], "eligible", AT_17),
    Case("90 counted days do not", [("2025-09-03", None)], "looked_after_not_eligible", AT_17),
    Case(
        "spells add up: 60 days at 15 and 31 days at 17",
        [("2023-07-01", "2023-08-30"), ("2025-11-01", None)],
        "eligible",
        AT_17,
    ),
    Case(
        "days before the 14th birthday do not count (A3)",
        [("2019-01-01", "2022-06-10"), ("2025-11-01", None)],
        "looked_after_not_eligible",
        AT_17,
    ),
    Case(
        "overlapping spells count each day once",
        [("2025-10-01", None), ("2025-10-01", None)],
        "looked_after_not_eligible",
        AT_17,
    ),
    Case(
        "remand is council care (LASPO 2012 s104)",
        [("2025-08-01", None, "remand")],
        "eligible",
        AT_17,
        facts={},
    ),
    Case(
        "CA s23A: out of care at 17, eligible just before", [("2023-01-01", "2025-09-01")], "relevant", AT_17
    ),
    Case("in care for 30 days at 17: qualifying", [("2025-09-01", "2025-10-01")], "qualifying_other", AT_17),
    Case("under 16 and in care", [("2020-01-01", None)], "looked_after_under_16", date(2024, 6, 9), facts={}),
    Case("under 16 and out of care", [("2020-01-01", "2021-01-01")], "none", date(2024, 6, 9), facts={}),
    Case("CA s23C(1)(b): in care at 18 and eligible", [("2023-01-01", "2026-06-10")], "former_relevant"),
    Case("an open spell ends at 18", [("2023-01-01", None)], "former_relevant"),
    Case("91 days up to the 18th birthday", [("2026-03-11", "2026-06-10")], "former_relevant"),
    Case("90 days up to the 18th birthday", [("2026-03-12", "2026-06-10")], "qualifying_other"),
    Case("CA s23C(1)(a): was a relevant child", [("2023-01-01", "2025-09-01")], "former_relevant"),
    Case("the status has no upper age", [("2023-01-01", "2026-06-10")], "former_relevant", date(2060, 1, 1)),
    Case("care ended the day before the 16th birthday", [("2020-01-01", "2024-06-10")], "none", AT_17),
    Case(
        "care to the end of the 16th birthday meets the Act",
        [("2020-01-01", "2024-06-11")],
        "relevant",
        AT_17,
    ),
    Case(
        "CLR reg 3(5): six months at home, not relevant but qualifying",
        [("2023-01-01", "2024-09-01")],
        "qualifying_other",
        AT_17,
        {"lived_6_months_with_parent_or_pr": True},
    ),
    Case(
        "CLR reg 3(6): it broke down before 18",
        [("2023-01-01", "2024-09-01")],
        "relevant",
        AT_17,
        {"lived_6_months_with_parent_or_pr": True, "that_arrangement_broke_down": True},
    ),
    Case(
        "at 18: six months at home leaves s23C(1)(a) unmet",
        [("2023-01-01", "2024-09-01")],
        "qualifying_other",
        AT_18,
        {"lived_6_months_with_parent_or_pr": True},
    ),
    Case(
        "at 18: the breakdown restored it",
        [("2023-01-01", "2024-09-01")],
        "former_relevant",
        AT_18,
        {"lived_6_months_with_parent_or_pr": True, "that_arrangement_broke_down": True},
    ),
    Case(
        "a care order at home is still care: no end, still eligible",
        [("2023-01-01", None)],
        "eligible",
        AT_17,
        {"lived_6_months_with_parent_or_pr": False},
    ),
    Case(
        "CLR reg 3(2): in hospital on the 16th birthday after 91 days",
        [("2023-06-10", "2024-06-05")],
        "relevant",
        AT_17,
        {"detained_or_hospital_on_16th_birthday": True},
    ),
    Case(
        "reg 3(2) needs the 91 days",
        [("2024-04-01", "2024-06-05")],
        "none",
        AT_17,
        {"detained_or_hospital_on_16th_birthday": True},
    ),
    Case(
        "reg 3(2) at 18: was relevant",
        [("2023-06-10", "2024-06-05")],
        "former_relevant",
        AT_18,
        {"detained_or_hospital_on_16th_birthday": True},
    ),
    Case(
        "A5: six months at home ends reg 3(2) too",
        [("2023-06-10", "2024-06-05")],
        "none",
        AT_18,
        {"detained_or_hospital_on_16th_birthday": True, "lived_6_months_with_parent_or_pr": True},
    ),
    Case(
        "CA s24(1A): special guardianship from care at 15",
        [("2020-01-01", "2023-09-01")],
        "qualifying_sgo",
        AT_17,
        {"sgo_immediately_after_care": True},
    ),
    Case(
        "special guardianship at 17, under six months ago: still relevant, the stronger",
        [("2023-01-01", "2025-09-01")],
        "relevant",
        AT_17,
        {"sgo_immediately_after_care": True},
    ),
    Case(
        "special guardianship at 16 and six months there: qualifying",
        [("2023-01-01", "2024-09-01")],
        "qualifying_sgo",
        AT_18,
        {"sgo_immediately_after_care": True, "lived_6_months_with_parent_or_pr": True},
    ),
    Case(
        "a special guardian ends qualifying at 21, study help goes on",
        [("2020-01-01", "2023-09-01")],
        "past_qualifying",
        date(2029, 6, 10),
        {"sgo_immediately_after_care": True},
    ),
    Case(
        "20, the day before 21: qualifying",
        [("2025-09-01", "2025-10-01")],
        "qualifying_other",
        date(2029, 6, 9),
    ),
    Case("CA s24B: 21 with care at 17", [("2025-09-01", "2025-10-01")], "past_qualifying", date(2029, 6, 10)),
    Case("24, the day before 25", [("2025-09-01", "2025-10-01")], "past_qualifying", date(2033, 6, 9)),
    Case("25: study help is over", [("2025-09-01", "2025-10-01")], "none", date(2033, 6, 10)),
    Case(
        "adopted before 16 and not in care again",
        [("2013-01-01", "2018-08-01")],
        "none",
        AT_18,
        {"adopted_on": "2018-08-01"},
    ),
    Case(
        "CPR reg 48: short breaks do not count, read literally they qualify",
        [("2024-07-01", "2024-12-01", "short_break")],
        "qualifying_other",
        AT_18,
        facts={},
    ),
    Case(
        "in a short break now: looked after, not eligible",
        [("2025-06-01", None, "short_break")],
        "looked_after_not_eligible",
        AT_17,
        facts={},
    ),
    Case(
        "private fostering is never council care", [("2022-01-01", "2026-01-01", "private_fostering")], "none"
    ),
    Case("never in care", [], "none", AT_17),
    Case(
        "CA s24(2)(b)-(e): lived in such a home at 16 or 17",
        [],
        "qualifying_other",
        AT_17,
        facts={"other_s24_accommodation_at_16_or_17": True},
    ),
    Case(
        "such a home gives no study help after 21",
        [],
        "none",
        date(2029, 6, 10),
        facts={"other_s24_accommodation_at_16_or_17": True},
    ),
    Case(
        "CA s66(4): privately fostered at 16 as a disabled child",
        [("2023-01-01", "2025-01-01", "private_fostering")],
        "qualifying_other",
        AT_18,
        {"privately_fostered_disabled_child": True},
        facts={},
    ),
    Case(
        "back in care after home: eligible again by care",
        [("2022-06-10", "2024-01-01"), ("2025-06-01", None)],
        "eligible",
        AT_17,
        {"lived_6_months_with_parent_or_pr": True},
    ),
]


@pytest.mark.parametrize("case", LAW, ids=lambda case: case.because)
def test_status_by_law(case: Case) -> None:
    finding = found(case)
    assert finding.value == case.status, finding


def test_other_accommodation_left_unanswered_leaves_none_open() -> None:
    finding = found(Case("not said", [("2020-01-01", "2023-01-01")], "", AT_17, facts={}))
    assert finding.value is None
    assert finding.possible == {"none", "qualifying_other"}


def test_from_21_other_accommodation_no_longer_matters() -> None:
    assert found(Case("", [("2020-01-01", "2023-01-01")], "", date(2029, 6, 10), facts={})).value == "none"


@pytest.mark.parametrize(("days", "warned"), [(89, False), (90, True), (91, True), (92, True), (93, False)])
def test_90_to_92_days_ask_for_the_dates_in_writing(days: int, warned: bool) -> None:
    start = date(2026, 6, 10) - timedelta(days=days)
    finding = found(Case("", [(start.isoformat(), "2026-06-10")], ""))
    texts = [text for text in finding.warnings if f"We count {days} days" in text]
    assert bool(texts) is warned
    assert all("Ask for your care dates in writing" in text for text in texts)


def test_care_to_the_end_of_the_16th_birthday_is_flagged() -> None:
    finding = found(Case("", [("2020-01-01", "2024-06-11")], "", AT_17))
    [text] = [text for text in finding.warnings if "16th birthday" in text]
    assert "stricter" in text and "Ask for your care dates in writing" in text


def test_every_status_cites_its_section_and_where_there_is_one_its_regulation() -> None:
    """Of every history there can be. The law of qualifying is in the Act alone."""
    cites = {status_of(history): set[str]() for history in HISTORIES}
    for history in HISTORIES:
        cites[status_of(history)].add(cite_for(history))
    assert set(cites) == set(STATUS_NAMES)
    for status, texts in cites.items():
        for text in texts:
            assert re.match(r"Children Act 1989 (s\d\d|Sch 2 para 19B)", text), (status, text)
            act_alone = status.startswith(("qualifying", "past_qualifying", "none", "looked_after_under"))
            assert act_alone or re.search(r"Regulations 2010 reg \d", text), (status, text)


def test_short_breaks_alone_send_to_a_person() -> None:
    finding = found(Case("", [("2024-07-01", "2024-12-01", "short_break")], "", facts={}))
    assert any("short breaks" in text for text in finding.warnings)


def test_another_nations_council_gives_the_status_and_says_so() -> None:
    facts = {"responsible_authority_nation": "wales"}
    finding = found(Case("", [("2020-01-01", "2026-06-10")], "", facts=facts))
    assert finding.value == "former_relevant"
    assert any("Wales" in text for text in finding.warnings)


@pytest.mark.parametrize(
    ("care", "route"),
    [
        ([("2023-01-01", "2026-06-10")], "looked_after_at_18"),
        ([("2023-01-01", "2025-09-01")], "was_relevant"),
    ],
)
def test_the_door_into_former_relevant(care: list[tuple[str, str]], route: str) -> None:
    raw = {"date_of_birth": BORN, "care": [{"start": s, "end": e, "kind": "full"} for s, e in care]}
    assert derive(read_situation(raw, AT_18)[0], AT_18)["former_relevant_route"] == route


@pytest.mark.parametrize(
    ("care", "events", "before_18", "student"),
    [
        ([("2023-01-01", "2024-09-01")], {"lived_6_months_with_parent_or_pr": True}, True, True),
        ([("2022-07-01", "2022-09-01"), ("2025-01-01", "2025-03-01")], {}, True, False),
        ([("2023-06-10", "2024-06-05")], {"detained_or_hospital_on_16th_birthday": True}, True, False),
        ([("2020-01-01", "2024-06-10")], {}, False, False),
        ([("2024-03-12", "2024-06-11")], {}, True, True),
        ([("2024-01-01", "2024-03-01"), ("2024-03-01", "2024-06-20")], {}, True, True),
        ([("2025-01-01", "2025-04-01")], {}, False, False),
        ([("2021-01-01", "2024-06-11")], {}, True, True),
    ],
    ids=[
        "going home later undoes neither",
        "spells add up for one, not for student finance",
        "reg 3(2) counts for one, not for student finance",
        "no day at 16",
        "exactly 91 days in one go with a day at 16",
        "spells that touch are one",
        "90 days",
        "time before 14 counts for student finance",
    ],
)
def test_two_look_alike_13_week_tests(
    care: list[tuple[str, str]], events: dict[str, bool], before_18: bool, student: bool
) -> None:
    raw = {
        "date_of_birth": BORN,
        "care": [{"start": s, "end": e, "kind": "full"} for s, e in care],
        "status_events": events,
    }
    situation, faults = read_situation(raw, AT_18)
    assert not faults
    known = derive(situation, AT_18)
    assert known["eligible_or_relevant_before_18"] is before_18
    assert known["thirteen_weeks_in_care_ended_after_16"] is student


def test_today_counts_while_the_spell_is_open_and_the_last_day_out_does_not() -> None:
    care = [{"start": "2025-11-01", "end": None, "kind": "full"}]
    known = derive(read_situation({"date_of_birth": BORN, "care": care}, AT_17)[0], AT_17)
    assert known["counted_care_days_since_14"] == 31
    care[0]["end"] = "2025-12-01"
    known = derive(read_situation({"date_of_birth": BORN, "care": care}, AT_17)[0], AT_17)
    assert known["counted_care_days_since_14"] == 30
    assert known["currently_looked_after"] is False
