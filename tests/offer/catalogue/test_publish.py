"""Publishing moves one version number; history can be read; a draft is never public."""

import asyncio
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient

from directory.assembled import assemble
from offer.catalogue.candidates import Candidate, Finding
from offer.catalogue.documents import ENTITLEMENT, KINDS, LOCATION, ORGANISATION, SERVICE
from offer.catalogue.findings import findings
from offer.catalogue.publishing import PublishReport, publish
from offer.catalogue.reading import NotPublished, as_published_on, publications, read_published, version
from offer.catalogue.revisions import Stamp, State, save
from offer.db.models import Publication, PublishedRevision, Revision
from tests.offer.catalogue.conftest import AT, entry, location, organisation, service


async def put(slug: str = "bursary", *, state: State = "ready", **changes: Any) -> None:
    document = KINDS[ENTITLEMENT].model.model_validate(entry(slug, **changes))
    await save(ENTITLEMENT, document, Stamp("anna", AT, state=state))


async def put_service(slug: str = "hub", **changes: Any) -> None:
    await put_record(ORGANISATION, organisation())
    await put_record(SERVICE, service(slug, **changes))


async def put_record(kind: str, body: dict[str, Any], state: State = "ready") -> None:
    await save(kind, KINDS[kind].model.model_validate(body), Stamp("anna", AT, state=state))


async def go(at: datetime = AT) -> PublishReport:
    return await publish(at=at, author="anna", note="why", findings=findings)


async def titles(connection: BaseDBAsyncClient, at_version: int | None = None) -> list[str]:
    return [entry.title for entry in (await read_published(connection, at_version)).entitlements]


async def test_before_the_first_publication_there_is_nothing(connection: BaseDBAsyncClient) -> None:
    await put()
    published = await read_published(connection)
    assert (published.version, published.published_at, published.entitlements) == (0, None, [])
    with pytest.raises(NotPublished):
        await as_published_on(connection, ENTITLEMENT, "bursary", date(2030, 1, 1))


async def test_publishing_counts_one_up_and_writes_one_history_row(connection: BaseDBAsyncClient) -> None:
    await put()
    await put_service()
    report = await go()
    assert (report.version, report.added) == (
        1,
        ((ENTITLEMENT, "bursary"), (ORGANISATION, "durham-county-council"), (SERVICE, "hub")),
    )
    published = await read_published(connection)
    assert (published.version, published.published_at) == (1, AT)
    assert [entry.id for entry in published.entitlements] == ["bursary"]
    assert [record.id for record in published.records] == ["durham-county-council", "hub"]
    (row,) = await publications(connection)
    assert (row.version, row.at, row.author, row.note, row.added) == (1, AT, "anna", "why", 3)


async def test_nothing_new_does_not_move_the_version(connection: BaseDBAsyncClient) -> None:
    await put()
    await go()
    report = await go()
    assert (report.moved, report.version) == (False, 1)
    assert report.lines() == ["nothing new to publish; the catalogue is version 1"]
    assert await Publication.all().count() == 1


async def test_a_slug_may_stand_for_an_entitlement_and_a_service(connection: BaseDBAsyncClient) -> None:
    await put("same")
    await put_service("same")
    assert len((await go()).added) == 3


async def test_drafts_are_never_public(connection: BaseDBAsyncClient) -> None:
    await put("hidden", stage="draft")
    await put("shown", title="Shown")
    await put("shown", title="Staff are still writing this", state="draft")
    await go()
    assert await titles(connection) == ["Shown"]


async def test_a_draft_is_not_read_whatever_the_rows_say(connection: BaseDBAsyncClient) -> None:
    await put("hidden", stage="draft")
    await put("shown")
    await go()
    hidden = await Revision.get(document__slug="hidden")
    await PublishedRevision.create(revision_id=hidden.id, since=1)
    assert [entry.id for entry in (await read_published(connection)).entitlements] == ["shown"]


async def test_an_entry_turned_into_a_draft_is_taken_away(connection: BaseDBAsyncClient) -> None:
    await put()
    await go()
    await put(stage="draft")
    report = await go()
    assert report.removed == ((ENTITLEMENT, "bursary"),)
    assert await titles(connection) == []
    assert await titles(connection, 1) == ["Money for college"]


async def test_every_earlier_version_can_be_read(connection: BaseDBAsyncClient) -> None:
    for title in ("One", "Two", "Three"):
        await put(title=title)
        await put("other", title="Always")
        await go()
    assert [await titles(connection, number) for number in (1, 2, 3)] == [
        ["One", "Always"], ["Two", "Always"], ["Three", "Always"],
    ]  # fmt: skip
    assert await PublishedRevision.all().count() == 4, "what did not change has one row, not three"
    with pytest.raises(NotPublished, match="no catalogue version 4"):
        await read_published(connection, 4)


async def test_one_entry_as_it_was_on_a_day_in_england(connection: BaseDBAsyncClient) -> None:
    summer = datetime(2026, 7, 1, 22, 30, tzinfo=UTC)  # 23:30 on 1 July in London
    await put(title="One")
    await go(summer)
    await put(title="Two")
    await go(summer + timedelta(hours=1))  # 00:30 on 2 July
    with pytest.raises(NotPublished, match="Nothing was published by 30 June 2026"):
        await as_published_on(connection, ENTITLEMENT, "bursary", date(2026, 6, 30))
    first = await as_published_on(connection, ENTITLEMENT, "bursary", date(2026, 7, 1))
    second = await as_published_on(connection, ENTITLEMENT, "bursary", date(2026, 7, 2))
    assert [first.document.title, second.document.title] == ["One", "Two"]  # type: ignore[attr-defined]
    assert (first.since, second.since) == (1, 2)
    with pytest.raises(NotPublished, match="'other' was not published on"):
        await as_published_on(connection, ENTITLEMENT, "other", date(2026, 7, 2))


async def test_a_document_that_fails_keeps_what_was_published(connection: BaseDBAsyncClient) -> None:
    await put(title="Good")
    await put("free", title="Free")
    await go()
    await put(title="Bad", rule={"id": "a", "fact": "no_such_fact", "is": True})
    await put("free", title="Freer")
    report = await go()
    assert [finding.slug for finding in report.refused] == ["bursary"]
    assert report.lines()[0].startswith("not published: entitlement bursary: ")
    assert sorted(await titles(connection)) == ["Freer", "Good"]


async def test_what_leans_on_a_refused_document_is_refused_too(connection: BaseDBAsyncClient) -> None:
    await put("right", rule={"id": "a", "fact": "no_such_fact", "is": True})
    await put("local", part_of="right")
    await put("alone")
    report = await go()
    assert {finding.slug for finding in report.refused} == {"right", "local"}
    assert report.added == ((ENTITLEMENT, "alone"),)


async def test_what_is_public_stays_when_a_check_grows_stricter(connection: BaseDBAsyncClient) -> None:
    await put()
    await go()

    def strict(candidates: Sequence[Candidate]) -> Iterable[Finding]:
        return [Finding(candidate.kind, candidate.slug, "no longer good") for candidate in candidates]

    report = await publish(at=AT, author="anna", findings=strict)
    assert (report.moved, report.refused, len(report.doubtful)) == (False, (), 1)
    assert await titles(connection) == ["Money for college"]


async def test_a_row_no_longer_readable_does_not_take_the_catalogue_away(
    connection: BaseDBAsyncClient,
) -> None:
    await put()
    await put("old")
    await go()
    await Revision.filter(document__slug="old").update(body='{"id":"old","written":"by another version"}')
    published = await read_published(connection)
    assert [entry.id for entry in published.entitlements] == ["bursary"]
    assert published.unreadable == ["entitlement old"]
    report = await go()
    assert report.removed == (), "publishing leaves what it cannot read where it is"
    assert [finding.slug for finding in report.refused] == ["old"]


async def test_two_who_publish_at_once_make_two_versions_or_one(connection: BaseDBAsyncClient) -> None:
    await put()
    reports = await asyncio.gather(go(), go())
    assert sorted(report.moved for report in reports) == [False, True]
    assert await version(connection) == 1


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"organisation": "nobody"}, "it is run by the organisation 'nobody', which is not published"),
        ({"partners": ["nobody"]}, "it is run by the organisation 'nobody', which is not published"),
        ({"at": [{"location": "nowhere"}]}, "it is at the location 'nowhere', which is not published"),
        ({"at": [{"location": "library"}]}, "it is at the location 'library', which is not published"),
        ({"redirect_to": "gone"}, "it leads to 'gone', which is not published"),
    ],
)
async def test_a_service_that_names_what_is_missing_or_a_draft_is_refused(
    connection: BaseDBAsyncClient, changes: dict[str, Any], problem: str
) -> None:
    await put_record(LOCATION, location(stage="draft"))
    await put_service("hub", **changes)
    await put_service("sound")
    report = await go()
    assert [str(finding) for finding in report.refused] == [f"service hub: {problem}"]
    assert (SERVICE, "sound") in report.added
    assert (SERVICE, "hub") not in report.added


async def test_a_location_kept_private_later_is_gone_from_the_service_at_once(
    connection: BaseDBAsyncClient,
) -> None:
    await put_record(LOCATION, location())
    await put_service("hub", at=[{"location": "library"}])
    await go()
    await put_record(LOCATION, location(stage="draft"))
    report = await go()
    assert [finding.slug for finding in report.doubtful] == ["hub"]
    hub = assemble((await read_published(connection)).records).services["hub"]
    assert hub.places == ()


async def test_a_record_nobody_could_confirm_is_refused(connection: BaseDBAsyncClient) -> None:
    await put_record(LOCATION, location(confidence="unconfirmed"))
    assert [str(finding) for finding in (await go()).refused] == [
        "location library: a location nobody could confirm must stay a draft"
    ]
