"""A document as YAML for those who prefer it: the same bytes out and in, faults by line, hostile texts."""

from html import unescape

import httpx2
import pytest
from starlette.applications import Starlette

from offer.catalogue.documents import KINDS
from offer.staff.change_rows import changes
from tests.offer.staff.conftest import SignedIn
from tests.offer.staff.people import hidden

OURS, SLUG = "E10000019", "lincolnshire-college-bursary"
PATH = f"/staff/entries/entitlement/{SLUG}/yaml"


def text_of(page: httpx2.Response) -> str:
    """What stands in the box, as a browser reads it: the line end after the tag is not part of it."""
    return unescape(page.text.split('aria-describedby="text-hint">\n', 1)[1].split("</textarea>", 1)[0])


async def test_the_text_is_that_of_the_file_and_a_change_of_it_is_a_draft(
    signed_in: SignedIn, running: Starlette
) -> None:
    who = await signed_in(("editor", OURS))
    page = await who.get(PATH)
    text = text_of(page)
    assert text == (KINDS["entitlement"].starter / f"{SLUG}.yaml").read_text("utf-8")
    same = await who.post(PATH, was=hidden(page, "was"), text=text.replace("\n", "\r\n"))
    assert same.status_code == 409 and "You changed nothing." in same.text
    new = text.replace("    from: 16\n", "    from: 17\n")
    made = await who.post(PATH, was=hidden(page, "was"), text=new)
    assert made.status_code == 303
    (change, *_) = await changes(running.state.live.database, [OURS])
    item = change.item("entitlement", SLUG)
    assert item and item.body["rule"]["all"][0]["from"] == 17
    again = await who.get(f"{PATH}?change={change.id}")
    assert text_of(again) == new
    mine = text.replace("    from: 16\n", "    from: 15\n")
    lost = await who.post(PATH, was=hidden(page, "was"), text=mine, change=str(change.id))
    assert lost.status_code == 409 and "Nothing of yours is lost" in lost.text and text_of(lost) == mine


BOMB = "a0: &a0 [x, x]\n" + "".join(f"a{n + 1}: &a{n + 1} [*a{n}, *a{n}]\n" for n in range(20))
HOSTILE = {
    "bomb": BOMB, "empty": "", "brackets": "[" * 5000, "braces": "{" * 5000, "list": "- a\n- b",
    "words": "just words", "nul": "a: \x00", "two": "---\na: 1\n---\nb: 2",
    "markup": "<script>alert(1)</script>",
}  # fmt: skip


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("title:", "titel:", "Line 2: titel is not a field we know; did you mean title?"),
        ("topic: ", "topic: weather # ", "Line"),
        ("    from: 16\n", "    from: 20\n", "is not before 19"),
        ("fact: age_on_31_august", "fact: shoe_size", "is not a fact we know"),
        (f"id: {SLUG}", "id: another-one", f"The id must stay {SLUG}."),
        (f"authority: {OURS}", "authority: E06000047", "The authority stays as it is"),
        (f"authority: {OURS}", "authority: E92000001", "The authority stays as it is"),
        ("title:", "\ttitle:", "there is a tab; use spaces"),
        ("title:", "title: x\ntitle:", "stands twice"),
        ("title:", "title: !!python/name:os.system #", "Line 2: tags such as"),
        ("stage: public", "stage: public\nconfidence: found in source", "stands twice"),
    ],
)
async def test_a_fault_is_told_with_its_line_and_the_text_stays(
    signed_in: SignedIn, running: Starlette, old: str, new: str, told: str
) -> None:
    who, before = await signed_in(("editor", OURS)), await changes(running.state.live.database, [OURS])
    page = await who.get(PATH)
    text = text_of(page).replace(old, new, 1)
    assert text != text_of(page)
    reply = await who.post(PATH, was=hidden(page, "was"), text=text)
    assert reply.status_code == 422 and told in unescape(reply.text) and "<title>Error: " in reply.text
    assert text_of(reply) == text
    assert await changes(running.state.live.database, [OURS]) == before


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
async def test_hostile_texts_are_refused_in_words(signed_in: SignedIn, text: str) -> None:
    who = await signed_in(("editor", OURS))
    page = await who.get(PATH)
    reply = await who.post(PATH, was=hidden(page, "was"), text=text)
    assert reply.status_code == 422 and "Line " in reply.text and "<script>alert" not in reply.text


async def test_the_other_kinds_of_document_have_it_too_and_no_other_kind(signed_in: SignedIn) -> None:
    who = await signed_in(("editor", "england"), ("editor", OURS))
    for kind in ("service", "organisation", "location"):
        slugs = sorted(path.stem for path in KINDS[kind].starter.glob("*.yaml"))
        replies = [(await who.get(f"/staff/entries/{kind}/{slug}/yaml")).status_code for slug in slugs[:12]]
        assert set(replies) <= {200, 403}
    assert (await who.get(f"/staff/entries/nothing/{SLUG}/yaml")).status_code == 404


async def test_the_largest_entry_of_ours_can_be_sent_too(signed_in: SignedIn) -> None:
    who = await signed_in(("editor", "england"))
    path = "/staff/entries/entitlement/council-tax-care-leaver-discount/yaml"
    page = await who.get(path)
    text = text_of(page).replace("percent: 100", "percent: 99", 1)
    assert len(text) > 40_000
    assert (await who.post(path, was=hidden(page, "was"), text=text)).status_code == 303
