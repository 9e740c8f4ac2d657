"""A change on its pages: written, looked at, sent back, approved by another, published, taken away."""

import asyncio
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import httpx2
from starlette.applications import Starlette

from offer.catalogue.history import read_history
from offer.catalogue.publishing import publish
from offer.catalogue.reading import read_published
from offer.clock import LONDON, now, today
from offer.db.change_models import StaffChange
from offer.db.models import CatalogueVersion
from offer.db.staff_models import AuditRow
from offer.entitlements.schema import Entitlement
from offer.published import COUNCIL_TAX
from offer.staff import changes
from offer.staff.audit import By, newest, standing
from offer.staff.change import Item, ScopeSettings
from offer.staff.change_publishing import publish_due
from offer.staff.change_rows import change_of, newest_of
from offer.staff.scope_settings import keep_settings
from offer.staff.versions import body_of_version
from tests.offer.pages.reading import words_of
from tests.offer.staff.conftest import SignedIn
from tests.offer.staff.people import Somebody, hidden
from tests.offer.staff.test_content import public, staff_change

OURS, THEIRS = "E10000019", "E06000047"
SLUG = "lincolnshire-leaving-care-worker"
TENDRING = "E07000076"


async def body(running: Starlette, slug: str) -> dict[str, Any]:
    connection = running.state.live.database
    number = await newest_of(connection, "entitlement", slug)
    found = await body_of_version(connection, "entitlement", slug, number)
    assert found
    return dict(found)


async def drafted(running: Starlette, who: Somebody, slug: str = SLUG, scope: str = OURS, **new: Any) -> str:
    """The address of a change with one document in it, as the edit page leaves it."""
    connection, by = running.state.live.database, By(who.account, "Test team")
    change = await changes.open_change(connection, scope, f"Better words for {slug}", by, now())
    base = await newest_of(connection, "entitlement", slug)
    item = Item("entitlement", slug, "save", base, {**await body(running, slug), **new})
    await changes.put(connection, change, item, by, now())
    return f"/staff/changes/{change}"


async def press(who: Somebody, path: str, act: str, **fields: str) -> httpx2.Response:
    """A button of the page as it stands now."""
    seen = hidden(await who.get(path), "seen")
    return await who.post(f"{path}/{act}", seen=seen, **fields)


def parts(day: date) -> dict[str, str]:
    """A day as three fields."""
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}


async def is_public(running: Starlette, slug: str) -> bool:
    documents = await read_published(running.state.live.database)
    return any(each.id == slug for each in documents.entitlements)


async def stands(running: Starlette, path: str) -> StaffChange:
    return await StaffChange.get(id=int(path.rsplit("/", 1)[1]), using_db=running.state.live.database)


async def approved(
    running: Starlette, signed_in: SignedIn, slug: str = SLUG, **new: Any
) -> tuple[str, Somebody]:
    editor, approver = await signed_in(("editor", OURS)), await signed_in(("approver", OURS))
    path = await drafted(running, editor, slug, **new)
    assert (await press(editor, path, "submit")).status_code == 303
    assert (await press(approver, path, "approve")).status_code == 303
    return path, approver


async def test_from_a_draft_to_the_public_by_two_people(signed_in: SignedIn, running: Starlette) -> None:
    editor, approver = await signed_in(("editor", OURS)), await signed_in(("approver", OURS))
    path = await drafted(running, editor, summary="Help with <b>kind</b> lessons.")
    page = await editor.get(path)
    words = words_of(page)
    assert "✎ Being written" in words and "It cannot" not in words
    assert "None of the 60 example people change." in words
    assert "&lt;b&gt;kind&lt;/b&gt;" in page.text and "<b>kind</b>" not in page.text
    assert "Better words" not in words_of(await approver.get("/staff"))
    assert (await press(editor, path, "submit")).status_code == 303
    assert "You wrote" not in words_of(await editor.get(path)), "an editor is no approver anyway"
    assert f'href="{path}"' in (await approver.get("/staff")).text, "it waits on the home page"
    assert f'href="{path}"' in (await approver.get("/staff/changes?show=review")).text
    assert (await press(approver, path, "approve")).status_code == 303
    assert "kind" not in (await public(running, SLUG)).summary
    done = await press(approver, path, "publish")
    assert done.status_code == 303
    assert (await public(running, SLUG)).summary == "Help with <b>kind</b> lessons."
    after = words_of(await approver.get(done.headers["location"]))
    assert "Published. The public page shows it now." in after and "● Public since list" in after
    for act in (
        "Began a change",
        "Saved a draft",
        "Asked for review",
        "Approved a change",
        "Published a change",
    ):
        assert act in after, act
    assert f"account {editor.account}" in after and f"account {approver.account}" in after
    assert (await standing(running.state.live.database)).broken is None


async def test_four_eyes_are_said_in_words_and_held(signed_in: SignedIn, running: Starlette) -> None:
    both = await signed_in(("approver", OURS))
    path = await drafted(running, both, summary="Mine.")
    await press(both, path, "submit")
    page = await both.get(path)
    assert "You wrote a part of this, so somebody else has to approve it." in words_of(page)
    assert f'action="{path}/approve"' not in page.text
    forced = await press(both, path, "approve")
    assert forced.status_code == 422 and "Somebody else has to approve it." in words_of(forced)
    settings = ScopeSettings(OURS, four_eyes=False)
    await keep_settings(running.state.live.database, settings, By(both.account, "T"), now())
    assert (await press(both, path, "approve")).status_code == 303


async def test_who_is_the_only_approver_is_told_how_to_go_on(signed_in: SignedIn, running: Starlette) -> None:
    council = "E06000057"  # Northumberland: nobody else has an account of it
    admin, slug = await signed_in(("admin", council)), "lincolnshire-leaving-care-worker"
    connection, by = running.state.live.database, By(admin.account, "T")
    change = await changes.open_change(connection, council, "The first one", by, now())
    new = {**await body(running, slug), "id": "first-of-northumberland", "authority": council, "areas": []}
    await changes.put(connection, change, Item("entitlement", new["id"], "save", 0, new), by, now())
    path, alone = (
        f"/staff/changes/{change}",
        "Nobody else who may approve it has an account of Northumberland",
    )
    assert alone in words_of(await admin.get(path))
    await signed_in(("approver", council))
    assert alone not in words_of(await admin.get(path))
    await press(admin, path, "drop")


async def test_a_stale_page_s_button_does_nothing(signed_in: SignedIn, running: Starlette) -> None:
    editor, approver = await signed_in(("editor", OURS)), await signed_in(("approver", OURS))
    path = await drafted(running, editor, summary="First.")
    await press(editor, path, "submit")
    seen = hidden(await approver.get(path), "seen")
    found = await change_of(running.state.live.database, (await stands(running, path)).id)
    assert found
    again = Item(
        "entitlement", SLUG, "save", found.items[0].base, {**found.items[0].body, "summary": "Second."}, 1
    )
    await changes.put(running.state.live.database, found.id, again, By(editor.account, "T"), now())
    await press(editor, path, "submit")
    late = await approver.post(f"{path}/approve", seen=seen)
    assert late.status_code == 409 and "edited this change after you opened it" in words_of(late)
    assert (await stands(running, path)).state == "review"
    assert (await press(approver, path, "approve")).status_code == 303
    other = await signed_in(("approver", OURS))
    twice = await press(other, path, "approve")
    assert twice.status_code == 409 and "Somebody moved this change on" in words_of(twice)


async def test_a_button_pressed_twice_is_pressed_once(signed_in: SignedIn, running: Starlette) -> None:
    editor, approver = await signed_in(("editor", OURS)), await signed_in(("approver", OURS))
    path = await drafted(running, editor, summary="Pressed twice.")
    for who, act, done in (
        (editor, "submit", "submitted"),
        (approver, "approve", "approved"),
        (approver, "publish", "published"),
    ):
        seen = hidden(await who.get(path), "seen")
        first, second = [await who.post(f"{path}/{act}", seen=seen) for _ in range(2)]
        assert (first.status_code, second.status_code) == (303, 303), act
        assert first.headers["location"] == second.headers["location"] == f"{path}?done={done}"
    acts = [line for line in words_of(await editor.get(path)).split(". ") if "Published a change" in line]
    assert len(acts) == 1
    late = await editor.post(f"{path}/submit", seen=seen)
    assert late.status_code == 409, "whoever did something else before is told that it is over"


async def test_the_same_words_said_twice_stand_there_once(signed_in: SignedIn, running: Starlette) -> None:
    editor, approver = await signed_in(("editor", OURS)), await signed_in(("approver", OURS))
    path = await drafted(running, editor, summary="Said twice.")
    for _ in range(2):
        assert (await press(approver, path, "comment", text="Who pays for it?")).status_code == 303
    assert words_of(await editor.get(path)).count("Who pays for it?") == 1
    await press(editor, path, "comment", text="The county.")
    await press(approver, path, "comment", text="Who pays for it?")
    assert words_of(await editor.get(path)).count("Who pays for it?") == 2


async def test_replayed_forms_publish_once(signed_in: SignedIn, running: Starlette) -> None:
    path, approver = await approved(running, signed_in, summary="Once.")
    seen = hidden(await approver.get(path), "seen")
    replies = await asyncio.gather(*(approver.post(f"{path}/publish", seen=seen) for _ in range(4)))
    assert [reply.status_code for reply in replies] == [303] * 4, "to each press it is told that it is done"
    stale = await (await signed_in(("approver", OURS))).post(f"{path}/publish", seen=seen)
    assert stale.status_code == 409
    acts = await AuditRow.filter(about=f"change {path.rsplit('/', 1)[1]}", act="published a change").using_db(
        running.state.live.database
    )
    assert len(acts) == 1
    version = (await CatalogueVersion.get(id=1, using_db=running.state.live.database)).number
    assert (await stands(running, path)).version == version


async def test_what_changed_meanwhile_is_never_run_over(signed_in: SignedIn, running: Starlette) -> None:
    path, approver = await approved(running, signed_in, summary="Ours.")
    behind = "A newer version was saved after this one began"
    assert behind not in words_of(await approver.get(path))
    await staff_change(running, SLUG, "ready", summary="Somebody else's.")
    assert behind in words_of(await approver.get(path))
    await publish(at=now(), author="somebody", only={("entitlement", SLUG)})
    late = await press(approver, path, "publish")
    assert late.status_code == 409 and "after you opened it" in words_of(late)
    assert (await public(running, SLUG)).summary == "Somebody else's."
    assert (await stands(running, path)).state == "approved"


async def test_two_changes_of_one_entry_tell_of_each_other(signed_in: SignedIn, running: Starlette) -> None:
    ann, ben = await signed_in(("editor", OURS)), await signed_in(("editor", OURS))
    slug = "lincolnshire-youth-housing"
    first = await drafted(running, ann, slug, summary="Ann's.")
    assert "is in another change too" not in words_of(await ann.get(first))
    second = await drafted(running, ben, slug, summary="Ben's.")
    for who, here, there in ((ann, first, second), (ben, second, first)):
        page = await who.get(here)
        assert "is in another change too" in words_of(page) and f'href="{there}"' in page.text
    await press(ann, first, "drop")
    assert "is in another change too" not in words_of(await ben.get(second))
    await press(ben, second, "drop")


async def test_sent_back_with_a_word_and_edited_it_is_approved_anew(
    signed_in: SignedIn, running: Starlette
) -> None:
    path, approver = await approved(running, signed_in, summary="Nearly.")
    back = await press(approver, path, "send-back", text="Say <i>until when</i>.")
    assert back.status_code == 303
    page = await approver.get(path)
    assert "Say &lt;i&gt;until when&lt;/i&gt;." in page.text and "Sent a change back" in words_of(page)
    row = await stands(running, path)
    assert (row.state, row.approved_by) == ("draft", None)
    assert (await press(approver, path, "publish")).status_code == 409
    assert (await press(approver, path, "comment", text="")).status_code == 422
    assert (await press(approver, path, "comment", text="Thank you.")).status_code == 303


async def test_a_title_and_a_reason_can_be_given_and_what_was_typed_stays(
    signed_in: SignedIn, running: Starlette
) -> None:
    editor = await signed_in(("editor", OURS))
    path = await drafted(running, editor, summary="New.")
    reply = await press(editor, path, "name", title="", note="Because <x>")
    assert (
        reply.status_code == 422
        and "Give it a title." in words_of(reply)
        and "Because &lt;x&gt;" in reply.text
    )
    assert (await press(editor, path, "name", title="Kinder", note="The council said so.")).status_code == 303
    assert "Kinder" in words_of(await editor.get("/staff/changes"))
    assert (await press(editor, path, "drop")).status_code == 303
    words = words_of(await editor.get(path))
    assert "✗ Dropped" in words and "Ask for review" not in words
    assert "Kinder" in words_of(await editor.get("/staff/changes?show=dropped"))
    assert (await editor.post(f"{path}/submit", seen="")).status_code == 409


async def test_a_rule_nobody_can_meet_is_not_handed_on(signed_in: SignedIn, running: Starlette) -> None:
    editor = await signed_in(("editor", OURS))
    parts = [{"id": "a", "fact": "age_years", "before": 18}, {"id": "b", "fact": "age_years", "from": 21}]
    path = await drafted(running, editor, rule={"id": "rule", "all": parts})
    page = await editor.get(path)
    assert "nobody can ever meet its rule" in words_of(page) and f'action="{path}/submit"' not in page.text
    forced = await press(editor, path, "submit")
    assert forced.status_code == 422 and "Mend this first" in words_of(forced)
    assert (await stands(running, path)).state == "draft"


async def test_what_is_odd_is_said_and_holds_nothing_back(signed_in: SignedIn, running: Starlette) -> None:
    editor = await signed_in(("editor", OURS))
    rule = {"id": "rule", "all": [{"id": "young", "fact": "age_years", "before": 25}]}
    path = await drafted(running, editor, rule=rule)
    words = words_of(await editor.get(path))
    assert (
        "To look at" in words
        and "the condition “This is for people under 25" in words
        and "names no source" in words
    )
    assert "example people change" in words
    assert (await press(editor, path, "submit")).status_code == 303


async def test_the_impact_names_each_person_with_before_and_after(
    signed_in: SignedIn, running: Starlette
) -> None:
    editor = await signed_in(("editor", "england"))
    entry = await public(running, COUNCIL_TAX)
    rows = []
    for row in (await body(running, COUNCIL_TAX))["terms"]:
        if row["area"] == TENDRING:
            rows += [{**row, "end": "2099-04-01"}, {**row, "start": "2099-04-01", "age_before": 25}]
        else:
            rows.append(row)
    assert isinstance(entry, Entitlement)
    path = await drafted(running, editor, COUNCIL_TAX, "england", terms=rows)
    words = words_of(await editor.get(path))
    assert re.search(r"\d+ of the 60 example people change: \d+ gain, \d+ change otherwise", words)
    assert "Isla is 21, works and pays council tax" in words and "in Tendring" in words
    assert "Before: No" in words and "After: Yes, until they turn 25" in words
    assert "On 1 April 2099" in words and "You are 21" in words
    assert "Tendring; until: 1 April 2099" in words or "stops at age: 25" in words
    assert TENDRING not in words, "places have names"


async def test_it_is_published_on_its_hour_and_the_hour_can_be_taken_back(
    signed_in: SignedIn, running: Starlette
) -> None:
    path, approver = await approved(running, signed_in, summary="On its hour.")
    past = await press(approver, path, "schedule", day="1", month="2", year="2020", hour="09:00")
    assert past.status_code == 422 and "That moment is past." in words_of(past)
    assert 'value="2020"' in past.text
    odd = await press(approver, path, "schedule", day="tomorrow", month="²", year="", hour="x")
    assert odd.status_code == 422
    day = parts(today() + timedelta(days=1))
    assert (await press(approver, path, "schedule", hour="09:00", **day)).status_code == 303
    assert "◷ Will be public on" in words_of(await approver.get(path))
    assert "09:00" in words_of(await approver.get("/staff/changes?show=approved"))
    assert (await press(approver, path, "schedule", never="yes")).status_code == 303
    row = await stands(running, path)
    assert row.publish_at is None and row.state == "approved"
    assert (await press(approver, path, "schedule", hour="09:00", **day)).status_code == 303
    at = (await stands(running, path)).publish_at
    assert at and at.astimezone(LONDON).strftime("%H:%M") == "09:00"
    assert await publish_due(running.state.live.database, at - timedelta(seconds=1)) == []
    assert await publish_due(running.state.live.database, at) == [row.id]
    assert (await public(running, SLUG)).summary == "On its hour."


async def test_an_hour_that_passed_in_vain_is_told_on_the_change_and_at_home(
    signed_in: SignedIn, running: Starlette
) -> None:
    path, approver = await approved(running, signed_in, summary="In vain.")
    day = parts(today() + timedelta(days=1))
    await press(approver, path, "schedule", hour="09:00", **day)
    await staff_change(running, SLUG, "ready", summary="Meanwhile.")
    later = now() + timedelta(days=3)
    assert await publish_due(running.state.live.database, later) == []
    assert await publish_due(running.state.live.database, later) == [], "it is not tried again by itself"
    words = words_of(await approver.get(path))
    assert "▲ Could not be published" in words and "It was to be public by now and is not." in words
    assert "What was to be public by now is not" in words_of(await approver.get("/staff"))


async def test_going_back_minds_a_change_that_is_approved(signed_in: SignedIn, running: Starlette) -> None:
    slug = "lincolnshire-youth-housing"
    await staff_change(running, slug, "ready", summary="Newer.")
    await publish(at=now(), author="somebody", only={("entitlement", slug)})
    path, approver = await approved(running, signed_in, slug, summary="Waits.")
    version = f"/staff/entries/entitlement/{slug}/history/1"
    opened = hidden(await approver.get(version), "opened")
    reply = await approver.post(f"{version}/back", opened=opened)
    assert reply.status_code == 409 and "Send that back first." in words_of(reply)
    await press(approver, path, "send-back")
    assert (await approver.post(f"{version}/back", opened=opened)).status_code == 303


async def test_taken_away_at_once_with_a_reason(
    signed_in: SignedIn, running: Starlette, stranger: httpx2.AsyncClient
) -> None:
    slug = "lincolnshire-savings-account"
    path = f"/staff/entries/entitlement/{slug}"
    approver = await signed_in(("approver", OURS))
    assert f'href="{path}/withdraw"' in (await approver.get(path)).text
    assert f'href="{path}/withdraw"' not in (await (await signed_in(("editor", OURS))).get(path)).text
    opened = hidden(await approver.get(f"{path}/withdraw"), "opened")
    silent = await approver.post(f"{path}/withdraw", opened=opened, reason="", when="now")
    assert silent.status_code == 422 and "Say why." in words_of(silent)
    done = await approver.post(f"{path}/withdraw", opened=opened, reason="The scheme is over.", when="now")
    assert done.status_code == 303
    assert not await is_public(running, slug)
    words = words_of(await approver.get(done.headers["location"]))
    assert "Taken away. The public page is gone." in words and "The scheme is over." in words
    assert "Withdrew" in words and "● Gone since list" in words
    twice = await approver.post(f"{path}/withdraw", opened=opened, reason="The scheme is over.", when="now")
    assert twice.headers["location"] == done.headers["location"], "pressed twice is pressed once"
    again = await approver.post(f"{path}/withdraw", opened=opened, reason="Again.", when="now")
    assert again.status_code == 409
    assert "It was taken away from the public." in words_of(await approver.get(path))
    row = (await newest(running.state.live.database, 1))[0]
    assert row.account == approver.account and "scheme is over" not in row.detail


async def test_what_others_lead_to_cannot_go_before_them(signed_in: SignedIn, running: Starlette) -> None:
    parent = "personal-adviser-to-21"
    path = f"/staff/entries/entitlement/{parent}/withdraw"
    approver = await signed_in(("approver", "england"))
    page = await approver.get(path)
    assert "These are public and lead to it" in words_of(page) and "Take it away" not in page.text
    opened = str(await newest_of(running.state.live.database, "entitlement", parent))
    forced = await approver.post(path, opened=opened, reason="Gone.", when="now")
    assert forced.status_code == 422
    assert (await public(running, parent)).id == parent
    assert (
        not await StaffChange.filter(title__contains="Take away")
        .using_db(running.state.live.database)
        .filter(scope="england")
    )


async def test_taken_away_on_a_day_by_itself(signed_in: SignedIn, running: Starlette) -> None:
    slug = "lincolnshire-free-leisure"
    path = f"/staff/entries/entitlement/{slug}/withdraw"
    approver = await signed_in(("approver", OURS))
    opened = hidden(await approver.get(path), "opened")
    fields = {"opened": opened, "reason": "It ends.", "when": "later", "hour": "00:00"}
    assert (await approver.post(path, **fields, day="", month="", year="")).status_code == 422
    done, twice = [await approver.post(path, **fields, **parts(today() + timedelta(days=2))) for _ in "ab"]
    assert done.status_code == 303 and twice.headers["location"] == done.headers["location"]
    assert (await public(running, slug)).id == slug
    words = words_of(await approver.get(done.headers["location"]))
    assert "◷ Will be taken away on" in words and "It will be taken away by itself" in words
    assert "Take it away now" in words and "Publish" not in words
    at = (await stands(running, done.headers["location"].partition("?")[0])).publish_at
    assert at and await publish_due(running.state.live.database, at)
    assert not await is_public(running, slug)


async def test_an_approver_of_another_council_reaches_nothing(
    signed_in: SignedIn, running: Starlette
) -> None:
    editor, other = await signed_in(("editor", OURS)), await signed_in(("admin", THEIRS))
    path = await drafted(running, editor, summary="Ours.")
    await press(editor, path, "submit")
    assert (await other.get(path)).status_code == 403
    for act in ("approve", "publish", "drop", "send-back", "comment"):
        assert (await other.post(f"{path}/{act}", seen="", text="x")).status_code == 403, act
    assert f'href="{path}"' not in (await other.get("/staff/changes?show=review")).text
    assert (await other.get("/staff/changes/999999")).status_code == 404
    assert (await stands(running, path)).state == "review"


async def test_a_document_can_be_taken_out_of_a_change(signed_in: SignedIn, running: Starlette) -> None:
    editor = await signed_in(("editor", OURS))
    path = await drafted(running, editor, summary="One.")
    change, connection = (await stands(running, path)).id, running.state.live.database
    other = "lincolnshire-college-bursary"
    base = await newest_of(connection, "entitlement", other)
    item = Item("entitlement", other, "save", base, {**await body(running, other), "summary": "Two."})
    await changes.put(connection, change, item, By(editor.account, "T"), now())
    reply = await press(editor, path, "take-out", kind="entitlement", slug=other)
    assert reply.status_code == 303
    found = await change_of(connection, change)
    assert found and [each.slug for each in found.items] == [SLUG]


async def test_the_empty_lists_say_what_to_do(signed_in: SignedIn) -> None:
    who = await signed_in(("viewer", THEIRS))
    for show in ("", "?show=review", "?show=approved", "?show=published", "?show=<script>"):
        page = await who.get(f"/staff/changes{show}")
        assert page.status_code == 200 and "<script>" not in page.text
    assert "Nobody is writing a change." in words_of(await who.get("/staff/changes?show=drafts"))
    assert "You are writing nothing." in words_of(await who.get("/staff/changes"))


async def test_a_viewer_reads_a_change_and_has_no_buttons(signed_in: SignedIn, running: Starlette) -> None:
    editor, viewer = await signed_in(("editor", OURS)), await signed_in(("viewer", OURS))
    path = await drafted(running, editor, summary="To be read.")
    page = await viewer.get(path)
    assert "To be read." in words_of(page) and "An editor of this place can ask for its review." in words_of(
        page
    )
    assert 'method="post"' not in re.sub(
        r'<form action="/staff/sign-out".*?</form>', "", page.text, flags=re.S
    )


async def test_what_was_taken_away_comes_back_to_its_address(
    signed_in: SignedIn, running: Starlette, stranger: httpx2.AsyncClient
) -> None:
    slug = "lincolnshire-id-documents"
    approver = await signed_in(("approver", OURS))
    path = f"/staff/entries/entitlement/{slug}"
    opened = hidden(await approver.get(f"{path}/withdraw"), "opened")
    await approver.post(f"{path}/withdraw", opened=opened, reason="Wrong.", when="now")
    live = running.state.live
    before, live.edition = (
        live.edition,
        replace(
            live.edition,
            entries={name: entry for name, entry in live.edition.entries.items() if name != slug},
            history=await read_history(live.database),
        ),
    )
    gone = await stranger.get(f"/entitlements/{slug}")
    assert gone.status_code == 410 and "We took this page down." in words_of(gone)
    assert gone.headers["cache-control"] == "no-cache", "browsers keep a 410 for ever unless told"
    assert (await stranger.get(f"/entitlements/{slug}/easy")).status_code == 410
    assert (await stranger.get("/entitlements/never-there")).status_code == 404
    live.edition = before
    opened = hidden(await approver.get(f"{path}/history/1"), "opened")
    assert (await approver.post(f"{path}/history/1/back", opened=opened)).status_code == 303
    assert await is_public(running, slug)
