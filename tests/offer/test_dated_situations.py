"""People and invented laws with dates, as an adviser wrote them down: tests/situations/invented/*.yaml."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from directory.places import Places
from offer.answer_parts import Outcome
from offer.catalogue import yaml_text
from offer.catalogue.checks import check_entitlement
from offer.entitlements.schema import Entitlement
from offer.person import read_person
from tests.offer.dated import edition, entry

FOLDER = Path(__file__).resolve().parent.parent / "situations" / "invented"
_TOLD: Mapping[str, Callable[[Outcome], object]] = {
    "expect": lambda found: found.outcome,
    "standing": lambda found: found.day.standing,
    "from": lambda found: _iso(found.from_),
    "until": lambda found: _iso(found.until),
    "until_age": lambda found: found.until_age,
    "worth": lambda found: found.day.worth.text if found.day.worth else None,
}
_WITHIN: Mapping[str, Callable[[Outcome], str]] = {
    "says": lambda found: " ".join(found.warnings),
    "because": lambda found: " ".join(reason.text for reason in found.because),
}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def written() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("*.yaml")):
        data = yaml_text.read(path.read_text("utf-8")).data
        law = entry(**data["entry"])
        yield from (
            pytest.param(law, person, id=f"{path.stem}: {person['name']}") for person in data["people"]
        )


@pytest.mark.parametrize(("law", "person"), list(written()))
def test_it_is_as_the_adviser_wrote(places: Places, law: Entitlement, person: Mapping[str, Any]) -> None:
    assert not list(check_entitlement(law)), "an invented law must be one that a council could write"
    published = edition([law], places)
    asked = read_person(published, person["facts"], date.fromisoformat(person["on"]))
    (found,) = asked.answer(published).outcomes
    assert isinstance(found, Outcome)
    unread = set(person) - {"name", "on", "facts"} - _TOLD.keys() - _WITHIN.keys()
    assert not unread, "what nobody reads tests nothing"
    told = {name: told(found) for name, told in _TOLD.items() if name in person}
    assert told == {name: person[name] for name in told}
    for name, words in _WITHIN.items():
        assert person.get(name, "") in words(found)
