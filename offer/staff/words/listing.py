"""The words of many documents in plain lines, for `local-offer words`."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from offer.staff.words.fields import texts_of
from offer.staff.words.kinder import Term
from offer.staff.words.reading import EASY, grade, words_of
from offer.staff.words.remarks import remarks_of

FEWEST = 8  # words: of fewer the figure says nothing

Bodies = Iterable[tuple[str, Mapping[str, Any]]]  # kind and body


@dataclass(frozen=True, slots=True)
class Graded:
    """One field of one document, its words and their reading grade."""

    slug: str
    field: str
    words: str
    grade: float


def graded(bodies: Bodies) -> list[Graded]:
    """Every text that people read and that is long enough to tell, the hardest first."""
    found = [
        Graded(str(body.get("id")), text.field, text.words, grade(text.words))
        for kind, body in bodies
        for text in texts_of(kind, body)
        if len(words_of(text.words)) >= FEWEST
    ]
    return sorted(found, key=lambda each: (-each.grade, each.slug, each.field))


def lines(found: list[Graded], most: int) -> Iterator[str]:
    """The hardest texts in plain lines, and how many are easy enough."""
    easy = sum(each.grade <= EASY for each in found)
    yield f"{easy} of {len(found)} texts are at grade {EASY:.0f} (about age 11) or easier."
    for each in found[:most]:
        yield f"{each.grade:5.1f}  {each.slug}: {each.field}"
        yield f"       {' '.join(each.words.split())[:110]}"


def advice(bodies: Bodies, terms: tuple[Term, ...]) -> Iterator[str]:
    """A line for each remark on each document."""
    for kind, body in bodies:
        for each in remarks_of(kind, body, terms):
            quoted = f" “{each.quote}”:" if each.quote else ""
            yield f"{body.get('id')}, {each.field or 'the whole'}:{quoted} {each.problem} {each.write}"
