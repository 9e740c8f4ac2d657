"""A database and files of the first edition, where a service was one document with one address."""

import json
from pathlib import Path

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient

from directory.assembled import assemble
from offer.catalogue import store
from offer.catalogue.documents import LOCATION, ORGANISATION, SERVICE, digest_of
from offer.catalogue.findings import findings
from offer.catalogue.publishing import PublishReport, publish
from offer.catalogue.reading import read_published
from offer.db.models import Document, PublishedRevision, Revision
from tests.offer.catalogue.conftest import AT, Files, first_edition_service, organisation, service


async def kept_then(slug: str = "hub", **changes: object) -> None:
    """A service as the first edition loaded it."""
    text = json.dumps(first_edition_service(slug, **changes))
    digest = digest_of(text)
    row = await Document.create(kind=SERVICE, slug=slug, newest=1, newest_digest=digest, loaded_digest=digest)
    await Revision.create(
        document_id=row.id, number=1, body=text, digest=digest, author="load", at=AT, origin="loaded",
        state="ready", note="",
    )  # fmt: skip


async def go() -> PublishReport:
    return await publish(at=AT, author="anna", findings=findings)


async def test_an_old_database_is_published_as_it_stands(connection: BaseDBAsyncClient) -> None:
    await kept_then()
    report = await go()
    assert (report.refused, report.added) == ((), ((SERVICE, "hub"),))
    published = await read_published(connection)
    hub = assemble(published.records).services["hub"]
    assert (published.unreadable, hub.run_by, hub.towns) == ([], "Durham County Council", ("Durham",))
    assert hub.places[0].location.address == ("1 High Street",)


async def test_what_was_published_then_is_still_shown(connection: BaseDBAsyncClient) -> None:
    await kept_then()
    await go()
    assert await PublishedRevision.all().count() == 1
    assert not (await go()).moved
    body = (await Revision.get(document__slug="hub")).body
    assert "1 High Street" in body, "what was kept is never rewritten"


async def test_new_files_replace_what_staff_have_not_touched(
    connection: BaseDBAsyncClient, files: Files
) -> None:
    await kept_then()
    await go()
    files.put(SERVICE, service(summary="New words."))
    files.put(ORGANISATION, organisation(name="The Council"))
    report = await store.load(files.folders, at=AT)
    assert (report.added, report.changed) == ([(ORGANISATION, "durham-county-council")], [(SERVICE, "hub")])
    await go()
    hub = assemble((await read_published(connection)).records).services["hub"]
    assert (hub.run_by, hub.record.summary, hub.places) == ("The Council", "New words.", ())


async def test_a_document_of_its_own_stands_before_the_one_carried(connection: BaseDBAsyncClient) -> None:
    await kept_then()
    await kept_then("other", organisation="Durham County Council", address=[], town=None)
    await go()
    records = (await read_published(connection)).records
    assert len([each for each in records if each.id == "durham-county-council"]) == 1


@pytest.mark.parametrize("stages", [("draft", "public"), ("public", "draft")])
async def test_old_files_load_as_three_kinds(
    connection: BaseDBAsyncClient, files: Files, stages: tuple[str, str]
) -> None:
    for slug, stage in zip(("a", "b"), stages, strict=True):
        files.put(SERVICE, first_edition_service(slug, stage=stage))
    report = await store.load(files.folders, at=AT)
    assert report.refused == []
    assert set(report.added) == {
        (SERVICE, "a"), (SERVICE, "b"), (LOCATION, "a"), (LOCATION, "b"),
        (ORGANISATION, "durham-county-council"),
    }  # fmt: skip
    assert (await go()).refused == ()
    again = await store.load(files.folders, at=AT)
    assert (again.added, again.changed, again.without_file) == ([], [], [])


async def test_a_dump_of_an_old_database_is_whole(connection: BaseDBAsyncClient, tmp_path: Path) -> None:
    await kept_then()
    assert await store.dump(tmp_path) == 3
    assert await store.dump(tmp_path) == 0
    records, refused = store.read_folders({k: tmp_path / f"{k}s" for k in (SERVICE, ORGANISATION, LOCATION)})
    assert (len(records), refused) == (3, [])


async def test_a_fault_in_an_old_file_is_named_with_its_line(files: Files) -> None:
    file = files.put(SERVICE, first_edition_service(confidential=True))
    _, refused = store.read_folders(files.folders)
    assert [fault.file for fault in refused] == [file]
    assert "confidential" in refused[0].reason
