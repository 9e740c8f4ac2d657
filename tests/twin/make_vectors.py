"""The vectors that hold the phone's twin to the Python answer: people, and what Python says of each.

    python -m tests.twin.make_vectors FOLDER [how many made-up people]

Writes `packs/<n>.json`, one for each pair of councils and each edition, and `vectors.json`:
a list of {name, on, pack, facts, expect}. `expect` has care_status, not_included, notes,
next_question (fact, settles) and outcomes, each [slug, outcome, strength, missing, asks, from, until,
until_age, sure_until, sure_until_age, warnings, standing, begins, ends, worth, reasons]; worth is in
words, and reasons are a digest of the whole text. Nothing in them is written by hand, so that
they are right for whatever catalogue is there.
"""

import hashlib
import json
import sys
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from directory.places import Places
from directory.records import Record
from offer.answer_parts import Answer, Outcome
from offer.catalogue.files import starter_folders
from offer.catalogue.store import read_folders
from offer.eligibility.care import care_status
from offer.entitlements.schema import Entitlement
from offer.pack import pack
from offer.person import Person, PersonFaults, read_person
from offer.published import Published, build_published
from tests.conftest import ROOT, SHARED
from tests.twin.invented import invented_entries
from tests.twin.people import Someone, from_cases, from_situations, made_up

NO_LIBRARY = {"nacl.mjs": "export const nacl = {};\n"}  # of a visit: nothing that is tried here asks for it
TODAY = date(2026, 11, 22)
PLACES = ROOT / "var" / "test-places" / "places.bin"
MADE_UP = 1500
INVENTED = 300  # people of the edition of invented rules
Data = dict[str, Any]


def starter() -> list[Entitlement | Record]:
    """The documents that ship with the service."""
    records, refused = read_folders(starter_folders())
    assert not refused, refused
    return [record.document for record in records if isinstance(record.document, Entitlement | Record)]


def edition(documents: Iterable[Entitlement | Record], places: Places) -> Published:
    """Documents as one edition, built for a day on which every dated rule is still to come."""
    documents = list(documents)
    entries = [each for each in documents if isinstance(each, Entitlement)]
    records = [each for each in documents if not isinstance(each, Entitlement)]
    return build_published(entries, records, places, version=1, today=TODAY)


def write_vectors(folder: Path, places: Places, made: int = MADE_UP, invented: int = INVENTED) -> Path:
    """Everything `run.mjs` needs, written to a folder; returns the file of vectors."""
    documents = starter()
    real = edition(documents, places)
    strange = edition(invented_entries([e for e in documents if isinstance(e, Entitlement)]), places)
    packs = _Packs(folder / "packs")
    named = [*from_cases(SHARED), *from_situations()]
    vectors = chain(
        _vectors(real, "real", [*named, *made_up(made, 1, TODAY)], packs),
        _vectors(strange, "invented", made_up(invented, 2, TODAY), packs),
    )
    path = folder / "vectors.json"
    path.write_text(f"[{','.join(map(json.dumps, vectors))}]", "utf-8")  # text at once: all as data is slow
    return path


class _Packs:
    """The packs written so far, by edition, day and councils."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._numbers: dict[tuple[object, ...], int] = {}

    def number(self, published: Published, name: str, person: Person) -> int:
        """The number of the pack that this person's phone would hold."""
        facts = person.situation.facts
        by, lives_in = (facts.get(place) for place in ("responsible_authority", "lives_in"))
        assert isinstance(by, str | None)
        assert isinstance(lives_in, str | None)
        key = (name, person.on, by, lives_in)
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers)
            text = json.dumps(pack(published, person.on, by, lives_in))
            (self._folder / f"{self._numbers[key]}.json").write_text(text, "utf-8")
        return self._numbers[key]


def _vectors(published: Published, name: str, people: Iterable[Someone], packs: _Packs) -> Iterator[Data]:
    for someone in people:
        try:
            person = read_person(published, someone.facts, someone.on)
        except PersonFaults:
            continue  # the server refuses what clashes: there is no answer to compare
        yield {
            "name": f"{name}: {someone.name}",
            "on": someone.on.isoformat(),
            "pack": packs.number(published, name, person),
            "facts": _as_sent(someone, person),
            "expect": expected(person.answer(published), person),
        }


def _as_sent(someone: Someone, person: Person) -> Data:
    """The facts as JSON, the postcode already its district and places by today's codes."""
    told = {name: value for name, value in someone.facts.items() if name != "postcode"}
    places = ("lives_in", "responsible_authority", "residence_nation")
    found = {name: person.situation.facts[name] for name in places if name in person.situation.facts}
    sent: Data = json.loads(json.dumps({**told, **found}, default=date.isoformat))
    return sent


def expected(answer: Answer, person: Person) -> Data:
    """What the twin must say too, in the shape `run.mjs` gives."""
    question = answer.next_question
    return {
        "care_status": answer.care_status.value,
        "possible": sorted(care_status(person.situation, person.on).possible),
        "not_included": list(answer.not_included),
        "notes": list(answer.notes),
        "next_question": [question.fact, question.settles] if question else None,
        "outcomes": [_outcome(outcome) for outcome in answer.outcomes],
    }


def _outcome(outcome: Outcome) -> list[object]:
    day, entry = outcome.day, outcome.day.entry
    because = [[each.id, each.text, each.holds, each.cite] for each in outcome.because]
    text = json.dumps(because, ensure_ascii=False, separators=(",", ":"))
    return [
        outcome.slug,
        outcome.outcome,
        day.strength,
        list(outcome.missing),
        list(outcome.asks),
        outcome.from_.isoformat() if outcome.from_ else None,
        outcome.until.isoformat() if outcome.until else None,
        outcome.until_age,
        outcome.sure_until.isoformat() if outcome.sure_until else None,
        outcome.sure_until_age,
        list(outcome.warnings),
        day.standing,
        entry.begins.isoformat() if entry.begins else None,
        entry.ends.isoformat() if entry.ends else None,
        day.worth.text if day.worth else None,
        hashlib.sha256(text.encode()).hexdigest()[:12],
    ]


def main() -> None:
    """Write the vectors to a folder."""
    folder, *count = sys.argv[1:]
    path = write_vectors(Path(folder), Places.open_or_build(PLACES), *map(int, count))
    print(f"{path}: {len(json.loads(path.read_text('utf-8')))} vectors")


if __name__ == "__main__":
    main()
