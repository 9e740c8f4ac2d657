"""Advice on words as staff meet it: on a page of its own, and while they type; nothing typed is kept."""

import json

import pytest
from starlette.applications import Starlette

from offer.catalogue.documents import document_of
from offer.catalogue.revisions import Stamp, save
from offer.clock import now
from offer.db.change_models import StaffScope
from offer.db.models import Document, Revision
from offer.pages.staff.words import SHOWN
from tests.offer.pages.reading import words_of
from tests.offer.staff.conftest import SignedIn

OURS, THEIRS, SLUG = "E10000019", "E06000047", "lincolnshire-college-bursary"


async def our_words(running: Starlette) -> None:
    """Lincolnshire has its own mind about a word."""
    await StaffScope.update_or_create(
        {"words": json.dumps([[["tutor"], ["teacher"]]])},
        using_db=running.state.live.database,
        scope=OURS,
    )


async def test_a_page_of_advice_about_the_newest_version(signed_in: SignedIn, running: Starlette) -> None:
    who, connection = await signed_in(("viewer", OURS)), running.state.live.database
    await our_words(running)
    row = await Document.get(kind="entitlement", slug=SLUG, using_db=connection)
    kept = await Revision.get(document_id=row.id, number=row.newest, using_db=connection)
    steps = ["Ask your tutor about your placement.", "<script>alert(1)</script> Click here."]
    changed = document_of("entitlement", kept.body).model_copy(update={"steps": steps})
    await save("entitlement", changed, Stamp("somebody", now(), state="draft"))
    page = await who.get(f"/staff/entries/entitlement/{SLUG}/words")
    said = words_of(page)
    for words in ("Steps, 1", "tutor", "Write “teacher”.", "placement", "Name the page"):
        assert words in said
    assert "About version 2" in said and "<script>alert" not in page.text
    assert "/words" in (await who.get(f"/staff/entries/entitlement/{SLUG}")).text
    assert (await who.get("/staff/entries/entitlement/nothing/words")).status_code == 404


async def test_advice_while_typing_uses_the_words_of_ones_own_council(
    signed_in: SignedIn, running: Starlette, capsys: pytest.CaptureFixture[str]
) -> None:
    await our_words(running)
    typed = {"kind": "entitlement", "scope": OURS, "summary": "Ask your tutor, Zebedee.", "rule": "placement"}
    who, other = await signed_in(("editor", OURS)), await signed_in(("editor", THEIRS))
    reply = await who.post("/staff/words", **typed)
    assert [each["quote"] for each in reply.json()["remarks"]] == ["tutor"]
    logged = capsys.readouterr()
    assert reply.headers["cache-control"] == "no-store"
    assert "/staff/words" in logged.out and "Zebedee" not in logged.out + logged.err
    assert (await other.post("/staff/words", **typed)).json() == {"remarks": []}


async def test_a_form_that_is_no_entry_s_gets_an_empty_answer(signed_in: SignedIn) -> None:
    who = await signed_in(("editor", OURS))
    assert (await who.post("/staff/words", kind="nonsense", summary="placement")).json() == {"remarks": []}
    many = {f"steps-{number}": "Click here." for number in range(SHOWN + 20)}
    assert len((await who.post("/staff/words", kind="entitlement", **many)).json()["remarks"]) == SHOWN
    assert (await who.client.post("/staff/words", data={"summary": "no mark"})).status_code == 403
