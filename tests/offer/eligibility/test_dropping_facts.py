"""Saying less never changes what is known into something else: it only makes it unknown."""

from datetime import date, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from offer.eligibility.care import care_status
from offer.eligibility.care_told import EVENT_LIKE
from offer.eligibility.facts import FACTS
from offer.eligibility.partly_known import knowledge
from offer.eligibility.situation import derive, read_situation

ON = date(2026, 11, 22)
PLAIN = [
    fact
    for fact in FACTS.values()
    if fact.type in ("bool", "choice") or (fact.type == "int" and fact.unit == "years")
]


def values(name: str) -> st.SearchStrategy[object]:
    fact = FACTS[name]
    if fact.type == "bool":
        return st.booleans()
    if fact.type == "choice":
        return st.sampled_from(sorted(fact.values))
    return st.integers(0, 30)


@st.composite
def spell(draw: st.DrawFn) -> dict[str, Any]:
    start = draw(st.dates(date(2012, 1, 1), date(2026, 11, 1)))
    days = draw(st.one_of(st.none(), st.integers(0, 2000)))
    kind = draw(st.sampled_from(["full", "remand", "short_break", "private_fostering"]))
    return {"start": start, "end": None if days is None else start + timedelta(days=days), "kind": kind}


@st.composite
def people(draw: st.DrawFn) -> dict[str, Any]:
    names = draw(st.sets(st.sampled_from([fact.name for fact in PLAIN]), max_size=6))
    raw: dict[str, Any] = {name: draw(values(name)) for name in sorted(names)}
    if draw(st.booleans()):
        raw["date_of_birth"] = draw(st.dates(date(2000, 1, 1), date(2012, 1, 1)))
    if draw(st.booleans()):
        raw["care"] = draw(st.lists(spell(), max_size=3))
        raw["status_events"] = draw(
            st.dictionaries(
                st.sampled_from(["lived_6_months_with_parent_or_pr", "sgo_immediately_after_care"]),
                st.booleans(),
            )
        )
    return raw


@given(people(), st.data())
def test_dropping_a_fact_never_changes_another_known_one(raw: dict[str, Any], data: st.DataObject) -> None:
    situation, faults = read_situation(raw, ON)
    if faults or not raw:
        return
    # Care dates and the events beside them are one answer: an event left out beside dates means no.
    together = {"care", "status_events", *EVENT_LIKE} if "care" in raw else set[str]()
    units = [[name] for name in raw if name not in together]
    units += [sorted(together)] if together else []
    dropped = data.draw(st.sampled_from(units))
    before = derive(situation, ON)
    fewer, faults = read_situation({k: v for k, v in raw.items() if k not in dropped}, ON)
    assert not faults, "saying less cannot bring in a clash"
    after = derive(fewer, ON)
    assert {name: before.get(name) for name in after} == dict(after)


@given(people())
def test_any_reading_gives_an_answer_or_plain_faults_never_an_exception(raw: dict[str, Any]) -> None:
    situation, faults = read_situation(raw, ON)
    for fault in faults:
        assert fault.pointer.startswith("/facts/")
        assert fault.detail.endswith((".", "?"))
    finding = care_status(situation, ON)
    assert (finding.value is None) is (len(finding.possible) != 1)
    if not faults:
        assert finding.possible, "what is not refused has at least one way to be true"


@given(st.dates(date(1996, 1, 1), date(2020, 1, 1)), st.data())
def test_an_age_instead_of_a_birth_date_never_contradicts_it(dob: date, data: st.DataObject) -> None:
    plain = {"care_when": data.draw(st.sampled_from(sorted(FACTS["care_when"].values)))}
    by_date, faults = read_situation({"date_of_birth": dob, **plain}, ON)
    if faults:
        return
    exact = derive(by_date, ON)
    known = knowledge(read_situation({"age_years": exact["age_years"], **plain}, ON)[0], ON)
    for name, value in known.items():
        if name in exact:
            assert exact[name] in value if isinstance(value, frozenset) else exact[name] == value, name
