"""Editing by the form, as an editor of a council meets it: drafts, faults, previews, new documents."""

import html
import json
import re

import httpx2
import pytest
from starlette.applications import Starlette

from offer.catalogue.documents import document_of, text_of
from offer.catalogue.revisions import Stamp, save
from offer.clock import now
from offer.db.change_models import StaffChange, StaffChangeItem
from offer.db.models import Document, Revision
from offer.pages.staff.preview import HERE
from tests.offer.pages.reading import words_of
from tests.offer.staff.conftest import SignedIn
from tests.offer.staff.people import Somebody

OURS, THEIRS = "E10000019", "E06000047"
SLUG = "lincolnshire-college-bursary"
PATH = f"/staff/entries/entitlement/{SLUG}/edit"
NEW = "/staff/entries/new/entitlement"
DOCUMENTS = {
    "entitlement": SLUG,
    "organisation": "lincolnshire-county-council",
    "location": "district-council-offices-sleaford",
    "service": "housing-north-kesteven",
}
Form = dict[str, list[str]]


@pytest.fixture(autouse=True)
async def _no_changes_yet(running: Starlette) -> None:
    """The tests of a module share a database."""
    await StaffChange.all().using_db(running.state.live.database).delete()


def form_of(page: httpx2.Response) -> Form:
    """The fields of the form as a browser would send them."""
    found: Form = {}
    inside = page.text.partition("data-editing")[2].partition("</form>")[0]
    for match in re.finditer(r"<(input|select|textarea)\b([^>]*)>", inside):
        tag, attributes = match[1], match[2]
        name = re.search(r'\bname="([^"]+)"', attributes)
        if name is None:
            continue
        rest = inside[match.end() :]
        if tag == "textarea":
            value = rest.partition("</textarea>")[0].removeprefix("\n")
        elif tag == "select":
            options = rest.partition("</select>")[0]
            chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
            value = chosen[1] if chosen else ""
        else:
            kind = re.search(r'type="(\w+)"', attributes)
            if kind and kind[1] in ("checkbox", "radio") and " checked" not in attributes:
                continue
            held = re.search(r'value="([^"]*)"', attributes)
            value = held[1] if held else ""
        found.setdefault(name[1], []).append(html.unescape(value))
    return found


async def send(who: Somebody, path: str, form: Form, act: str = "save", **changed: str) -> httpx2.Response:
    fields = {**form, **{name.replace("__", "."): [value] for name, value in changed.items()}, "act": [act]}
    return await who.client.post(path, data=fields)


async def held(running: Starlette, slug: str = SLUG) -> StaffChangeItem | None:
    rows = StaffChangeItem.filter(slug=slug).using_db(running.state.live.database).order_by("-id")
    return await rows.first()


@pytest.mark.parametrize("kind", DOCUMENTS)
async def test_the_page_sends_back_just_what_stands_in_the_document(
    signed_in: SignedIn, running: Starlette, kind: str
) -> None:
    """What a browser sends of the untouched page is the document: so it is never changed by opening it."""
    who = await signed_in(("editor", OURS))
    path = f"/staff/entries/{kind}/{DOCUMENTS[kind]}/edit"
    page = await who.get(path)
    assert page.status_code == 200
    reply = await send(who, path, form_of(page))
    assert reply.status_code == 422 and "Nothing is different" in words_of(reply)
    assert await held(running, DOCUMENTS[kind]) is None


async def test_what_is_saved_is_a_draft_in_a_change_and_the_public_sees_nothing(
    signed_in: SignedIn, running: Starlette
) -> None:
    who = await signed_in(("editor", OURS))
    page = await who.get(PATH)
    reply = await send(who, PATH, form_of(page), title="Up to £1,200 for college")
    item = await held(running)
    assert item and reply.headers["location"] == f"/staff/changes/{item.change_id}"
    body = json.loads(item.body)
    assert (body["title"], item.base, item.edition, item.account) == (
        "Up to £1,200 for college", 1, 1, who.account,
    )  # fmt: skip
    assert text_of(document_of("entitlement", item.body)) == item.body
    change = await StaffChange.get(id=item.change_id, using_db=running.state.live.database)
    assert (change.scope, change.state, change.title) == (OURS, "draft", "Change: Up to £1,200 for college")
    assert running.state.live.published.entries[SLUG].title != "Up to £1,200 for college"


async def test_a_draft_is_opened_again_from_its_change_and_saved_into_it(
    signed_in: SignedIn, running: Starlette
) -> None:
    who = await signed_in(("editor", OURS))
    await send(who, PATH, form_of(await who.get(PATH)), title="First")
    item = await held(running)
    assert item
    again = await who.get(f"{PATH}?change={item.change_id}")
    assert form_of(again)["title"] == ["First"]
    await send(who, PATH, form_of(again), title="Second")
    second = await held(running)
    assert second and (second.change_id, second.edition) == (item.change_id, 2)
    assert json.loads(second.body)["title"] == "Second"
    assert "is in another open change too" in words_of(await who.get(PATH))


async def test_faults_are_saved_with_the_draft_and_named_at_their_fields(
    signed_in: SignedIn, running: Starlette
) -> None:
    who = await signed_in(("editor", OURS))
    form = form_of(await who.get(PATH))
    reply = await send(who, PATH, form, summary="", checked_on__day="31", checked_on__month="2", topic="")
    item = await held(running)
    assert item and reply.headers["location"] == f"{PATH}?change={item.change_id}&saved"
    page = await who.get(reply.headers["location"])
    words = words_of(page)
    assert "3 things to finish" in words and "Saved as a draft" in words
    assert "Summary: This is still empty." in words and "Main topic: Choose one." in words
    assert "That is no day." in words
    assert '<a href="#f-checked_on-day">' in page.text
    kept = form_of(page)
    assert (kept["checked_on.day"], kept["checked_on.month"]) == (["31"], ["2"]), "as it was typed"


async def test_every_button_keeps_everything_that_was_typed(signed_in: SignedIn, running: Starlette) -> None:
    who = await signed_in(("editor", OURS))
    form = form_of(await who.get(PATH))
    typed = {**form, "title": ["<b>Half a"], "checked_on.day": ["99"], "bring": ["one\r\ntwo"]}
    longer = form_of(await send(who, PATH, typed, "add steps"))
    number = len([name for name in form if name.startswith("steps.")])
    assert longer.pop(f"steps.{number}") == [""]
    assert {**longer, "bring": ["one\r\ntwo"]} == typed and longer["bring"] == ["one\ntwo"]
    more = form_of(await send(who, PATH, typed, "add sources"))
    assert {name for name in more if name not in typed} == {
        f"sources.2.{part}" for part in ("name", "url", "dated", "seen.day", "seen.month", "seen.year")
    }
    fewer = form_of(await send(who, PATH, typed, "remove sources.0"))
    assert not [name for name in fewer if name.startswith("sources.0")]
    assert fewer["sources.1.name"] == form["sources.1.name"]
    raised = form_of(await send(who, PATH, typed, "up steps.1"))
    assert (raised["steps.0"], raised["steps.1"]) == (form["steps.1"], form["steps.0"])
    spoken = form_of(await send(who, PATH, typed, "add translations.so"))
    assert spoken["translations.so.title"] == [""]
    assert await held(running) is None, "none of it is stored"


async def test_markup_stays_words(signed_in: SignedIn) -> None:
    who = await signed_in(("editor", OURS))
    hostile = "</textarea><script>alert(1)</script>"
    form = form_of(await who.get(PATH))
    page = await send(who, PATH, form, "preview", title=hostile, who_for=hostile)
    assert "<script>alert" not in page.text and form_of(page)["who_for"] == [hostile]


async def test_the_preview_is_the_public_page_of_the_draft(
    signed_in: SignedIn, running: Starlette, stranger: httpx2.AsyncClient
) -> None:
    who = await signed_in(("editor", OURS))
    form = form_of(await who.get(PATH))
    frame = await send(who, PATH, form, "look")
    public = await stranger.get(f"http://127.0.0.1/entitlements/{SLUG}")
    assert words_of(frame).replace(" .", ".") == words_of(public), "numbers to ring lead nowhere in it"
    assert "<script" not in frame.text
    assert {each.partition("#")[0] for each in re.findall(r'<a [^>]*href="([^"]*)"', frame.text)} == {HERE}
    page = await send(who, PATH, form, "preview", title="A title nobody published")
    assert "Preview – not public" in words_of(page)
    source = re.search(r'srcdoc="([^"]*)"', page.text)
    assert source and "A title nobody published" in html.unescape(source[1])
    assert (
        "A title nobody published" not in (await stranger.get(f"http://127.0.0.1/entitlements/{SLUG}")).text
    )


@pytest.mark.parametrize("kind", DOCUMENTS)
async def test_a_preview_of_every_kind_and_of_an_empty_form(signed_in: SignedIn, kind: str) -> None:
    who = await signed_in(("editor", OURS))
    path = f"/staff/entries/{kind}/{DOCUMENTS[kind]}/edit"
    shown = await send(who, path, form_of(await who.get(path)), "look")
    assert shown.status_code == 200 and "govuk-heading-l" in shown.text
    new = f"/staff/entries/new/{kind}"
    empty = await send(who, new, form_of(await who.get(new)), "preview")
    assert empty.status_code == 200 and "Preview – not public" in words_of(empty)


async def test_a_new_entry_gets_its_address_from_its_title(signed_in: SignedIn, running: Starlette) -> None:
    who = await signed_in(("editor", OURS))
    form = form_of(await who.get(NEW))
    assert form["authority"] == [OURS], "the only council there is"
    reply = await send(who, NEW, form, title="Free swimming (Lincoln’s pools)")
    item = await held(running, "free-swimming-lincolns-pools")
    assert item and (item.base, item.edition) == (0, 1)
    path = f"/staff/entries/entitlement/{item.slug}/edit?change={item.change_id}"
    assert reply.headers["location"] == f"{path}&saved"
    page = await who.get(path)
    assert form_of(page)["title"] == ["Free swimming (Lincoln’s pools)"]
    assert "the rule: Choose the facts that decide it." in words_of(page)
    assert (await who.get(path.partition("?")[0])).status_code == 404, "only its change has it"


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"title": ""}, "Write this first"),
        ({"title": "x", "id": "Not Good"}, "Only small letters"),
        ({"title": "x", "id": SLUG}, "There is one at this address already"),
        ({"title": "x", "authority": THEIRS}, "Choose a council where you are an editor"),
        ({"title": "x", "authority": ""}, "Choose a council where you are an editor"),
    ],
)
async def test_a_new_entry_without_an_address_or_of_another_council_is_refused_in_words(
    signed_in: SignedIn, running: Starlette, typed: dict[str, str], words: str
) -> None:
    who = await signed_in(("editor", OURS))
    form = form_of(await who.get(NEW))
    page = await send(who, NEW, {**form, "summary": ["Kept."]}, **typed)
    assert page.status_code == 422 and words in words_of(page)
    assert form_of(page)["summary"] == ["Kept."]
    assert not await StaffChange.all().using_db(running.state.live.database).exists()


async def test_pressing_twice_makes_one_change(signed_in: SignedIn, running: Starlette) -> None:
    who = await signed_in(("editor", OURS))
    form = form_of(await who.get(PATH))
    first = await send(who, PATH, form, title="Once")
    second = await send(who, PATH, form, title="Once")
    assert first.headers["location"] == second.headers["location"]
    first_change = f"{PATH}?change={first.headers['location'].rpartition('/')[2]}"
    new = form_of(await who.get(NEW))
    first = await send(who, NEW, new, title="New once")
    second = await send(who, NEW, new, title="New once")
    assert first.headers["location"] == second.headers["location"]
    assert await StaffChange.all().using_db(running.state.live.database).count() == 2
    drafted = form_of(await who.get(first_change))
    again = [await send(who, PATH, drafted, title="Twice") for _ in range(2)]
    assert [each.status_code for each in again] == [303, 303]


@pytest.mark.parametrize(
    "more",
    [
        {"surprise": "x"},
        {"rule.all.0": "x"},
        {"steps.x": "y"},
        {"sources.0.secret": "y"},
        {"translations.xx.title": "y"},
        {"terms.0.percent": "100"},
    ],
)
async def test_fields_the_form_does_not_have_are_refused(
    signed_in: SignedIn, running: Starlette, more: dict[str, str]
) -> None:
    who = await signed_in(("editor", OURS))
    form = form_of(await who.get(PATH))
    page = await who.client.post(PATH, data={**form, **{n: [v] for n, v in more.items()}, "act": ["save"]})
    assert page.status_code == 422 and "does not ask for" in words_of(page)
    assert await held(running) is None


async def test_what_is_fixed_stays_and_what_cannot_be_shown_is_refused(
    signed_in: SignedIn, running: Starlette
) -> None:
    who = await signed_in(("editor", OURS), ("editor", THEIRS))
    form = form_of(await who.get(PATH))
    assert "id" not in form and "authority" not in form
    page = await send(who, PATH, form, title="a\x00b")
    assert page.status_code == 422 and "cannot be shown" in words_of(page)
    await send(who, PATH, form, id="other", authority=THEIRS, title="New")
    item = await held(running)
    assert item and json.loads(item.body)["authority"] == OURS and json.loads(item.body)["id"] == SLUG


async def test_a_new_entry_with_signs_that_cannot_be_shown_stays_typed(signed_in: SignedIn) -> None:
    who = await signed_in(("editor", OURS))
    empty = form_of(await who.get(NEW))
    page = await send(who, NEW, empty, title="Bus passes", summary="Pasted\x00from elsewhere")
    assert page.status_code == 422
    assert "Summary: There are signs in it that cannot be shown. Type that part again by hand." in words_of(
        page
    )
    assert 'value="Bus passes"' in page.text or ">\nBus passes</textarea>" in page.text


async def test_words_copied_from_elsewhere_are_taken_in_plain_signs(
    signed_in: SignedIn, running: Starlette
) -> None:
    who = await signed_in(("editor", OURS))
    form = form_of(await who.get(PATH))
    pasted = "\ufeffUp to\u00a0£100 for\u202fbooks,\u200b and tra\u00advel."
    reply = await send(who, PATH, form, summary=pasted)
    assert reply.status_code == 303
    item = await held(running)
    assert item and json.loads(item.body)["summary"] == "Up to £100 for books, and travel."


async def test_too_much_is_kept_in_the_draft_and_said(signed_in: SignedIn, running: Starlette) -> None:
    who = await signed_in(("editor", OURS))
    form = form_of(await who.get(PATH))
    reply = await send(who, PATH, form, title="x" * 450, **{"bring": "\n".join(["line"] * 900)})
    page = await who.get(reply.headers["location"])
    assert "Title: Keep it to 400 letters: it has 450." in words_of(page)


async def test_a_lost_session_keeps_a_long_form_whole(signed_in: SignedIn, running: Starlette) -> None:
    who = await signed_in(("editor", OURS))
    form = form_of(await who.get(PATH))
    long = "One\nTwo " + "x" * 1500
    typed = {**form, "title": ["Kept"], "who_for": [long], "more_topics": ["", "work", "money"]}
    who.client.cookies.clear()
    page = await send(who, PATH, typed)
    assert page.status_code == 403
    waits: dict[str, list[str]] = {}
    for name, value in re.findall(r'name="kept\.([^"]+)" value="([^"]*)"', page.text):
        waits.setdefault(name, []).append(html.unescape(value))
    sent = {name: values for name, values in typed.items() if name != "token"}
    assert waits == {**sent, "act": ["save"]}


async def test_a_change_of_another_council_is_not_there(signed_in: SignedIn) -> None:
    theirs, who = await signed_in(("editor", THEIRS)), await signed_in(("editor", OURS))
    other = "/staff/entries/entitlement/durham-college-bursary/edit"
    reply = await send(theirs, other, form_of(await theirs.get(other)), title="Theirs")
    number = reply.headers["location"].rpartition("/")[2]
    assert (await who.get(f"{PATH}?change={number}")).status_code == 404
    assert (await who.get(f"{NEW}?change={number}")).status_code == 404
    form = form_of(await who.get(PATH))
    assert (await send(who, PATH, {**form, "change": [number]}, title="x")).status_code == 404


# Two people at one document


async def two(signed_in: SignedIn) -> tuple[Somebody, Somebody]:
    return await signed_in(("editor", OURS)), await signed_in(("editor", OURS))


def hidden_form(page: httpx2.Response) -> Form:
    """All that the page of a choice sends along."""
    found: Form = {}
    inside = page.text.partition("<main")[2]
    for name, value in re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', inside):
        found.setdefault(name, []).append(html.unescape(value))
    return found


async def test_the_second_to_save_a_draft_sees_both_and_chooses(
    signed_in: SignedIn, running: Starlette
) -> None:
    ann, ben = await two(signed_in)
    await send(ann, PATH, form_of(await ann.get(PATH)), title="First")
    item = await held(running)
    assert item
    path = f"{PATH}?change={item.change_id}"
    anns, bens = form_of(await ann.get(path)), form_of(await ben.get(path))
    await send(ann, PATH, anns, title="Ann’s title", decided_by="Ann’s council", ask="Ann")
    page = await send(ben, PATH, bens, title="Ben’s <title>", ask="Ben", summary="Ben’s summary.")
    words = words_of(page)
    assert page.status_code == 409 and "Somebody saved this draft" in words
    for said in ("Title What it was First", "Ann’s title", "Ben’s <title>", "Who decides Ann’s council"):
        assert said in words, said
    assert "<title>Ben" not in page.text.partition("<main")[2]
    assert "summary" not in re.findall(r'name="choose\.(\w+)"', page.text), "only Ben changed that"
    unsaid = await send(ben, PATH, {**hidden_form(page), "choose.title": ["theirs"]}, "choose")
    assert unsaid.status_code == 409 and "Choose for each field" in words_of(unsaid)
    chosen = {**hidden_form(unsaid), "choose.title": ["theirs"], "choose.ask": ["mine"]}
    assert (await send(ben, PATH, chosen, "choose")).status_code == 303
    kept = await held(running)
    assert kept and kept.edition == 3
    body = json.loads(kept.body)
    assert (body["title"], body["ask"]) == ("Ann’s title", "Ben")
    assert (body["decided_by"], body["summary"]) == ("Ann’s council", "Ben’s summary.")


async def test_whoever_goes_back_and_saves_again_goes_on_in_their_own_draft(
    signed_in: SignedIn, running: Starlette
) -> None:
    who, other = await signed_in(("editor", OURS)), await signed_in(("editor", OURS))
    form = form_of(await who.get(PATH))
    first = await send(who, PATH, form, summary="First.", who_for="Students.")
    again = await send(who, PATH, form, summary="Second.")
    words = words_of(again)
    assert again.status_code == 409 and "You have a draft of this already" in words
    assert "First." in words and "Second." in words and "Somebody" not in words
    done = await send(who, PATH, {**hidden_form(again), "choose.summary": ["mine"]}, "choose")
    assert done.headers["location"].partition("?")[0] == first.headers["location"].partition("?")[0]
    item = await held(running)
    assert item and json.loads(item.body)["summary"] == "Second."
    assert json.loads(item.body)["who_for"] == "Students.", "what only the draft had stays"
    assert await StaffChange.all().using_db(running.state.live.database).count() == 1
    await send(other, PATH, form_of(await other.get(PATH)), summary="Another person's.")
    assert await StaffChange.all().using_db(running.state.live.database).count() == 2


async def test_a_third_save_between_is_seen_too(signed_in: SignedIn, running: Starlette) -> None:
    ann, ben = await two(signed_in)
    await send(ann, PATH, form_of(await ann.get(PATH)), title="First")
    item = await held(running)
    assert item
    path = f"{PATH}?change={item.change_id}"
    bens = form_of(await ben.get(path))
    await send(ann, PATH, form_of(await ann.get(path)), title="Ann 1")
    page = await send(ben, PATH, bens, title="Ben")
    await send(ann, PATH, form_of(await ann.get(path)), title="Ann 2")
    again = await send(ben, PATH, {**hidden_form(page), "choose.title": ["mine"]}, "choose")
    assert again.status_code == 409 and "Ann 2" in words_of(again), "a choice about Ann 1 says nothing of it"
    assert (
        await send(ben, PATH, {**hidden_form(again), "choose.title": ["mine"]}, "choose")
    ).status_code == 303
    last = await held(running)
    assert last and json.loads(last.body)["title"] == "Ben"


async def test_what_was_published_meanwhile_is_seen_and_nothing_of_it_is_undone(
    signed_in: SignedIn, running: Starlette
) -> None:
    who = await signed_in(("editor", OURS))
    slug = "lincolnshire-driving-lessons"
    path = f"/staff/entries/entitlement/{slug}/edit"
    form = form_of(await who.get(path))
    row = await Document.get(kind="entitlement", slug=slug, using_db=running.state.live.database)
    newest = await Revision.get(document_id=row.id, number=row.newest, using_db=running.state.live.database)
    now_is = document_of("entitlement", newest.body).model_copy(
        update={"summary": "Published meanwhile.", "decided_by": "Somebody else"}
    )
    await save("entitlement", now_is, Stamp("somebody", now()))
    page = await send(who, path, form, summary="Mine.")
    assert page.status_code == 409 and "A newer version was published" in words_of(page)
    await send(who, path, {**hidden_form(page), "choose.summary": ["mine"]}, "choose")
    item = await held(running, slug)
    assert item and item.base == row.newest + 1
    body = json.loads(item.body)
    assert (body["summary"], body["decided_by"]) == ("Mine.", "Somebody else")


async def test_after_signing_in_again_the_form_is_there_as_it_was_typed(signed_in: SignedIn) -> None:
    who = await signed_in(("editor", OURS))
    form = form_of(await who.get(PATH))
    typed = {**form, "title": ["Typed"], "sources.0.name": ["Half"], "bring": ["one\r\ntwo"]}
    lost = await who.client.post(PATH, data={**typed, "token": ["of another session"], "act": ["save"]})
    assert lost.status_code == 403 and "Everything you typed is kept" in words_of(lost)
    back = await send(who, PATH, {**hidden_form(lost)}, "preview")
    shown = form_of(back)
    assert {**shown, "bring": ["one\r\ntwo"]} == typed
