"""The situations advisers can read: tests/situations/*.yaml, as people with a day and what the law gives.

`national/<entry>.yaml` and `local/<entry>.yaml` hold people for one entry, of England or of a council;
the files above them tell whole stories.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from offer.catalogue import yaml_text
from offer.staff.examples import NORTH_KESTEVEN, Example, examples

WRITTEN_ON = date(2026, 11, 22)  # the law the expected answers were read from
FOLDER = Path(__file__).resolve().parent.parent / "situations"
EQUIVALENT = "equivalent.yaml"  # not people: changes to rules that change nothing
_PERSON = {"name", "on", "facts", "expect", "law"}
_STORY = _PERSON | {"absent", "not_included"}


@dataclass(frozen=True, slots=True)
class Situation:
    """One person on one day. `expect` is by entry: yes, no or unknown, as the cited law has it."""

    file: str
    name: str
    on: date
    facts: Mapping[str, object]
    expect: Mapping[str, str]
    law: str
    absent: tuple[str, ...] = ()
    not_included: tuple[str, ...] = ()

    @property
    def entry(self) -> str:
        """The one entry a file of `national` or `local` is about: its own name."""
        return self.file

    def __str__(self) -> str:
        return f"{self.file}: {self.name}"


@cache
def national() -> tuple[Situation, ...]:
    """Everybody of `national/`, file by file."""
    return tuple(_all(FOLDER / "national"))


@cache
def local() -> tuple[Situation, ...]:
    """Everybody of `local/`, file by file."""
    return tuple(_all(FOLDER / "local"))


@cache
def stories() -> tuple[Situation, ...]:
    """Everybody of the files that tell whole stories, and the example people that ship with the service."""
    return (*_all(FOLDER), *map(_shipped, examples()))


def _shipped(person: Example) -> Situation:
    facts = person.facts_at(NORTH_KESTEVEN)
    return Situation(person.file, person.name, WRITTEN_ON, facts, person.expect, person.law)


def of_entry(entry: str) -> tuple[Situation, ...]:
    """The people of one entry."""
    return tuple(person for person in (*national(), *local()) if person.entry == entry)


def _all(folder: Path) -> Iterator[Situation]:
    for path in sorted(folder.glob("*.yaml")):
        if path.name != EQUIVALENT:
            people = yaml_text.read(path.read_text(encoding="utf-8")).data
            yield from (_person(each, path.stem) for each in people)


def _person(data: Mapping[str, Any], file: str) -> Situation:
    """Raises AssertionError for a field nobody reads, which would otherwise test nothing."""
    expect = data["expect"]
    allowed = _PERSON if isinstance(expect, str) else _STORY
    assert set(data) <= allowed, f"{file}: {data.get('name')}: {sorted(set(data) - allowed)}"
    return Situation(
        file=file,
        name=data["name"],
        on=date.fromisoformat(data["on"]),
        facts=data["facts"],
        expect={file: expect} if isinstance(expect, str) else expect,
        law=data["law"],
        absent=tuple(data.get("absent", ())),
        not_included=tuple(data.get("not_included", ())),
    )
