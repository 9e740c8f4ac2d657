"""What a search page is asked, as its address says it: only what identifies nobody.

Age in years, codes of areas, a topic, a kind and the words. A postcode never stands here.
"""

from collections.abc import Container, Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from urllib.parse import urlencode

from directory.places import Places
from directory.topics import TOPICS
from offer.pages.place_asking import known_district, nation_note
from offer.published import Published
from search.facets import AGE_BANDS
from search.finder import Found

PATH = "/search"
KINDS = ("entitlement", "service")
DECIDES = ("law", "national-scheme", "council-choice")
LONGEST_WORDS = 300  # characters kept in an address
OLDEST = 120


@dataclass(frozen=True, slots=True)
class Query:
    """One search. "" and None mean not given; `exact` searches a word that looks misspelt all the same."""

    q: str = ""
    age: int | None = None
    lives_in: str = ""
    by: str = ""
    topic: str = ""
    kind: str = ""
    decides: str = ""
    ages: str = ""
    exact: bool = False
    page: int = 1

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all is asked: show the form alone."""
        return self == Query()

    @property
    def narrowed_by(self) -> tuple[tuple[str, str], ...]:
        """The choices that narrow the list, as fields of a form."""
        named = (("topic", self.topic), ("kind", self.kind), ("decides", self.decides), ("ages", self.ages))
        return tuple((name, value) for name, value in named if value)

    @property
    def address(self) -> str:
        """The clean address of this search, to keep or to share."""
        given = {field.name: getattr(self, field.name) for field in fields(self)}
        said = {name: _said(value) for name, value in given.items() if value and (name, value) != ("page", 1)}
        return f"{PATH}?{urlencode(said)}" if said else PATH

    def but(self, **changes: object) -> "Query":
        """The same from its first page, with these changes."""
        return replace(self, **{"page": 1, **changes})  # type: ignore[arg-type]


def read_query(params: Mapping[str, str], places: Places, on: date) -> Query:
    """The search that an address or a form asks; codes and numbers that mean nothing are left out."""
    district = known_district(places, params.get("lives_in", ""), on)
    council = places.authority(params.get("by", ""))
    topic, kind = params.get("topic", ""), params.get("kind", "")
    return Query(
        q=" ".join(params.get("q", "").split())[:LONGEST_WORDS],
        age=read_age(params.get("age", "")),
        lives_in=district.gss if district else "",
        by=council.gss if council else "",
        topic=topic if topic in TOPICS else "",
        kind=kind if kind in KINDS else "",
        decides=_one_of(params.get("decides", ""), DECIDES),
        ages=_one_of(params.get("ages", ""), AGE_BANDS),
        exact=bool(params.get("exact")),
        page=max(1, _whole(params.get("page", "")) or 1),
    )


def read_age(text: str) -> int | None:
    """Completed years, 0 to 120; None for anything else."""
    age = _whole(text)
    return age if age is not None and age <= OLDEST else None


def place_note(lives_in: str) -> str:
    """What living outside England changes; "" inside it."""
    return nation_note(lives_in) if lives_in else ""


def _one_of(value: str, known: Container[str]) -> str:
    return value if value in known else ""


def _whole(text: str) -> int | None:
    """A whole number from a few plain digits, else None."""
    digits = text.strip()
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= 4 else None


def _said(value: object) -> str:
    return "1" if value is True else str(value)


def find(published: Published, query: Query, on: date) -> Found:
    """What the query finds of what is public on the day."""
    return published.finder.search(
        query.q,
        authorities=(query.by,) if query.by else (),
        lives_in=query.lives_in or None,
        age=query.age,
        topic=query.topic or None,
        kind=query.kind or None,
        decides=query.decides or None,
        ages=query.ages or None,
        as_typed=query.exact,
        public=published.findable(on),
    )
