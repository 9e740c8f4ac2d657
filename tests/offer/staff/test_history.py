"""Versions of an entry: who wrote each, what it changed, and going back to one."""

import httpx2
from starlette.applications import Starlette

from offer.catalogue.publishing import publish
from offer.clock import now
from offer.staff.audit import newest
from offer.staff.versions import versions
from tests.offer.pages.reading import words_of
from tests.offer.staff.conftest import SignedIn
from tests.offer.staff.people import Somebody, hidden
from tests.offer.staff.test_content import OURS, THEIRS, public, staff_change

SLUG = "lincolnshire-free-leisure"
THEIR_SLUG = "durham-staying-close"
PATH = f"/staff/entries/entitlement/{SLUG}"


async def published(running: Starlette, slug: str, **changed: object) -> None:
    """Another version of an entry, published."""
    await staff_change(running, slug, "ready", **changed)
    await publish(at=now(), author="somebody", only={("entitlement", slug)})


async def back_to(who: Somebody, number: int) -> httpx2.Response:
    opened = hidden(await who.get(f"{PATH}/history/{number}"), "opened")
    return await who.post(f"{PATH}/history/{number}/back", opened=opened)


async def test_every_version_is_listed_with_what_it_changed(signed_in: SignedIn, running: Starlette) -> None:

    await published(running, SLUG, summary="Money on your birthday <b>and</b> at Christmas.")
    await staff_change(running, SLUG, "draft", summary="Not ready.")
    who = await signed_in(("viewer", OURS))
    words = words_of(await who.get(f"{PATH}/history"))
    assert (
        "● Public since list" in words
        and "○ Was public, in list" in words
        and "✎ Draft, never public" in words
    )
    assert "somebody, by staff" in words and "from a file" in words
    page = await who.get(f"{PATH}/history/2")
    assert "Summary" in page.text and "&lt;b&gt;and&lt;/b&gt;" in page.text and "<b>and</b>" not in page.text
    assert "<del>" in page.text and "<ins>" in page.text and "taken out:" in page.text
    assert "Bring version" not in page.text
    assert "This is the first version" in words_of(await who.get(f"{PATH}/history/1"))
    assert (await who.get(f"{PATH}/history/99")).status_code == 404


async def test_an_approver_goes_back_and_nothing_else_is_published(
    signed_in: SignedIn, running: Starlette
) -> None:
    slug_before = await public(running, SLUG)
    await published(running, SLUG, summary="Wrong words.")
    await staff_change(running, THEIR_SLUG, "ready", summary="Ready, but nobody published it.")
    theirs = await public(running, THEIR_SLUG)
    who = await signed_in(("approver", OURS))
    assert (await public(running, SLUG)).summary == "Wrong words."
    opened = hidden(await who.get(f"{PATH}/history/1"), "opened")
    done, twice = [await who.post(f"{PATH}/history/1/back", opened=opened) for _ in range(2)]
    assert (done.status_code, twice.status_code) == (303, 303), "pressed twice is pressed once"
    after = await public(running, SLUG)
    assert after.summary != "Wrong words." and after.title == slug_before.title
    assert await public(running, THEIR_SLUG) == theirs
    row = (await newest(running.state.live.database, 1))[0]
    assert (row.act, row.about, row.account) == ("went back", f"entitlement {SLUG}", who.account)
    words = words_of(await who.get(done.headers["location"]))
    assert "That version is public again." in words and "Back to version 1." in words


async def test_going_back_never_runs_over_what_somebody_saved_meanwhile(
    signed_in: SignedIn, running: Starlette
) -> None:
    await published(running, SLUG, summary="First words.")
    who = await signed_in(("approver", OURS))
    opened = hidden(await who.get(f"{PATH}/history/1"), "opened")
    await published(running, SLUG, summary="Newer words.")
    late = await who.post(f"{PATH}/history/1/back", opened=opened)
    assert late.status_code == 409 and "Somebody else saved this" in words_of(late)
    assert (await public(running, SLUG)).summary == "Newer words."


async def test_neither_a_draft_nor_the_public_version_can_be_brought_back(
    signed_in: SignedIn, running: Starlette
) -> None:
    await published(running, SLUG, summary="Public words.")
    await staff_change(running, SLUG, "draft", summary="Draft words.")
    who = await signed_in(("approver", OURS))
    opened = hidden(await who.get(f"{PATH}/history/1"), "opened")
    for number in (int(opened), int(opened) - 1, 9_999):
        reply = await who.post(f"{PATH}/history/{number}/back", opened=opened)
        assert reply.status_code in (404, 409), number
    assert (await public(running, SLUG)).summary == "Public words."


async def test_what_the_public_reads_already_is_not_brought_back_under_another_number(
    signed_in: SignedIn, running: Starlette
) -> None:
    for summary in ("First words.", "Other words.", "First words."):
        await published(running, SLUG, summary=summary)
    newest_one = (await versions(running.state.live.database, "entitlement", SLUG))[0].number
    who = await signed_in(("approver", OURS))
    version = running.state.live.version
    page = await who.get(f"{PATH}/history/{newest_one - 2}")
    assert "Bring version" not in page.text
    reply = await who.post(f"{PATH}/history/{newest_one - 2}/back", opened=str(newest_one))
    assert reply.status_code == 409 and "The public reads the very same now" in words_of(reply)
    assert running.state.live.version == version


async def test_an_editor_and_another_councils_approver_cannot(signed_in: SignedIn) -> None:
    for grant in (("editor", OURS), ("approver", THEIRS), ("admin", "england")):
        who = await signed_in(grant)
        assert (await who.post(f"{PATH}/history/1/back", opened="1")).status_code == 403


async def test_a_changed_rule_is_told_in_sentences(signed_in: SignedIn, running: Starlette) -> None:
    await staff_change(running, SLUG, "ready", rule=(await public(running, "railcard-16-25")).rule)
    who = await signed_in(("viewer", OURS))
    newest_one = (await versions(running.state.live.database, "entitlement", SLUG))[0].number
    page = await who.get(f"{PATH}/history/{newest_one}")
    assert "Who can get it" in page.text and "Never public" in words_of(page)
    for sign in ("{", "&#39;fact&#39;", "age_years"):
        assert sign not in page.text[page.text.index("<h1") : page.text.index("</main>")]
