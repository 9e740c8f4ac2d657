"""The rule builder as a page: what its buttons do, what it refuses, and the change it saves into."""

import json
import re
from html import unescape

import httpx2
import pytest
from starlette.applications import Starlette

from offer.clock import now
from offer.db.models import Document, Revision
from offer.staff.audit import By
from offer.staff.change import Change, Item
from offer.staff.change_rows import change_of, changes
from offer.staff.changes import open_change, put
from tests.offer.staff.conftest import SignedIn
from tests.offer.staff.people import Somebody

OURS, SLUG = "E10000019", "lincolnshire-college-bursary"
PATH = f"/staff/entries/entitlement/{SLUG}/rule"
_INPUT = re.compile(
    r"<input ([^>]*)>|<textarea ([^>]*)>\n?([^<]*)</textarea>|<select ([^>]*)>(.*?)</select>", re.S
)


def attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return unescape(found[1]) if found else ""


def form_of(reply: httpx2.Response) -> dict[str, str | list[str]]:
    """What a browser would send of the rule form as it stands."""
    html = reply.text.split('id="rule"', 1)[1].split("</form>", 1)[0]
    sent: dict[str, list[str]] = {}
    for tag, area, text, select, options in _INPUT.findall(html):
        if tag and attribute(tag, "type") in ("radio", "checkbox") and " checked" not in tag:
            continue
        value = attribute(tag, "value")
        if area:
            value = unescape(text)
        elif select:
            chosen = re.search(r'value="([^"]*)" selected', options) or re.search(r'value="([^"]*)"', options)
            value = unescape(chosen[1]) if chosen else ""
        sent.setdefault(attribute(tag or area or select, "name"), []).append(value)
    sent.pop("token", None)
    return {name: values[0] if len(values) == 1 else values for name, values in sent.items()}


async def sent(who: Somebody, page: httpx2.Response, do: str, **more: str) -> httpx2.Response:
    return await who.post(PATH, **{**form_of(page), **more, "do": do})  # type: ignore[arg-type]


async def kept_rule(running: Starlette) -> dict[str, object]:
    """The rule in the newest open change of ours."""
    (change, *_) = await changes(running.state.live.database, [OURS])
    item = change.item("entitlement", SLUG)
    assert item
    rule: dict[str, object] = item.body["rule"]
    return rule


async def held(running: Starlette) -> list[Change]:
    """Every open change of ours: tests share one database."""
    return await changes(running.state.live.database, [OURS])


async def test_a_rule_of_three_lines_with_a_group_is_built_button_by_button(
    signed_in: SignedIn, running: Starlette
) -> None:
    who = await signed_in(("editor", OURS))
    page = await who.get(PATH)
    count = len(re.findall(r'name="r-\d+\.kind"', page.text))
    page = await sent(who, page, "add:r", **{"r.add": "any"})
    new = f"r-{count}"
    assert f'id="{new}"' in page.text
    page = await sent(who, page, f"add:{new}", **{f"{new}.add": "fact"})
    page = await sent(who, page, "look", **{f"{new}-0.fact": "employed"})
    assert "You have paid work" in page.text
    page = await sent(who, page, f"add:{new}", **{f"{new}-0.is": "true", f"{new}.add": "fact"})
    page = await sent(who, page, "look", **{f"{new}-1.fact": "lives_in"})
    page = await sent(who, page, "look", **{f"{new}-1.more": "Boston"})
    english = unescape(page.text.split('id="rule-english"')[1])
    assert "You have paid work." in english and "You live in Boston." in english
    saved = await sent(who, page, "save")
    assert saved.status_code == 303 and re.fullmatch(r"/staff/changes/\d+", saved.headers["location"])
    rule = await kept_rule(running)
    assert rule["all"][-1] == {  # type: ignore[index]
        "id": "any-of",
        "any": [
            {"id": "employed", "fact": "employed", "is": True},
            {"id": "lives-in", "fact": "lives_in", "in": ["E07000136"]},
        ],
    }


async def test_an_untouched_form_changes_nothing_and_begins_no_change(
    signed_in: SignedIn, running: Starlette
) -> None:
    who, before = await signed_in(("editor", OURS)), await held(running)
    reply = await sent(who, await who.get(PATH), "save")
    assert reply.status_code == 409 and "You changed nothing." in reply.text
    assert await held(running) == before


async def test_what_nobody_can_meet_is_not_saved_and_stays_typed(signed_in: SignedIn) -> None:
    who = await signed_in(("editor", OURS))
    page = await sent(who, await who.get(PATH), "add:r", **{"r.add": "fact"})
    key = re.findall(r'name="(r-\d+)\.kind"', page.text)[-1]
    page = await sent(who, page, "look", **{f"{key}.fact": "age_on_31_august"})
    reply = await sent(who, page, "save", **{f"{key}.low": "99"})
    assert reply.status_code == 422 and "<title>Error: " in reply.text
    assert "Nobody can ever meet this rule" in unescape(reply.text)
    assert f'name="{key}.low" value="99"' in reply.text
    words = await sent(who, page, "save", **{f"{key}.low": "abc<script>"})
    assert (
        words.status_code == 422 and "is not a whole number" in words.text and "abc<script>" not in words.text
    )


async def test_two_people_who_edit_the_same_rule_see_both_and_choose(
    signed_in: SignedIn, running: Starlette
) -> None:
    ann, ben = await signed_in(("editor", OURS)), await signed_in(("editor", OURS))
    first = await ann.get(PATH)
    made = await sent(ann, first, "save", **{"r.why": "For students of our council."})
    change = made.headers["location"].rpartition("/")[2]
    there = f"{PATH}?change={change}"
    one, other = await ann.get(there), await ben.get(there)
    assert (await sent(ann, one, "save", **{"r.why": "Ann's words."})).status_code == 303
    clash = await sent(ben, other, "save", **{"r.why": "Ben's words."})
    assert clash.status_code == 409 and "Somebody else changed this rule" in clash.text
    assert "Ann&#39;s words." in clash.text and "Ben&#39;s words." in clash.text
    assert (await sent(ben, clash, "over")).status_code == 303
    assert (await kept_rule(running))["why"] == "Ben's words."


async def test_another_part_that_somebody_saved_meanwhile_is_kept(
    signed_in: SignedIn, running: Starlette
) -> None:
    who, connection = await signed_in(("editor", OURS)), running.state.live.database
    row = await Document.get(kind="entitlement", slug=SLUG, using_db=connection)
    body = json.loads((await Revision.get(document=row, number=row.newest, using_db=connection)).body)
    by = By(who.account, "Test team")
    change = await open_change(connection, OURS, "Two at once", by, now())
    page = await who.get(f"{PATH}?change={change}")
    await put(
        connection,
        change,
        Item("entitlement", SLUG, "save", row.newest, {**body, "title": "New title"}),
        by,
        now(),
    )
    assert (await sent(who, page, "save", **{"r.why": "For students."})).status_code == 303
    saved = await change_of(connection, change)
    assert saved and (item := saved.item("entitlement", SLUG))
    assert item.body["title"] == "New title" and item.body["rule"]["why"] == "For students."


@pytest.mark.parametrize("change", ["999", "abc", "-1"])
async def test_a_change_that_is_not_there_or_not_of_this_council_is_not_opened(
    signed_in: SignedIn, running: Starlette, change: str
) -> None:
    who = await signed_in(("editor", OURS))
    reply = await who.get(f"{PATH}?change={change}")
    assert reply.status_code == (404 if change == "999" else 200)
    other = await open_change(running.state.live.database, "E06000047", "Theirs", By(None, "x"), now())
    assert (await who.get(f"{PATH}?change={other}")).status_code == 404
    assert (await sent(who, await who.get(PATH), "save", change=str(other))).status_code == 404


@pytest.mark.parametrize(
    "forged",
    [
        {"r.kind": "evil"},
        {"r-0-0-0-0.kind": "ask"},
        {f"r{'-0' * 30}.kind": "all"},
        {f"r-{n}.kind": "ask" for n in range(400)},
        {"r-0.text": "x" * 45_000, "r-0.kind": "yaml"},
        {"r-0.kind": "yaml", "r-0.text": "[" * 8_000},
        {"r-0.kind": "yaml", "r-0.text": '{"id":"x","fact":"no_such_fact","is":true}'},
        {"r-0.kind": "fact", "r-0.fact": "password_hash"},
    ],
    ids=["kind", "orphan", "deep", "many", "long", "bomb", "carried", "fact"],
)
async def test_a_forged_form_is_refused_in_words_and_nothing_is_saved(
    signed_in: SignedIn, running: Starlette, forged: dict[str, str]
) -> None:
    who, before = await signed_in(("editor", OURS)), await held(running)
    page = await who.get(PATH)
    reply = await sent(who, page, "save", **forged)
    assert reply.status_code == 422 and ("govuk-error-summary" in reply.text or "app-alert" in reply.text)
    assert await held(running) == before


async def test_every_rule_of_ours_opens(signed_in: SignedIn, running: Starlette) -> None:
    who = await signed_in(("editor", "england"), ("editor", OURS))
    for slug in (
        "council-tax-care-leaver-discount",
        "universal-credit-16-17-limited",
        SLUG,
        "council-tax-boston",
    ):
        reply = await who.get(f"/staff/entries/entitlement/{slug}/rule")
        assert reply.status_code == 200 and "Written in YAML" not in reply.text, slug


async def test_a_form_sent_after_the_session_was_lost_comes_back_as_the_form(signed_in: SignedIn) -> None:
    ann, ben = await signed_in(("editor", OURS)), await signed_in(("editor", OURS))
    typed = {**form_of(await ann.get(PATH)), "r.why": "Typed before.", "do": "save"}
    kept = await ben.client.post(PATH, data={**typed, "token": "of a session that ended"})
    assert kept.status_code == 403 and 'name="do" value="look"' in kept.text
    assert 'name="r.why" value="Typed before."' in kept.text and 'value="save"' not in kept.text


async def test_saving_pressed_twice_makes_one_change(signed_in: SignedIn, running: Starlette) -> None:
    who = await signed_in(("editor", OURS))
    page = await who.get(PATH)
    first, second = [await sent(who, page, "save", **{"r.why": "Pressed twice."}) for _ in range(2)]
    assert first.headers["location"] == second.headers["location"]


async def test_saving_pressed_twice_in_a_change_is_no_clash(signed_in: SignedIn, running: Starlette) -> None:
    who = await signed_in(("editor", OURS))
    first = await sent(who, await who.get(PATH), "save", **{"r.why": "For students."})
    change = first.headers["location"].rsplit("/", 1)[1]
    there = await who.get(f"{PATH}?change={change}")
    replies = [await sent(who, there, "save", **{"r.why": "For every student."}) for _ in range(2)]
    assert [reply.headers.get("location") for reply in replies] == [f"/staff/changes/{change}"] * 2
