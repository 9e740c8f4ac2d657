"""What is asked of the service in a real day, by people who all differ, so that no answer is ready before.

Weights are parts of forty-five; within a kind every page and every person is as likely as the next,
which is harder on whatever is remembered than a real day, when most people look at the same few things.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from directory.records import Service
from directory.topics import TOPICS
from tests.bench.edition import documents
from tests.bench.http_load import Ask, get, post_form, post_json

PEOPLE = 200
TOWN_OF = {
    "E07000139": "Sleaford", "E06000047": "Durham", "E07000136": "Boston", "E07000137": "Louth",
    "E07000138": "Lincoln", "E07000140": "Spalding", "E07000141": "Grantham",
}  # fmt: skip
DISTRICTS = tuple(TOWN_OF)
COUNCILS = ("E10000019", "E06000047", "E10000016", "E06000061", "E06000005")
PLACES = (*TOWN_OF.values(), "Stamford", "DH1 5UL", "NG34 7QA")
WHEN = ("left_at_18", "left_at_16_or_17", "never", "")
WORDS = (
    "council tax", "money for my first home", "rent", "driving lessons", "bus pass", "someone to talk to",
    "university", "bursary", "baby", "gp", "adviser", "passport", "gym", "job", "debt", "homeless",
    "settign up home", "free prescriptions", "mental health", "care records",
)  # fmt: skip


@dataclass(frozen=True)
class Part:
    """One kind of request, as many are sent. `weight`: how often it comes in the mix."""

    name: str
    asks: tuple[Ask, ...]
    weight: float = 0.0


def parts() -> tuple[Part, ...]:
    """As people come: they look, then open what they found."""
    entries, records = documents()
    slugs = [entry.id for entry in entries if entry.stage == "public"]
    services = [record.id for record in records if isinstance(record, Service) and record.stage == "public"]
    people = tuple(_people())
    return (
        Part("start", (get("start", "/"),), 6),
        Part("results", tuple(post_form("results", "/results", 1, **_typed(each)) for each in people), 6),
        Part("an entry", _pages("/entitlements/", slugs), 10),
        Part("a topic", _pages("/topics/", tuple(TOPICS)), 4),
        Part("a hub or other service", _pages("/services/", services), 5),
        Part("council tax of a district", _pages("/council-tax/", DISTRICTS), 3),
        Part("search", _pages("/search?q=", [each.replace(" ", "+") for each in WORDS]), 5),
        Part(
            "help near somebody", tuple(post_form("near", "/help-nearby", place=town) for town in PLACES), 3
        ),
        Part("check, without reasons", _checks(people, explain=False), 2),
        Part("check, with reasons", _checks(people, explain=True), 1),
    )


def mixed(all_parts: Sequence[Part]) -> tuple[Ask, ...]:
    """All of them in one, each request with its own part of the weight of its kind."""
    return tuple(
        Ask(ask.name, ask.raw, part.weight / len(part.asks)) for part in all_parts for ask in part.asks
    )


def _pages(start: str, ends: Sequence[str]) -> tuple[Ask, ...]:
    return tuple(get(start, f"{start}{end}") for end in ends)


def _checks(people: Sequence[dict[str, Any]], *, explain: bool) -> tuple[Ask, ...]:
    bodies = (json.dumps({"facts": facts, "explain": explain}).encode() for facts in people)
    return tuple(post_json("check", "/api/v1/check", body) for body in bodies)


def _people() -> Iterator[dict[str, Any]]:
    """Half tell their birthday, half their age; where they live, who looked after them and when they left."""
    chance = random.Random(9)
    for number in range(PEOPLE):
        age = chance.randint(16, 24)
        born = f"{2026 - age - 1}-12-{chance.randint(1, 28):02}"
        facts = {"age_years": age} if number % 2 else {"date_of_birth": born}
        told = {
            "lives_in": chance.choice((*DISTRICTS, "")),
            "responsible_authority": chance.choice((*COUNCILS, "")),
            "care_when": chance.choice(WHEN if age >= 18 else ("still_in_care", "")),
        }
        yield {**facts, **{name: value for name, value in told.items() if value}}


def _typed(facts: dict[str, Any]) -> dict[str, str]:
    """The same as a form sends it."""
    typed = {name: str(value) for name, value in facts.items() if name not in ("date_of_birth", "lives_in")}
    if "date_of_birth" in facts:
        parts_of = zip(("year", "month", "day"), facts["date_of_birth"].split("-"), strict=True)
        typed |= {f"dob-{part}": value for part, value in parts_of}
    if "lives_in" in facts:
        typed["place"] = TOWN_OF[facts["lives_in"]]
    return typed
