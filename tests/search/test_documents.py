"""What is searched, its ages as words and its fingerprint."""

import pytest

from search.documents import age_bucket, digest_of
from search.index import WhooshIndex
from tests.search.making import DURHAM, by, make_document


@pytest.mark.parametrize(
    ("age_from", "age_before", "first", "last"),
    [(None, None, "a14", "a26"), (16, 25, "a16", "a24"), (None, 18, "a14", "a17"), (21, None, "a21", "a26")],
)
def test_ages_become_buckets(age_from: int | None, age_before: int | None, first: str, last: str) -> None:
    buckets = make_document("x", age_from=age_from, age_before=age_before).age_buckets()
    assert (buckets[0], buckets[-1]) == (first, last)


@pytest.mark.parametrize(("age_from", "age_before"), [(0, 10), (30, 40), (35, None), (None, 5)])
def test_ages_beyond_the_buckets_are_still_found(age_from: int | None, age_before: int | None) -> None:
    document = make_document("x", age_from=age_from, age_before=age_before)
    age = age_from if age_from is not None else 3
    assert age_bucket(age) in document.age_buckets()


@pytest.mark.parametrize(("age", "bucket"), [(3, "a14"), (14, "a14"), (18, "a18"), (26, "a26"), (90, "a26")])
def test_an_age_has_one_bucket(age: int, bucket: str) -> None:
    assert age_bucket(age) == bucket


def test_codes_are_read_by_prefix() -> None:
    document = make_document("x", places=by(DURHAM) | {"in:E07000138", "england"})
    assert document.codes("by") == {DURHAM}
    assert document.codes("by", "in") == {DURHAM, "E07000138"}


def test_the_digest_changes_with_any_field_and_the_order_of_places_does_not_matter() -> None:
    one = make_document("x", places=frozenset({"in:a", "in:b"}))
    assert digest_of([one]) == digest_of([make_document("x", places=frozenset({"in:b", "in:a"}))])
    changed = [make_document("x"), make_document("x", body="more"), make_document("x", age_from=16)]
    assert len({digest_of([document]) for document in [one, *changed]}) == 4


def test_an_index_carries_the_digest_of_its_documents() -> None:
    assert WhooshIndex([make_document("x")]).digest == WhooshIndex([make_document("x")]).digest
    assert WhooshIndex([make_document("x")]).digest != WhooshIndex([make_document("y")]).digest
