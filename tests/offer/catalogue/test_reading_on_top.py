"""What was read before is not read again, and few documents are published as all would be."""

import json
from datetime import timedelta

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient

from offer.catalogue import choosing
from offer.catalogue.candidates import Key
from offer.catalogue.documents import ENTITLEMENT, LOCATION, ORGANISATION, SERVICE
from offer.catalogue.findings import findings
from offer.catalogue.history import read_history
from offer.catalogue.publishing import PublishReport, publish
from offer.catalogue.reading import PublishedDocuments, read_published
from offer.db.models import Publication, Revision
from tests.offer.catalogue.conftest import AT, first_edition_service, location, organisation, service
from tests.offer.catalogue.test_publish import go, put, put_record, put_service


def held(documents: PublishedDocuments) -> dict[str, object]:
    return {each.id: each for each in (*documents.entitlements, *documents.records)}


async def test_only_what_was_published_since_is_read(connection: BaseDBAsyncClient) -> None:
    for slug in ("bursary", "bus-pass", "grant"):
        await put(slug)
    await put_service()
    await go()
    before = await read_published(connection)
    await put("bursary", title="More money")
    await put("bus-pass", stage="draft")
    await put("aaa")
    await go(AT + timedelta(days=1))
    after, anew = await read_published(connection, known=before), await read_published(connection)
    assert (after.since, anew.since) == (before.version, None)
    assert (
        list(held(after)) == list(held(anew)) == ["aaa", "bursary", "grant", "durham-county-council", "hub"]
    )
    assert held(after) == held(anew)
    same = {slug for slug, document in held(after).items() if document is held(before).get(slug)}
    assert same == {"grant", "durham-county-council", "hub"}
    history = await read_history(connection, before.version)
    on_top = await read_history(connection, known=history, after=before.version)
    assert on_top == await read_history(connection)


async def test_of_an_older_copy_of_the_database_all_is_read(connection: BaseDBAsyncClient) -> None:
    await put()
    await go()
    before = await read_published(connection)
    await Publication.filter(version=1).using_db(connection).update(at=AT + timedelta(hours=1))
    assert (await read_published(connection, known=before)).since is None


async def test_words_that_cannot_be_read_leave_those_before_in_place(connection: BaseDBAsyncClient) -> None:
    await put("bursary", title="Words we know")
    await go()
    before = await read_published(connection)
    await put("bursary", title="Words of a newer service")
    await go(AT + timedelta(days=1))
    newer = Revision.filter(document__slug="bursary", number=2).using_db(connection)
    await newer.update(body='{"id": "bursary", "new_field": 1}')
    after = await read_published(connection, known=before)
    assert ([each.title for each in after.entitlements], after.unreadable) == (
        ["Words we know"],
        ["entitlement bursary"],
    )
    assert (await read_published(connection)).entitlements == [], "a process that starts now has none"


async def only(*keys: Key) -> PublishReport:
    return await publish(at=AT, author="anna", findings=findings, only=keys)


@pytest.fixture(params=["few", "all"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Either way of looking must come to the same."""
    if request.param == "all":
        monkeypatch.setattr(choosing, "FEW", -1)
    return str(request.param)


async def test_a_change_that_names_nobody_public_is_refused_either_way(
    connection: BaseDBAsyncClient, way: str
) -> None:
    await put_service()
    await go()
    await put_record(SERVICE, service(summary="New.", organisation="nobody"))
    report = await only((SERVICE, "hub"))
    assert (report.moved, [each.slug for each in report.refused]) == (False, ["hub"])
    await put_record(ORGANISATION, organisation("nobody"))
    report = await only((SERVICE, "hub"), (ORGANISATION, "nobody"))
    assert (report.added, report.changed) == (((ORGANISATION, "nobody"),), ((SERVICE, "hub"),))


async def test_what_leads_to_something_taken_away_is_found_either_way(
    connection: BaseDBAsyncClient, way: str
) -> None:
    await put_record(LOCATION, location())
    await put_service(at=[{"location": "library"}])
    await put("bus-pass")
    await go()
    await put_record(LOCATION, location(stage="draft"))
    await put("bus-pass", summary="Waits for its own turn.")
    report = await only((LOCATION, "library"))
    assert (report.removed, report.changed) == (((LOCATION, "library"),), ())
    assert [str(each) for each in report.doubtful] == [
        "service hub: it is at the location 'library', which is not published"
    ]


async def test_a_document_held_by_another_of_the_first_edition_is_there_either_way(
    connection: BaseDBAsyncClient, way: str
) -> None:
    old = first_edition_service("old")
    await put_record(SERVICE, service("old"))
    await put_record(ORGANISATION, organisation())
    await go()
    await Revision.filter(document__slug="old").using_db(connection).update(body=_text(old))
    await put_record(ORGANISATION, organisation(stage="draft"))
    await go()
    await put_record(SERVICE, service("new"))
    report = await only((SERVICE, "new"))
    assert (report.refused, report.added) == ((), ((SERVICE, "new"),))


def _text(body: dict[str, object]) -> str:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":"))


async def test_few_documents_read_few_rows(
    connection: BaseDBAsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(20):
        await put(f"entry-{number}")
    await go()
    read = list[int]()
    plain = choosing._read_all

    def counted(rows: list[tuple[int, str, str, str]]) -> object:
        read.append(len(rows))
        return plain(rows)

    monkeypatch.setattr(choosing, "_read_all", counted)
    await put("entry-3", summary="New.")
    assert (await only((ENTITLEMENT, "entry-3"))).changed == ((ENTITLEMENT, "entry-3"),)
    assert sum(read) == 2, "the words now public and the new ones"
