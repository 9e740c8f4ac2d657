"""People to answer in two languages: those of the cases and situations, and thousands made up by chance.

The made-up ones stand on edges: birthdays in force in some rule, a day before and after,
29 February, 90 to 92 days in care, a penny either side of a limit. Then facts are dropped.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from offer.eligibility.dates import birthday
from offer.eligibility.fact import Fact
from offer.eligibility.facts import FACTS
from offer.eligibility.situation import read_situation
from tests.offer.situations import national, stories

Raw = dict[str, Any]

COUNCILS = ("E10000019", "E06000047", "E10000024", "E08000037", "E06000005", "W06000015", "S12000033")
DISTRICTS = ("E07000139", "E07000138", "E06000047", "E06000017", "E08000037", "E07000106", "W06000015")
PAIRS = 12  # of the many councils and districts: each pair is one pack
EVENTS = (
    "lived_6_months_with_parent_or_pr",
    "that_arrangement_broke_down",
    "sgo_immediately_after_care",
    "detained_or_hospital_on_16th_birthday",
    "privately_fostered_disabled_child",
)
CARE_ANSWERS = tuple(
    name
    for name, fact in FACTS.items()
    if name.startswith(("care_", "home_", "special_", "hospital_", "other_s24")) and not fact.derived
)
STATED = tuple(name for name, fact in FACTS.items() if fact.type == "date" and name != "date_of_birth")
EDGE_AGES = (0, 14, 15, 16, 17, 18, 19, 20, 21, 22, 24, 25, 26, 27, 31, 60)
TRIES = 40


@dataclass(frozen=True, slots=True)
class Someone:
    """A person on a day: `facts` as JSON sends them."""

    name: str
    on: date
    facts: Raw = field(default_factory=dict)


def from_cases(shared: Path | None) -> Iterator[Someone]:
    """The invented people of ../shared, where it is there."""
    if shared is None or not shared.is_dir():
        return
    for person in json.loads((shared / "cases" / "personas.json").read_text("utf-8"))["personas"]:
        dates = {
            "date_of_birth": person["dob"],
            "care": person["care"],
            "status_events": person["status_events"],
        }
        on = date.fromisoformat(person["as_of"])
        places = {"responsible_authority": "E06000047", "lives_in": "E06000047"}
        told = person["facts"]
        english = told.get("responsible_authority_nation") == told.get("residence_nation") == "england"
        yield Someone(person["id"], on, {**told, **dates})
        yield Someone(f"{person['id']} without dates", on, {**told, **person["derived_facts"]})
        if english:
            yield Someone(f"{person['id']} in Durham", on, {**places, **told, **dates})


def from_situations() -> Iterator[Someone]:
    """Everybody an adviser wrote down."""
    for person in (*stories(), *national()):
        yield Someone(str(person), person.on, dict(person.facts))


def made_up(count: int, seed: int, on: date) -> Iterator[Someone]:
    """So many people whose answers do not clash; each after the first of a group says less."""
    chance = Random(seed)
    pairs = [(chance.choice((*COUNCILS, None)), chance.choice((*DISTRICTS, None))) for _ in range(PAIRS)]
    made = 0
    while made < count:
        whole = _consistent(_told(chance, on, *chance.choice(pairs)), on)
        for number in range(min(3, count - made)):
            said = whole if number == 0 else _less(chance, whole, on)
            yield Someone(f"made up {seed}/{made}", on, said)
            made += 1


def any_answers(chance: Random, on: date) -> Raw:
    """One person's answers as they fall, clashes and all."""
    return _told(chance, on, chance.choice(COUNCILS), chance.choice(DISTRICTS))


def _told(chance: Random, on: date, council: str | None, district: str | None) -> Raw:
    raw: Raw = {}
    for name, fact in FACTS.items():
        if fact.type in ("bool", "choice", "int") and chance.random() < 0.5:
            raw[name] = _value(chance, fact)
    for name in (*CARE_ANSWERS, "age_years", "age_months", "days_to_18th_birthday", "age_on_31_august"):
        if chance.random() < 0.6:
            raw.pop(name, None)
    if chance.random() < 0.5:
        raw = {name: value for name, value in raw.items() if not FACTS[name].derived}
    raw |= _age(chance, on)
    for name in STATED:
        if chance.random() < 0.3:
            raw[name] = (on + timedelta(days=chance.choice((-40, -1, 0, 1, 90, 250, 600, 1500)))).isoformat()
    if chance.random() < (0.45 if "date_of_birth" in raw else 0.15):
        raw["care"] = _spells(chance, raw, on)
        if chance.random() < 0.5:
            raw["status_events"] = {name: chance.random() < 0.6 for name in EVENTS if chance.random() < 0.4}
    if council:
        raw["responsible_authority"] = council
    if district:
        raw["lives_in"] = district
    items = list(raw.items())
    chance.shuffle(items)
    return dict(items)


def _value(chance: Random, fact: Fact) -> object:
    if fact.type == "bool":
        return chance.random() < 0.5
    if fact.type == "choice":
        return chance.choice(fact.options).value
    if fact.unit == "pence":
        return chance.choice(
            (0, 195, 195.01, 616, 1250.5, 3000, 5999.99, 6000, 16000, 16000.01, 36000, 42000)
        )
    if fact.unit == "months":
        return chance.choice((0, 1, 11, 12, 13, 188, 189, 191, 192, 215, 216, 228, 299, 300))
    if fact.unit == "days":
        return chance.choice((-400, -1, 0, 1, 27, 28, 29, 90, 91, 92, 400, 1400))
    return chance.choice((*EDGE_AGES, 1, 2, 3, 4, 6))


def _age(chance: Random, on: date) -> Raw:
    if chance.random() < 0.3:
        return {"age_years": chance.choice(EDGE_AGES)} if chance.random() < 0.8 else {}
    if chance.random() < 0.1:
        return {"date_of_birth": chance.choice(("2000-02-29", "2004-02-29", "2008-02-29", "2012-02-29"))}
    exact = birthday(on, -chance.choice(EDGE_AGES[1:]))
    shift = chance.choice((-1, 0, 1, 28, 29, 91, 183, chance.randrange(366)))
    return {"date_of_birth": (exact + timedelta(days=shift)).isoformat()}


def _spells(chance: Random, raw: Raw, on: date) -> list[Raw]:
    """Stays around the days the law counts from: the 14th, 16th and 18th birthday."""
    born = date.fromisoformat(raw["date_of_birth"]) if "date_of_birth" in raw else birthday(on, -19)
    spells = []
    for _ in range(chance.choice((0, 1, 1, 1, 2, 3))):
        start = birthday(born, chance.choice((13, 14, 15, 16, 17))) + timedelta(
            days=chance.randrange(-200, 300)
        )
        length = chance.choice((0, 1, 89, 90, 91, 92, 120, 200, 400, 800, None))
        if start > on or start < born:
            continue
        end = None if length is None else min(start + timedelta(days=length), on)
        kind = chance.choice(("full", "full", "full", "remand", "short_break", "private_fostering"))
        spells.append({"start": start.isoformat(), "end": end.isoformat() if end else None, "kind": kind})
    return spells


def _consistent(raw: Raw, on: date) -> Raw:
    """Without the answers that clash with others, one after the other."""
    for _ in range(TRIES):
        _, faults = read_situation(raw, on)
        if not faults:
            return raw
        wrong = {fault.pointer.split("/")[2] for fault in faults}
        raw = {name: value for name, value in raw.items() if name not in wrong}
    return {}


def _less(chance: Random, raw: Mapping[str, Any], on: date) -> Raw:
    kept = chance.choice((0.15, 0.4, 0.7))
    places = ("responsible_authority", "lives_in")
    fewer = {name: value for name, value in raw.items() if name in places or chance.random() < kept}
    return _consistent(fewer, on)
