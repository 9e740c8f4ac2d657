"""Files of the first version still load, and give the same answers where they say the same."""

from datetime import date
from pathlib import Path

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient

from directory.places import Places
from directory.records import Record, Service
from offer.catalogue import store
from offer.catalogue.files import folders_in
from offer.catalogue.findings import findings
from offer.catalogue.publishing import publish
from offer.catalogue.reading import read_published
from offer.eligibility.partly_known import knowledge
from offer.entitlements.schema import Entitlement
from offer.person import read_person
from offer.published import Published, build_published
from tests.offer.catalogue.conftest import AT
from tests.offer.situations import local, national, stories

FILES = Path(__file__).parent / "first_version"
ON = date(2026, 11, 22)


async def test_they_load_and_are_published(connection: BaseDBAsyncClient) -> None:
    report = await store.load(folders_in(FILES), at=AT)
    assert not report.refused
    assert {"entitlement", "service", "organisation", "location"} == {kind for kind, _ in report.added}
    published = await publish(at=AT, author="anna", findings=findings)
    assert not published.refused
    shown = await read_published(connection)
    assert not shown.unreadable
    assert len(shown.entitlements) == len(list((FILES / "entitlements").iterdir()))
    services = {each.id for each in shown.records if isinstance(each, Service)}
    assert services == {file.stem for file in (FILES / "services").iterdir()}
    assert not (await store.load(folders_in(FILES), at=AT)).changed


@pytest.fixture(scope="module")
def first(places: Places) -> Published:
    """The edition that the files of the first version make."""
    records, refused = store.read_folders(folders_in(FILES))
    assert not refused
    documents = [record.document for record in records]
    return build_published(
        [each for each in documents if isinstance(each, Entitlement)],
        [each for each in documents if isinstance(each, Record)],
        places,
        version=1,
        today=ON,
    )


def test_they_give_the_same_answers_where_they_say_the_same(first: Published, published: Published) -> None:
    compared = 0
    for person in (*national(), *local(), *stories()):
        then, now = first.rules_on(person.on), published.rules_on(person.on)
        same = [slug for slug in then.keys() & now.keys() if then[slug].node == now[slug].node]
        known = [
            knowledge(read_person(edition, person.facts, person.on).situation, person.on)
            for edition in (first, published)
        ]
        indexes = first.index_on(person.on), published.index_on(person.on)
        found = [index.evaluate(each) for index, each in zip(indexes, known, strict=True)]
        for slug in same:
            was, now_is = (index.outcome(each, slug) for index, each in zip(indexes, found, strict=True))
            assert was == now_is, f"{slug}, {person}"
            compared += 1
    assert compared > 10_000, compared
