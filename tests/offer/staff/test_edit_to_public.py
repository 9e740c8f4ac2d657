"""From an empty form to the public page: a new entry, its rule on its own page, review and publishing."""

from typing import Any

from starlette.applications import Starlette

from offer.catalogue.reading import read_published
from offer.clock import now
from offer.staff.audit import By
from offer.staff.change import Item, faults_of
from offer.staff.change_publishing import publish_change
from offer.staff.change_rows import change_of
from offer.staff.changes import approve, put, submit
from tests.offer.pages.reading import words_of
from tests.offer.staff.conftest import SignedIn
from tests.offer.staff.test_edit import NEW, OURS, form_of, send

RULE = {"id": "rule", "fact": "age_years", "from": 16, "cite": "Free swimming page"}
TYPED = {
    "title": "Free swimming in Lincoln", "summary": "You can swim for free.", "topic": "travel-and-leisure",
    "what_you_get.0": "Swim for free, as often as you like.", "who_for": "You are 16 or over.",
    "for_care_leavers": "yes", "steps.0": "Ask at the pool.", "decided_by": "Your council",
    "ask": "your personal adviser", "if_told_no": "Ask your adviser to ring them.",
    "area_basis": "responsible_authority", "nature": "council-choice", "strength": "local_offer",
    "confidence": "found in source", "legal_basis": "",
    "sources.0.name": "Free swimming page", "sources.0.url": "https://example.org/swim",
    "sources.0.seen.day": "1", "sources.0.seen.month": "11", "sources.0.seen.year": "2026",
}  # fmt: skip
SLUG = "free-swimming-in-lincoln"


async def test_from_an_empty_form_to_the_public_page(signed_in: SignedIn, running: Starlette) -> None:
    connection, who = running.state.live.database, await signed_in(("editor", OURS))
    typed: dict[str, Any] = {name: [text] for name, text in TYPED.items() if text}
    reply = await send(who, NEW, {**form_of(await who.get(NEW)), **typed})
    assert reply.status_code == 303
    form = await who.get(reply.headers["location"])
    assert "1 thing to finish" in words_of(form), "only its rule"
    change = int(form_of(form)["change"][0])
    for part in ("rule", "terms", "yaml"):
        address = f"/staff/entries/entitlement/{SLUG}/{part}?change={change}"
        assert (await who.get(address)).status_code == 200, part
        assert (await who.get(address.partition("?")[0])).status_code == 404, "it is in that change only"
    assert (await who.get(f"/staff/changes/{change}")).status_code == 200
    held = await change_of(connection, change)
    assert held
    (item,) = held.items
    assert len(faults_of(item)) == 1
    me, other = By(who.account, "Test team"), By(0, "Other team")
    whole = Item(item.kind, item.slug, "save", 0, {**item.body, "rule": RULE}, item.edition, who.account)
    await put(connection, change, whole, me, now())
    again = await who.get(f"/staff/entries/entitlement/{SLUG}/edit?change={change}")
    assert "to finish" not in words_of(again)
    await submit(connection, change, me, now())
    await approve(connection, change, other, now())
    report = await publish_change(connection, change, other, now())
    assert report.refused == ()
    public = {each.id: each for each in (await read_published(connection)).entitlements}
    assert public[SLUG].summary == "You can swim for free."
    page = await who.get(f"/staff/entries/entitlement/{SLUG}")
    assert page.status_code == 200 and "Edit" in words_of(page) and "About age" in words_of(page)
