"""Invented offers of the whole country, in the words of the real ones, and searches in them."""

import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from search.analysis import is_stop_word, words
from search.documents import Document
from search.index import Filters
from search.synonyms import read_synonyms

COUNCILS, EACH = 150, 200
SEED = 20261122
ASKED = 100
_SLIPS = ("counsil", "bursery", "acommodation", "aprenticeship", "discout", "travle", "collage", "alowance")
_AGES = ((None, None), (16, 18), (16, 25), (18, 21), (18, 25), (21, 25))


@dataclass(frozen=True, slots=True)
class Search:
    """Three words, one of them a synonym's or misspelt, in one council at one age."""

    text: str
    council: str
    age: int

    @property
    def own(self) -> Filters:
        """The filters of that search: the same And clause in every engine."""
        return Filters(self.age, ("england", f"by:{self.council}", f"of:{self.council}"))

    @property
    def anywhere(self) -> Filters:
        """The same without a council."""
        return Filters(self.age)


def invented(real: Sequence[Document]) -> list[Document]:
    """`COUNCILS` × `EACH` entries whose words are as frequent as in the real catalogue."""
    counts = Counter(word for each in real for word in words(f"{each.title} {each.summary} {each.body}"))
    chance = random.Random(SEED)
    listed, weights = list(counts), list(counts.values())

    def text(count: int) -> str:
        return " ".join(chance.choices(listed, weights, k=count))

    return [
        _record(council, number, (text(5), text(18), text(90)), chance)
        for council in range(COUNCILS)
        for number in range(EACH)
    ]


def _record(council: int, number: int, texts: tuple[str, str, str], chance: random.Random) -> Document:
    code = code_of(council)
    title, summary, body = texts
    age_from, age_before = chance.choice(_AGES)
    return Document(
        kind="entitlement",
        slug=f"record-{council}-{number}",
        title=title,
        also_known_as=(),
        summary=summary,
        body=body,
        topics=(chance.choice(("money", "housing", "health", "work", "travel")),),
        age_from=age_from,
        age_before=age_before,
        places=frozenset({f"by:{code}", f"of:{code}"}),
    )


def code_of(council: int) -> str:
    """An invented code of an authority."""
    return f"E06{council:06}"


def searches(held: Sequence[Document]) -> list[Search]:
    """What is asked: a word of the catalogue, one that has synonyms, and one that is misspelt or not."""
    chance = random.Random(SEED)
    own = [word for each in held[:200] for word in words(each.title) if not is_stop_word(word)]
    also = sorted(phrase[0] for phrase in read_synonyms().by_phrase if len(phrase) == 1)
    return [
        Search(
            f"{chance.choice(own)} {chance.choice(also)} {chance.choice((*_SLIPS, *own[:8]))}",
            code_of(chance.randrange(15)),
            chance.randrange(16, 25),
        )
        for _ in range(ASKED)
    ]
