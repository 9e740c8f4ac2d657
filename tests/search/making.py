"""Small documents for search tests."""

import random

from search.documents import Document

DURHAM, LINCOLNSHIRE, LINCOLN, NORTH_KESTEVEN = "E06000047", "E10000019", "E07000138", "E07000139"


def make_document(slug: str, title: str = "", **given: object) -> Document:
    """A document of England for every age, with whatever is `given` instead."""
    fields: dict[str, object] = {
        "kind": "entitlement",
        "slug": slug,
        "title": title or slug.replace("-", " "),
        "also_known_as": (),
        "summary": "",
        "body": "",
        "topics": ("money",),
        "age_from": None,
        "age_before": None,
        "places": frozenset({"england"}),
    }
    return Document(**(fields | given))  # type: ignore[arg-type]


def by(authority: str) -> frozenset[str]:
    """The places of a record that goes with who looked after you."""
    return frozenset({f"by:{authority}", f"of:{authority}"})


def inside(district: str, owner: str) -> frozenset[str]:
    """The places of a record that goes with where you live."""
    return frozenset({f"in:{district}", f"of:{owner}"})


_WORDS = (
    "grant bursary rent bus pass laptop adviser college flat tax prison baby passport records food energy "
    "railcard hub leisure driving mentor advocate housing savings dentist glasses job interview course"
)

WORDS = tuple(_WORDS.split(" "))


def many_documents(count: int, seed: int = 7) -> list[Document]:
    """Documents of random words, ages and councils: the same ones for the same seed."""
    chance = random.Random(seed)
    places = (frozenset({"england"}), by(DURHAM), by(LINCOLNSHIRE), inside(LINCOLN, LINCOLNSHIRE))
    made = []
    for number in range(count):
        start = chance.choice((None, 16, 18, 21))
        made.append(
            make_document(
                f"record-{number}",
                " ".join(chance.choices(WORDS, k=3)),
                summary=" ".join(chance.choices(WORDS, k=chance.randint(3, 12))),
                body=" ".join(chance.choices(WORDS, k=chance.randint(5, 60))),
                topics=(chance.choice(("money", "housing", "work")),),
                age_from=start,
                age_before=chance.choice((None, 25)),
                places=chance.choice(places),
            )
        )
    return made
