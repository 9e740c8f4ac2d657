"""Words searched: understood, put right, found. A postcode never stays in the words, and hits are public."""

from collections.abc import Mapping
from math import isfinite
from urllib.parse import parse_qsl, urlsplit

from offer.pages.nearby_query import read_narrowed
from offer.pages.search_query import Query, find, read_query
from offer.place_reading import place_resolver
from offer.published import Published
from search.understanding import _POSTCODE, understand
from tests.fuzz.choices import Choices
from tests.fuzz.target import Feed, Target, loud_log
from tests.fuzz.targets.days import DAYS


def make(published: Published) -> Feed:
    loud_log()

    def feed(data: bytes) -> None:
        choices = Choices(data)
        on = choices.one_of(DAYS)
        as_address = choices.number(4) == 3
        text = choices.rest().decode("utf-8", "replace")
        if as_address:
            _address(published, dict(parse_qsl(text, keep_blank_values=True)))
            return
        understood = understand(text, place_resolver(published.places, on))
        assert not _POSTCODE.search(understood.words), "a postcode stays in no address"
        assert understood.age is None or 14 <= understood.age <= 30
        assert understood.place is None or not _POSTCODE.search(understood.place.label)
        lives_in = understood.place.lives_in if understood.place else None
        _check(published, Query(q=understood.words, age=understood.age, lives_in=lives_in or ""))
        assert len(published.finder.suggest(text)) <= 8
        assert not [word for word in published.finder.countable(text) if _POSTCODE.search(word)]

    def _address(published: Published, given: Mapping[str, str]) -> None:
        query = read_query(given, published.places, DAYS[0])
        again = dict(parse_qsl(urlsplit(query.address).query, keep_blank_values=True))
        assert read_query(again, published.places, DAYS[0]) == query, "an address gives the same search again"
        narrowed = read_narrowed(given)
        again = dict(parse_qsl(urlsplit(narrowed.address("/help-nearby")).query))
        assert read_narrowed(again) == narrowed
        _check(published, query)

    return feed


def _check(published: Published, query: Query) -> None:
    found = find(published, query, DAYS[0])
    public = published.findable(DAYS[0])
    assert all(hit.key in public and isfinite(hit.score) for hit in found.hits)
    assert len({hit.key for hit in found.hits}) == found.total, "each stands once"


TARGET = Target(
    "searches", "The search box and the addresses of searches", make,
    ("im 17", "turning 21", "LN1 1YL", "in Lincoln", "near ", "council tax", "i want to die", "rent arrears",
     "&age=", "&topic=", "&lives_in=E07000138", "&by=E10000019", "&page=", "q=", "no where to", "under 25"),
)  # fmt: skip
