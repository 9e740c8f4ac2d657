"""A change from its first save to the public: four eyes, one transaction, its hour, two who save."""

import json
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient

from offer.catalogue.publishing import publish
from offer.catalogue.revisions import ChangedMeanwhile, Stamp, save
from offer.db.connections import orm
from offer.db.errors import Refused
from offer.db.migrate import migrate
from offer.db.models import CatalogueVersion, PublishedRevision, Revision
from offer.staff import changes
from offer.staff.audit import By
from offer.staff.change import Change, Item, ScopeSettings
from offer.staff.change_publishing import publish_change, publish_due
from offer.staff.change_rows import acts_of, change_of, counts_of, mark_of, newest_of, open_changes_of
from offer.staff.scope_settings import keep_settings
from offer.staff.withdrawal import withdraw
from tests.offer.db.filled import sample

AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
ANNA, BEN = By(1, "Leaving care"), By(2, "Leaving care")
KIND = "entitlement"


@pytest.fixture
async def connection(database_url: str) -> AsyncIterator[BaseDBAsyncClient]:
    await migrate(database_url, at=AT)
    async with orm(database_url) as opened:
        for record in sample(3):
            await save(record.kind, record.document, Stamp("files", AT, "loaded"))
        await publish(at=AT, author="files")
        yield opened


async def body(slug: str) -> dict[str, Any]:
    row = await Revision.filter(document__kind=KIND, document__slug=slug).order_by("-number").first()
    assert row
    found: dict[str, Any] = json.loads(row.body)
    return found


async def draft(connection: BaseDBAsyncClient, slug: str, change: int = 0, **new: Any) -> int:
    held = await body(slug)
    change = change or await changes.open_change(connection, "england", "A better text", ANNA, AT)
    base = await newest_of(connection, KIND, slug)
    await changes.put(connection, change, Item(KIND, slug, "save", base, {**held, **new}), ANNA, AT)
    return change


async def standing(connection: BaseDBAsyncClient, change: int) -> Change:
    found = await change_of(connection, change)
    assert found
    return found


async def public_text(slug: str) -> str:
    spans = PublishedRevision.filter(until=None, revision__document__slug=slug)
    text = await spans.values_list("revision__body", flat=True)
    return str(text[0]) if text else ""


async def approved(connection: BaseDBAsyncClient, slug: str, **new: Any) -> int:
    change = await draft(connection, slug, **new)
    await changes.submit(connection, change, ANNA, AT)
    await changes.approve(connection, change, BEN, AT)
    return change


async def test_a_draft_is_seen_by_nobody_until_somebody_else_approved_it(
    connection: BaseDBAsyncClient,
) -> None:
    change = await draft(connection, "advocacy", summary="Somebody on your side.")
    assert "on your side" not in await public_text("advocacy")
    with pytest.raises(ChangedMeanwhile):
        await publish_change(connection, change, BEN, AT)
    await changes.submit(connection, change, ANNA, AT)
    with pytest.raises(Refused, match="Somebody else has to approve"):
        await changes.approve(connection, change, ANNA, AT)
    await changes.approve(connection, change, BEN, AT)
    report = await publish_change(connection, change, BEN, AT)
    assert report.changed == ((KIND, "advocacy"),)
    assert "Somebody on your side." in await public_text("advocacy")
    found = await standing(connection, change)
    assert (found.state, found.version) == ("published", report.version)
    assert await open_changes_of(connection, KIND, "advocacy") == []


async def test_who_wrote_a_part_does_not_approve_it_though_somebody_saved_after_them(
    connection: BaseDBAsyncClient,
) -> None:
    change = await draft(connection, "advocacy", summary="Anna's words.")
    item = (await standing(connection, change)).items[0]
    again = Item(KIND, "advocacy", "save", item.base, {**item.body, "title": "Ben's title"}, item.edition)
    await changes.put(connection, change, again, BEN, AT)
    await changes.submit(connection, change, BEN, AT)
    for wrote in (ANNA, BEN):
        with pytest.raises(Refused, match="You wrote a part of this"):
            await changes.approve(connection, change, wrote, AT)
    await changes.approve(connection, change, By(3, "Leaving care"), AT)


async def test_what_was_taken_out_again_keeps_nobody_from_approving(connection: BaseDBAsyncClient) -> None:
    change = await draft(connection, "advocacy", summary="Anna's words.")
    await changes.take_out(connection, change, KIND, "advocacy", ANNA, AT)
    found = await body("advocacy")
    mine = Item(
        KIND,
        "advocacy",
        "save",
        await newest_of(connection, KIND, "advocacy"),
        {**found, "summary": "Ben's."},
    )
    await changes.put(connection, change, mine, BEN, AT)
    await changes.submit(connection, change, BEN, AT)
    await changes.approve(connection, change, ANNA, AT)


async def test_where_four_eyes_are_not_asked_for_two_are_enough(connection: BaseDBAsyncClient) -> None:
    await keep_settings(connection, ScopeSettings("england", four_eyes=False), ANNA, AT)
    change = await draft(connection, "advocacy", summary="Somebody on your side.")
    await changes.submit(connection, change, ANNA, AT)
    await changes.approve(connection, change, ANNA, AT)
    assert (await publish_change(connection, change, ANNA, AT)).moved


async def test_an_edit_after_approval_has_to_be_approved_again(connection: BaseDBAsyncClient) -> None:
    change = await approved(connection, "advocacy", summary="One.")
    item = (await standing(connection, change)).items[0]
    again = Item(KIND, "advocacy", "save", item.base, {**item.body, "summary": "Two."}, item.edition)
    assert await changes.put(connection, change, again, BEN, LATER) == 2
    found = await standing(connection, change)
    assert (found.state, found.approved_by) == ("draft", None)


async def test_nothing_is_published_by_halves(connection: BaseDBAsyncClient) -> None:
    change = await draft(connection, "access-to-work", summary="One.")
    await draft(connection, "advocacy", change, summary="Two.")
    await changes.submit(connection, change, ANNA, AT)
    await changes.approve(connection, change, BEN, AT)
    held = await body("advocacy")
    document = sample(3)[0].document.model_validate({**held, "summary": "Somebody else's."})
    await save(KIND, document, Stamp("ben", LATER))
    before = await CatalogueVersion.get(id=1)
    with pytest.raises(ChangedMeanwhile):
        await publish_change(connection, change, BEN, LATER)
    assert await CatalogueVersion.get(id=1) == before
    assert "One." not in (await body("access-to-work"))["summary"]
    assert (await standing(connection, change)).state == "approved"


async def test_who_saves_second_is_told(connection: BaseDBAsyncClient) -> None:
    change = await draft(connection, "advocacy", summary="One.")
    with pytest.raises(ChangedMeanwhile, match="after you opened it"):
        await draft(connection, "advocacy", change, summary="Two.")
    assert (await standing(connection, change)).items[0].body["summary"] == "One."


async def test_one_change_holds_one_council(connection: BaseDBAsyncClient) -> None:
    with pytest.raises(Refused, match="one council only"):
        await draft(connection, "advocacy", authority="E10000019")


async def test_a_draft_with_faults_is_kept_and_not_handed_on(connection: BaseDBAsyncClient) -> None:
    change = await draft(connection, "advocacy", summary="", ask=None)
    with pytest.raises(Refused, match="advocacy: Summary"):
        await changes.submit(connection, change, ANNA, AT)
    assert (await standing(connection, change)).items[0].body["summary"] == ""


async def test_withdrawn_is_gone_and_comes_back(connection: BaseDBAsyncClient) -> None:
    change = await changes.open_change(connection, "england", "Away", ANNA, AT)
    item = Item(KIND, "advocacy", "withdraw", 1, await body("advocacy"))
    await changes.put(connection, change, item, ANNA, AT)
    await changes.submit(connection, change, ANNA, AT)
    await changes.approve(connection, change, BEN, AT)
    assert (await publish_change(connection, change, BEN, AT)).removed == ((KIND, "advocacy"),)
    assert await public_text("advocacy") == ""
    back = await approved(connection, "advocacy", stage="public")
    assert (await publish_change(connection, back, BEN, LATER)).added == ((KIND, "advocacy"),)


async def test_it_is_published_on_its_hour_and_once(connection: BaseDBAsyncClient) -> None:
    change = await approved(connection, "advocacy", summary="From nine.")
    with pytest.raises(Refused, match="past"):
        await changes.schedule(connection, change, AT, BEN, AT)
    await changes.schedule(connection, change, LATER, BEN, AT)
    assert await publish_due(connection, LATER - timedelta(seconds=1)) == []
    assert await publish_due(connection, LATER) == [change]
    assert await publish_due(connection, LATER) == []
    assert "From nine." in await public_text("advocacy")


async def test_an_hour_that_passes_in_vain_says_why_and_is_not_tried_again(
    connection: BaseDBAsyncClient,
) -> None:
    change = await approved(connection, "advocacy", summary="From nine.")
    await changes.schedule(connection, change, LATER, BEN, AT)
    held = await body("advocacy")
    document = sample(3)[0].document.model_validate({**held, "summary": "Somebody else's."})
    await save(KIND, document, Stamp("ben", AT))
    assert await publish_due(connection, LATER) == []
    found = await standing(connection, change)
    assert (found.state, found.publish_at) == ("approved", None)
    assert "Somebody else saved 'advocacy'" in found.refused


async def test_a_button_of_a_page_that_is_out_of_date_does_nothing(connection: BaseDBAsyncClient) -> None:
    change = await draft(connection, "advocacy", summary="One.")
    seen = mark_of((await standing(connection, change)).changed_at)
    await changes.submit(connection, change, ANNA, LATER, seen=seen)
    for act in (changes.approve, changes.send_back, changes.drop):
        with pytest.raises(ChangedMeanwhile, match="edited this change after you opened it"):
            await act(connection, change, BEN, LATER, seen=seen)
    seen = mark_of((await standing(connection, change)).changed_at)
    await changes.comment(connection, change, "Good.", BEN, LATER)
    await changes.approve(connection, change, BEN, LATER, seen=seen)
    with pytest.raises(ChangedMeanwhile, match="now approved"):
        await changes.approve(connection, change, BEN, LATER, seen=seen)


async def test_a_title_and_what_to_do_about_it_are_kept(connection: BaseDBAsyncClient) -> None:
    change = await draft(connection, "advocacy", summary="One.")
    await changes.rename(connection, change, "Kinder words", "The council said so.", ANNA, AT)
    await changes.submit(connection, change, ANNA, AT)
    await changes.send_back(connection, change, BEN, LATER, text="Until when?")
    found = await standing(connection, change)
    assert (found.title, found.note) == ("Kinder words", "The council said so.")
    assert [(each.text, each.account) for each in found.comments] == [("Until when?", BEN.account)]
    acts = [row.act for row in await acts_of(connection, change)]
    assert acts == [
        "began a change", "saved a draft", "named a change", "asked for review", "sent a change back"
    ]  # fmt: skip
    assert await counts_of(connection, ["england"]) == {"draft": 1}
    assert await counts_of(connection, ["E10000019"]) == {}
    with pytest.raises(Refused, match="Give it a title"):
        await changes.rename(connection, change, "", "", ANNA, AT)


async def test_an_approver_takes_away_at_once_or_on_a_day(connection: BaseDBAsyncClient) -> None:
    with pytest.raises(Refused, match="Say why"):
        await withdraw(connection, KIND, "advocacy", 1, "", BEN, AT)
    with pytest.raises(ChangedMeanwhile):
        await withdraw(connection, KIND, "advocacy", 7, "Wrong.", BEN, AT)
    with pytest.raises(ChangedMeanwhile):
        await withdraw(connection, KIND, "never-there", 0, "Wrong.", BEN, AT)
    change = await withdraw(connection, KIND, "advocacy", 1, "Wrong.", BEN, AT)
    assert await public_text("advocacy") == ""
    found = await standing(connection, change)
    assert (found.state, found.note, found.approved_by) == ("published", "Wrong.", BEN.account)
    with pytest.raises(Refused, match="nothing to take away"):
        await withdraw(connection, KIND, "advocacy", 2, "Again.", BEN, LATER)
    later = await withdraw(connection, KIND, "access-to-work", 1, "It ends.", BEN, AT, LATER)
    assert await public_text("access-to-work") != ""
    assert await publish_due(connection, LATER) == [later]
    assert await public_text("access-to-work") == ""
