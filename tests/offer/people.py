"""The invented people of the shared cases, as facts the API takes, and people made up at random."""

import json
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from hypothesis import strategies as st

from offer.eligibility.care_told import EVENT_LIKE
from offer.eligibility.fact import Fact
from offer.eligibility.facts import FACTS
from tests.conftest import SHARED

ON = date(2026, 11, 22)
DISTRICTS = ("E06000047", "E07000139", "E07000137", "E06000061", "E07000178", "E06000004")
COUNCILS = ("E06000047", "E10000019", "E10000016", "E06000061", "W06000015", "S12000049")
Facts = Mapping[str, Any]


@cache
def personas() -> tuple[dict[str, Any], ...]:
    """Everybody of cases/personas.json; nobody where the cases do not stand beside the project."""
    path = SHARED / "cases" / "personas.json"
    return tuple(json.loads(path.read_text("utf-8"))["personas"]) if path.is_file() else ()


def facts_of(persona: Mapping[str, Any]) -> dict[str, Any]:
    """Birth date, care and events as told, with the plain facts; what is derived is left to the service."""
    dates = {
        "date_of_birth": persona["dob"],
        "care": persona["care"],
        "status_events": persona["status_events"],
    }
    return {**persona["facts"], **dates}


def units(facts: Facts) -> list[frozenset[str]]:
    """What is told together: beside care dates, an event left out means that it did not happen."""
    together = (
        frozenset({"care", "status_events", *EVENT_LIKE} & facts.keys()) if "care" in facts else frozenset()
    )
    alone = [frozenset({name}) for name in facts if name not in together]
    return [*alone, together] if together else alone


@st.composite
def fewer(draw: st.DrawFn, facts: Facts) -> dict[str, Any]:
    """The same person saying less: some subset of what was told."""
    dropped = draw(st.sets(st.sampled_from(units(facts)))) if facts else set()
    return {name: value for name, value in facts.items() if not any(name in unit for unit in dropped)}


@st.composite
def people(draw: st.DrawFn) -> dict[str, Any]:
    """Facts of the registry at random, dates in care among them; many contradict each other."""
    names = draw(st.sets(st.sampled_from([name for name in FACTS if name not in _NOT_PLAIN]), max_size=14))
    facts = {name: draw(_values(FACTS[name])) for name in sorted(names)}
    if draw(st.booleans()):
        facts["date_of_birth"] = draw(st.dates(date(1998, 1, 1), date(2014, 12, 31))).isoformat()
        for age in ("age_years", "age_months", "days_to_18th_birthday", "age_on_31_august"):
            facts.pop(age, None)
    if "date_of_birth" in facts and draw(st.booleans()):
        facts["care"] = draw(st.lists(_spells(), max_size=2))
    return facts


_NOT_PLAIN = {"date_of_birth", "care", "status_events", "postcode"}


def _values(fact: Fact) -> st.SearchStrategy[Any]:
    match fact.type:
        case "bool":
            return st.booleans()
        case "choice":
            return st.sampled_from([option.value for option in fact.options])
        case "area":
            return st.sampled_from(DISTRICTS if fact.name == "lives_in" else COUNCILS)
        case _:
            return st.integers(14, 27) if fact.unit == "years" else st.integers(0, min(fact.most or 400, 400))


@st.composite
def _spells(draw: st.DrawFn) -> dict[str, Any]:
    start = draw(st.dates(date(2014, 1, 1), date(2026, 10, 1)))
    days = draw(st.none() | st.integers(1, 1500))
    end = None if days is None else (start + timedelta(days=days)).isoformat()
    kind = draw(st.sampled_from(["full", "remand", "short_break"]))
    return {"start": start.isoformat(), "end": end, "kind": kind}
