"""Invented services by the hundred, in the proportions of a sampled feed.

Of each service 1.4 locations, 1.4 schedules and 8 taxonomy links, as a feed sampled in 2021 had; some are
drafts, closed or at places kept private. Postcodes are real, so that they lie somewhere.
"""

import random
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Any

from directory.places import Places
from directory.records import KINDS, Location, Organisation, Record, Service
from directory.topics import TOPICS

TRUST: dict[str, Any] = {
    "sources": [{"name": "Invented", "seen": "2026-11-01"}],
    "confidence": "partly",
    "checked_on": date(2026, 11, 1),
    "review_by": date(2027, 5, 1),
}
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_WORDS = ("Bridge", "Harbour", "Lantern", "Compass", "Anchor", "Oak", "River", "Beacon", "Nest", "Window")
_HELP = ("drop-in", "advice line", "youth club", "job club", "café", "workshop", "mentors", "counselling")
_OUTCODES = ("LN1", "LN2", "LN5", "LN6", "NG34", "PE21", "DN21", "DH1", "DH2", "DH7", "DH9", "DL5", "SR8")


@lru_cache(maxsize=1)
def postcodes(places: Places) -> tuple[str, ...]:
    """Real postcodes of Lincolnshire and Durham."""
    letters = "ABDEFGHJLNPQRSTUWXYZ"
    tried = (f"{out} {n}{a}{b}" for out in _OUTCODES for n in range(1, 10) for a in "ABDE" for b in letters)
    return tuple(each for each in tried if (row := places.find(each)) and row.live and row.lat)


def records(number: int, places: Places, seed: int = 7) -> list[Record]:
    """An organisation for every ten services, their locations, and the services."""
    chance = random.Random(seed)
    found: list[Record] = [_organisation(each) for each in range(max(1, number // 10))]
    for each in range(number):
        found += _service(each, max(1, number // 10), chance, places)
    return found


def _organisation(number: int) -> Organisation:
    return Organisation.model_validate(
        {
            "id": f"body-{number}",
            "name": f"{_WORDS[number % 10]} Trust {number}",
            "authority": "E10000019",
            "stage": "public",
            "website": "https://example.org",
            **TRUST,
        }
    )


def _service(number: int, bodies: int, chance: random.Random, places: Places) -> Iterator[Record]:
    sites = [_location(f"site-{number}-{at}", chance, places) for at in range(chance.choice((1, 1, 1, 2, 2)))]
    yield from sites
    lowest = chance.choice((None, 11, 14, 16, 16, 18))
    district = places.find(str(sites[0].postcode)) if sites[0].postcode else None
    served = places.areas.council_of(district.district) if district else None
    yield Service.model_validate(
        {
            "id": f"made-up-{number}",
            "name": f"{_WORDS[number % 10]} {_HELP[number % 8]} {number}",
            "organisation": f"body-{number % bodies}",
            "authority": "E10000019",
            "kind": KINDS[number % len(KINDS)],
            "areas": [served.gss if served and number % 5 else "E92000001"],
            "topics": chance.sample(sorted(TOPICS), 7),
            "stage": "draft" if number % 50 == 49 else "public",
            "status": chance.choice(("open", "open", "open", "open", "unknown", "temporarily-closed")),
            "summary": f"Invented help number {number}, with somebody to talk to.",
            "description": "Come in for a hot drink. " * 8,
            "at": [
                {
                    "location": site.id,
                    "schedules": [_hours(chance) for _ in range(chance.choice((1, 1, 1, 2)))],
                }
                for site in sites
            ],
            "phones": [{"number": f"01522 {500000 + number}"}],
            "website": f"https://example.org/{number}",
            "age_from": lowest,
            "age_before": None if lowest is None else 26,
            "cost": "Free",
            "languages": ["English"],
            **TRUST,
        }
    )


def _location(slug: str, chance: random.Random, places: Places) -> Location:
    private = chance.random() < 0.05
    where = {
        "areas": ["E07000138"],
        "confidential": True,
    } if private else {
        "address": [f"{chance.randrange(1, 90)} Invented Street"],
        "county": "Lincolnshire",
        "postcode": chance.choice(postcodes(places)),
    }  # fmt: skip
    body = {
        "id": slug,
        "name": f"Place {slug}",
        "authority": "E10000019",
        "stage": "public",
        "town": "Lincoln",
        "accessibility": ["There is a ramp to the door."],
    }
    return Location.model_validate({**body, **where, **TRUST})


def _hours(chance: random.Random) -> dict[str, Any]:
    opens = chance.randrange(7, 12)
    return {
        "byday": sorted(chance.sample(_DAYS, 3), key=_DAYS.index),
        "opens_at": f"{opens:02}:00",
        "closes_at": f"{opens + chance.randrange(2, 9):02}:30",
    }
