"""What waits for a person: a file that differs from what staff wrote, records of feeds, and the full copy."""

import io
import json
import zipfile
from typing import Any

from starlette.applications import Starlette

from offer.catalogue.documents import body_of, digest_of, document_of, text_of
from offer.clock import now, today
from offer.db.models import Document, Feed, ImportedRecord, ReviewItem, Revision
from offer.staff.audit import newest
from offer.staff.change import Change
from offer.staff.change_rows import change_of
from offer.staff.feeds import Came, came, record_of
from offer.staff.roles import scope_of
from tests.offer.pages.reading import words_of
from tests.offer.staff.conftest import SignedIn
from tests.offer.staff.people import Somebody, hidden

OURS, THEIRS = "E10000019", "E06000047"
SLUG = "lincolnshire-college-bursary"


async def a_file(running: Starlette, slug: str = SLUG, **changed: object) -> int:
    """The document as another file has it, waiting."""
    connection = running.state.live.database
    row = await Document.get(kind="entitlement", slug=slug, using_db=connection)
    kept = await Revision.get(document_id=row.id, number=row.newest, using_db=connection)
    text = text_of(document_of("entitlement", kept.body).model_copy(update=changed))
    item = await ReviewItem.create(
        using_db=connection, document_id=row.id, body=text, digest=digest_of(text),
        file=f"{slug}.yaml", at=now(), state="open",
    )  # fmt: skip
    return item.id


async def changed_to(running: Starlette, location: str) -> Change:
    """The change a reply leads to."""
    change = await change_of(running.state.live.database, int(location.removeprefix("/staff/changes/")))
    assert change and change.state == "draft"
    return change


async def test_what_a_file_says_is_taken_into_a_change_once(signed_in: SignedIn, running: Starlette) -> None:
    item = await a_file(running, summary="As the file has it <i>now</i>.")
    who, path = await signed_in(("editor", OURS)), f"/staff/items/{item}"
    assert f'href="{path}"' in (await who.get("/staff")).text
    page = await who.get(path)
    assert "&lt;i&gt;now&lt;/i&gt;" in page.text and "◔ Waits for somebody" in words_of(page)
    opened = hidden(page, "opened")
    assert (await who.post(f"{path}/take", opened="77")).status_code == 409
    done = await who.post(f"{path}/take", opened=opened)
    change = await changed_to(running, done.headers["location"])
    assert [(i.slug, i.body["summary"]) for i in change.items] == [(SLUG, "As the file has it <i>now</i>.")]
    again = await who.post(f"{path}/take", opened=opened)
    assert again.status_code == 409 and "Somebody decided this before you" in words_of(again)
    after = await who.get(path)
    assert "✓ Taken into a change" in words_of(after) and "Take it or not" not in words_of(after)
    assert (await newest(running.state.live.database, 1))[0].act == "took a file"


async def test_a_declined_file_is_not_asked_about_again(signed_in: SignedIn, running: Starlette) -> None:
    slug = "lincolnshire-free-leisure"
    item = await a_file(running, slug, summary="Not like this.")
    who = await signed_in(("editor", OURS))
    assert (await who.post(f"/staff/items/{item}/decline")).status_code == 303
    row = await ReviewItem.get(id=item, using_db=running.state.live.database)
    assert row.state == "declined" and row.decided_by == f"Test team, account {who.account}"
    assert (await who.post(f"/staff/items/{item}/decline")).status_code == 409
    assert f"/staff/items/{item}" not in (await who.get("/staff")).text
    viewer = await signed_in(("viewer", OURS))
    assert "Take it or not" not in words_of(await viewer.get(f"/staff/items/{item}"))
    assert (await viewer.get("/staff/items/99999")).status_code == 404


# Feeds.

TRUST: dict[str, Any] = {
    "authority": OURS, "stage": "draft", "confidence": "unconfirmed", "checked_on": "2026-11-01",
    "review_by": "2027-05-01", "sources": [{"name": "A feed", "seen": "2026-11-01"}],
}  # fmt: skip


def service(slug: str, **more: object) -> dict[str, Any]:
    return {
        "id": slug, "name": f"Service {slug}", "organisation": f"{slug}-org", "kind": "advice",
        "areas": [OURS], "topics": ["money"], "status": "open", "summary": "Advice on money.",
        "at": [{"location": f"{slug}-place"}], **TRUST, **more,
    }  # fmt: skip


def organisation(slug: str) -> dict[str, Any]:
    return {"id": slug, "name": f"Runner {slug}", **TRUST}


async def brought(
    running: Starlette, kind: str, *versions: tuple[str, dict[str, Any]], says: dict[str, Any] | None = None,
    missed: int = 0,
) -> str:  # fmt: skip
    """A record with its versions as (state, body), and what the feed said last; its slug."""
    connection = running.state.live.database
    feed, _ = await Feed.get_or_create(url="https://feed.example/", using_db=connection)
    bodies = [text_of(document_of(kind, json.dumps(body))) for _, body in versions]
    slug = str(versions[0][1]["id"])
    row = await Document.create(
        using_db=connection, kind=kind, slug=slug, newest=len(bodies), newest_digest=digest_of(bodies[-1])
    )
    for number, ((state, _), body) in enumerate(zip(versions, bodies, strict=True), 1):
        await Revision.create(
            using_db=connection, document_id=row.id, number=number, body=body, digest=digest_of(body),
            author="local-offer import oruk", at=now(), origin="imported", state=state,
        )  # fmt: skip
    staged = text_of(document_of(kind, json.dumps(says))) if says else bodies[-1]
    await ImportedRecord.create(
        using_db=connection, feed_id=feed.id, kind=kind, remote_id=slug, document_id=row.id, given="{}",
        staged=staged, first_seen=today(), missed=missed,
    )  # fmt: skip
    return slug


async def found(running: Starlette, kind: str, slug: str) -> Came:
    connection = running.state.live.database
    feed = await Feed.get(url="https://feed.example/", using_db=connection)
    held = await record_of(connection, feed.id, kind, slug)
    assert held
    return held


async def decided(who: Somebody, held: Came, act: str, **fields: str) -> str:
    path = f"/staff/feeds/{held.feed}/{held.kind}/{held.slug}"
    reply = await who.post(f"{path}/{act}", opened=hidden(await who.get(path), "opened"), **fields)
    assert reply.status_code == 303, words_of(reply)
    return reply.headers["location"]


async def test_a_new_service_is_taken_with_what_it_stands_on(signed_in: SignedIn, running: Starlette) -> None:
    who = await signed_in(("editor", OURS))
    await brought(running, "organisation", ("draft", organisation("n1-org")))
    place = {"id": "n1-place", "name": "A place", "areas": [OURS], **TRUST}
    await brought(running, "location", ("draft", place))
    slug = await brought(running, "service", ("draft", service("n1")))
    held = await found(running, "service", slug)
    assert held.standing == "new"
    listed = words_of(await who.get("/staff/feeds"))
    assert "Service n1" in listed and "+ New, never public" in listed
    path = f"/staff/feeds/{held.feed}/service/{slug}"
    unsure = await who.post(f"{path}/take", opened="1", sure="")
    assert unsure.status_code == 409 and "Say how sure you are first" in words_of(unsure)
    change = await changed_to(running, await decided(who, held, "take", sure="found in source"))
    assert {(i.kind, i.body["stage"], i.body["confidence"]) for i in change.items} == {
        (kind, "public", "found in source") for kind in ("organisation", "location", "service")
    }
    assert "It is in a change already" in words_of(await who.get(path))


async def test_a_new_service_that_nobody_wants_is_closed_before_it_opened(
    signed_in: SignedIn, running: Starlette
) -> None:
    who = await signed_in(("editor", OURS))
    slug = await brought(running, "service", ("draft", service("n2")))
    await decided(who, await found(running, "service", slug), "decline")
    held = await found(running, "service", slug)
    assert (held.standing, held.waiting["status"], held.waiting["stage"]) == ("declined", "closed", "draft")
    assert (await newest(running.state.live.database, 1))[0].act == "declined from a feed"


PUBLIC = {"stage": "public", "confidence": "found in source"}


async def test_what_a_feed_changed_is_seen_beside_what_staff_changed(
    signed_in: SignedIn, running: Starlette
) -> None:
    who = await signed_in(("editor", OURS))
    ready = service("c1", summary="Ours.", cost="Free", **PUBLIC)
    waiting = {**ready, "cost": "£5"}
    says = service("c1", summary="Theirs.", cost="£5")
    slug = await brought(running, "service", ("ready", ready), ("draft", waiting), says=says)
    held = await found(running, "service", slug)
    assert held.standing == "changed" and held.differs == ("summary",)
    words = words_of(await who.get(f"/staff/feeds/{held.feed}/service/{slug}"))
    assert "What came since" in words and "+ £5" in words
    assert "what the feed says" in words and "Theirs." in words
    change = await changed_to(running, await decided(who, held, "take"))
    assert change.items[0].body["cost"] == "£5" and change.items[0].body["summary"] == "Ours."
    await decided(who, held, "decline")
    after = await found(running, "service", slug)
    assert after.standing == "ours" and after.waiting["cost"] == "Free" and not after.is_draft


async def test_what_ended_or_went_missing_waits_for_a_person(signed_in: SignedIn, running: Starlette) -> None:
    who, ready = await signed_in(("editor", OURS)), service("e1", **PUBLIC)
    closed = {**ready, "status": "closed"}
    ended = await found(
        running, "service", await brought(running, "service", ("ready", ready), ("ready", closed))
    )
    assert ended.standing == "ended"
    await decided(who, ended, "decline")
    assert (await found(running, "service", "e1")).waiting["status"] == "open"
    slug = await brought(running, "service", ("ready", service("m1", **PUBLIC)), missed=1)
    missing = await found(running, "service", slug)
    assert missing.standing == "missing"
    change = await changed_to(running, await decided(who, missing, "take"))
    assert change.items[0].body["status"] == "closed"
    await decided(who, missing, "decline")
    assert (await found(running, "service", slug)).standing == "same"
    late = await who.post(f"/staff/feeds/{missing.feed}/service/{slug}/decline", opened="1")
    assert late.status_code == 409 and "nothing to decide" in words_of(late)


async def test_records_of_other_places_are_neither_listed_nor_opened(
    signed_in: SignedIn, running: Starlette
) -> None:
    slug = await brought(running, "service", ("draft", service("d1", authority=THEIRS)))
    who = await signed_in(("admin", OURS))
    assert "Service d1" not in (await who.get("/staff/feeds")).text
    held = await found(running, "service", slug)
    assert (await who.get(f"/staff/feeds/{held.feed}/service/{slug}")).status_code == 403
    assert (await who.get(f"/staff/feeds/999/entitlement/{SLUG}")).status_code == 404
    assert {each.scope for each in await came(running.state.live.database, [THEIRS])} == {THEIRS}


# The full copy.


async def test_a_full_copy_holds_everything_of_a_place_and_nobody_in_it(
    signed_in: SignedIn, running: Starlette
) -> None:
    who = await signed_in(("admin", OURS))
    await who.post(f"/staff/items/{await a_file(running, summary='Again.')}/decline")
    reply = await who.post(f"/staff/exchange/{OURS}/copy")
    assert reply.status_code == 200 and reply.headers["content-type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(reply.content))
    assert archive.testzip() is None
    names = set(archive.namelist())
    assert "README.txt" in names and f"documents/entitlements/{SLUG}.yaml" in names
    rows = {
        name: [json.loads(line) for line in archive.read(name).splitlines()]
        for name in names
        if name.endswith(".jsonl")
    }
    tables = "revisions published lists changes reports you-said files settings log"
    assert set(rows) == {f"{name}.jsonl" for name in tables.split()}
    assert {each["id"] for each in rows["revisions.jsonl"]} >= {SLUG}
    assert all(scope_of(each["body"]["authority"]) == OURS for each in rows["revisions.jsonl"])
    assert rows["published.jsonl"] and rows["lists.jsonl"] and rows["changes.jsonl"]
    assert rows["log.jsonl"][-1]["act"] == "took a full copy"
    assert any(each["act"] == "declined a file" for each in rows["log.jsonl"])
    whole = b"".join(archive.read(name) for name in names)
    assert b", account" not in whole, "authors are named by their team"
    for secret in (who.email.encode(), b"Person 0", b"password", b"durham-"):
        assert secret not in b"".join(archive.read(name) for name in names if name != "README.txt"), secret
    assert (
        await (await signed_in(("approver", OURS))).post(f"/staff/exchange/{OURS}/copy")
    ).status_code == 403


def test_the_bodies_of_these_tests_are_documents() -> None:
    assert body_of(document_of("service", json.dumps(service("x"))))["id"] == "x"
