"""The example people that ship with the service: offer/entitlements/examples. Pure after the first read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

import offer
from offer.catalogue import yaml_text

FOLDER = Path(offer.__path__[0], "entitlements", "examples")
HERE, ELSEWHERE = "here", "elsewhere"  # written in place of codes


class Place(NamedTuple):
    """Where somebody lives, and the council whose children's services that place has; GSS codes."""

    district: str
    authority: str


NORTH_KESTEVEN = Place("E07000139", "E10000019")
COUNTY_DURHAM = Place("E06000047", "E06000047")


@dataclass(frozen=True, slots=True)
class Example:
    """Somebody an adviser would know. `facts` as the API names them, with `here` and `elsewhere` for places.

    `expect`: what the law gives them, by entry; `law`: where it says so.
    """

    file: str
    name: str
    facts: Mapping[str, object]
    expect: Mapping[str, str]
    law: str

    def facts_at(self, here: Place) -> dict[str, object]:
        """The facts with codes of places."""
        other = COUNTY_DURHAM if here.authority != COUNTY_DURHAM.authority else NORTH_KESTEVEN
        codes = {
            "lives_in": {HERE: here.district, ELSEWHERE: other.district},
            "responsible_authority": {HERE: here.authority, ELSEWHERE: other.authority},
        }
        return {
            name: codes[name][str(value)] if name in codes else value for name, value in self.facts.items()
        }


@cache
def examples() -> tuple[Example, ...]:
    """Everybody, file by file."""
    return tuple(_all())


def _all() -> Iterator[Example]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for each in yaml_text.read(path.read_text(encoding="utf-8")).data:
            yield _example(path.stem, each)


def _example(file: str, data: Mapping[str, Any]) -> Example:
    facts, expect = MappingProxyType(data["facts"]), MappingProxyType(data["expect"])
    return Example(file, data["name"], facts, expect, data["law"])
