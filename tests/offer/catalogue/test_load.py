"""Loading compares with what was last loaded; staff's work is kept; nothing is published."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient

from offer.catalogue.documents import ENTITLEMENT, KINDS, SERVICE
from offer.catalogue.files import starter_folders
from offer.catalogue.reading import read_published
from offer.catalogue.revisions import ChangedMeanwhile, Stamp, history, save
from offer.catalogue.store import dump, load
from offer.db.errors import Refused
from offer.db.models import Document, ReviewItem, Revision
from tests.offer.catalogue.conftest import AT, Files, entry, service

BURSARY = (ENTITLEMENT, "bursary")


async def staff_save(connection: Any, **changes: Any) -> int:
    document = KINDS[ENTITLEMENT].model.model_validate(entry(**changes))
    return await save(ENTITLEMENT, document, Stamp("anna", AT))


async def queue() -> list[tuple[str, str]]:
    return [(item.file, item.state) for item in await ReviewItem.all().order_by("id")]


@pytest.fixture
async def loaded(connection: BaseDBAsyncClient, files: Files) -> Files:
    """One entry and one service, loaded once."""
    files.put(ENTITLEMENT, entry())
    files.put(SERVICE, service())
    report = await load(files.folders, at=AT)
    assert sorted(report.added) == [BURSARY, (SERVICE, "hub")]
    return files


async def test_a_new_file_becomes_the_first_revision(loaded: Files) -> None:
    (revision,) = await history(*BURSARY)
    assert (revision.number, revision.origin, revision.state) == (1, "loaded", "ready")
    assert (revision.author, revision.at) == ("local-offer load", AT)


async def test_an_unchanged_file_does_nothing(loaded: Files) -> None:
    report = await load(loaded.folders, at=AT)
    assert (report.added, report.changed, report.queued) == ([], [], [])
    assert await Revision.all().count() == 2


async def test_a_file_written_another_way_is_unchanged(loaded: Files) -> None:
    loaded.put(ENTITLEMENT, dict(reversed(entry(bring=[]).items())))
    assert (await load(loaded.folders, at=AT)).changed == []


async def test_a_changed_file_is_a_new_revision(loaded: Files) -> None:
    loaded.put(ENTITLEMENT, entry(title="More money"))
    assert (await load(loaded.folders, at=AT)).changed == [BURSARY]
    assert [revision.number for revision in await history(*BURSARY)] == [2, 1]
    assert (await load(loaded.folders, at=AT)).changed == []


async def test_what_staff_changed_is_kept_and_an_unchanged_file_says_nothing(loaded: Files) -> None:
    await staff_save(loaded, title="Staff's words")
    report = await load(loaded.folders, at=AT)
    assert (report.changed, report.queued) == ([], [])
    assert '"Staff\'s words"' in (await history(*BURSARY))[0].body


async def test_what_both_changed_waits_for_a_person_once(loaded: Files) -> None:
    await staff_save(loaded, title="Staff's words")
    loaded.put(ENTITLEMENT, entry(title="The file's words"))
    report = await load(loaded.folders, at=AT)
    assert report.queued == [BURSARY]
    assert "kept as staff have it, the file waits for review: entitlement bursary" in report.lines()
    assert '"Staff\'s words"' in (await history(*BURSARY))[0].body
    again = await load(loaded.folders, at=AT)
    assert (again.queued, again.waiting) == ([], [BURSARY])
    assert await queue() == [("bursary.yaml", "open")]


async def test_a_declined_difference_is_not_asked_again(loaded: Files) -> None:
    await staff_save(loaded, title="Staff's words")
    loaded.put(ENTITLEMENT, entry(title="The file's words"))
    await load(loaded.folders, at=AT)
    await ReviewItem.all().update(state="declined")
    assert (await load(loaded.folders, at=AT)).queued == []
    assert await queue() == [("bursary.yaml", "declined")]


async def test_a_newer_difference_takes_the_place_of_an_older(loaded: Files) -> None:
    await staff_save(loaded, title="Staff's words")
    for title in ("One", "Two", "One"):
        loaded.put(ENTITLEMENT, entry(title=title))
        assert (await load(loaded.folders, at=AT)).queued == [BURSARY]
    assert await queue() == [("bursary.yaml", "open"), ("bursary.yaml", "outdated")]
    loaded.put(ENTITLEMENT, entry())  # the file went back to what was loaded
    await load(loaded.folders, at=AT)
    assert await queue() == [("bursary.yaml", "outdated"), ("bursary.yaml", "outdated")]


async def test_once_the_file_says_what_staff_say_files_lead_again(loaded: Files) -> None:
    await staff_save(loaded, title="Staff's words")
    loaded.put(ENTITLEMENT, entry(title="Staff's words"))
    assert (await load(loaded.folders, at=AT)).changed == []
    loaded.put(ENTITLEMENT, entry(title="Later words"))
    assert (await load(loaded.folders, at=AT)).changed == [BURSARY]


async def test_a_bad_file_is_refused_and_the_rest_load(loaded: Files) -> None:
    bad = loaded.put_text(ENTITLEMENT, "bad.yaml", "id: bad\ntitle: A\ntitle: B\n")
    loaded.put(ENTITLEMENT, entry("good"))
    report = await load(loaded.folders, at=AT)
    assert report.added == [(ENTITLEMENT, "good")]
    assert report.lines()[0] == f"{bad}:3: 'title' stands twice; it is already on line 2"
    assert report.lines()[-1] == "1 new, 0 changed, 2 as before, 0 for review, 1 refused"


async def test_a_document_whose_file_is_gone_is_kept_and_said(loaded: Files) -> None:
    (loaded.folders[ENTITLEMENT] / "bursary.yaml").unlink()
    loaded.put(ENTITLEMENT, entry("another"))
    loaded.put_text(SERVICE, "hub.yaml", "broken: [")
    report = await load(loaded.folders, at=AT)
    assert report.without_file == [BURSARY], "a file that is refused is not gone"
    assert "kept, though its file is gone: entitlement bursary" in report.lines()
    assert await Document.exists(slug="bursary")


async def test_a_dry_run_changes_nothing(loaded: Files) -> None:
    loaded.put(ENTITLEMENT, entry(title="More money"))
    loaded.put(ENTITLEMENT, entry("another"))
    report = await load(loaded.folders, at=AT, dry_run=True)
    assert (report.added, report.changed) == ([(ENTITLEMENT, "another")], [BURSARY])
    assert await Revision.all().count() == 2
    assert await Document.all().count() == 2


async def test_loading_never_publishes(loaded: Files, connection: BaseDBAsyncClient) -> None:
    published = await read_published(connection)
    assert (published.version, published.entitlements) == (0, [])


async def test_an_empty_folder_is_refused(connection: BaseDBAsyncClient, files: Files) -> None:
    with pytest.raises(Refused, match="There is no catalogue file in"):
        await load(files.folders, at=AT)


async def test_progress_counts_the_files(connection: BaseDBAsyncClient, files: Files) -> None:
    files.put(ENTITLEMENT, entry())
    files.put(SERVICE, service())
    seen: list[tuple[int, int]] = []
    await load(files.folders, at=AT, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(1, 2), (2, 2)]


async def test_load_dump_load_dump_gives_the_same_bytes(
    connection: BaseDBAsyncClient, tmp_path: Path
) -> None:
    report = await load(starter_folders(), at=AT)
    assert report.refused == []
    first, second = tmp_path / "first", tmp_path / "second"
    assert await dump(first) == len(report.added)
    folders = {kind.name: first / kind.plural for kind in KINDS.values()}
    assert len((await load(folders, at=AT)).unchanged) == len(report.added)
    await dump(second)
    for name, folder in starter_folders().items():
        for file in sorted(folder.glob("*.yaml")):
            for root in (first, second):
                written = root / KINDS[name].plural / file.name
                assert written.read_bytes() == file.read_bytes(), written
    assert await dump(first) == 0, "a second dump writes nothing"


async def test_dump_into_a_place_that_is_a_file(connection: BaseDBAsyncClient, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("x")
    with pytest.raises(Refused, match="cannot be written"):
        await dump(tmp_path / "taken")


async def test_saving_over_somebody_elses_work_is_refused(loaded: Files) -> None:
    document = KINDS[ENTITLEMENT].model.model_validate(entry(title="Mine"))
    await staff_save(loaded, title="Theirs")
    with pytest.raises(ChangedMeanwhile):
        await save(ENTITLEMENT, document, Stamp("ben", AT), opened=1)
    assert await save(ENTITLEMENT, document, Stamp("ben", AT), opened=2) == 3


async def test_saving_the_same_again_is_no_revision(loaded: Files) -> None:
    assert await staff_save(loaded) == 1
    document = KINDS[ENTITLEMENT].model.model_validate(entry())
    draft = Stamp("anna", AT + timedelta(hours=1), state="draft")
    assert await save(ENTITLEMENT, document, draft) == 2, "another state is another revision"
