"""Starting a council: its admin, its list and its team; what it sets; and what the public sees meanwhile."""

from collections.abc import AsyncIterator
from dataclasses import replace

import httpx2
import pytest
from starlette.applications import Starlette
from tortoise.backends.base.client import BaseDBAsyncClient

from offer.brand import brand
from offer.catalogue.documents import body_of
from offer.catalogue.publishing import publish
from offer.clock import now
from offer.db.models import CatalogueVersion
from offer.public_scopes import PublicScope, read_public_scopes
from offer.published import Published
from offer.site import sheet_called, sheet_name
from offer.staff.audit import newest
from offer.staff.change_rows import changes
from offer.staff.scope_settings import settings_of
from tests.offer.pages.reading import title_of, words_of
from tests.offer.staff.conftest import SignedIn
from tests.offer.staff.people import Somebody

KENT, OURS, ENGLAND = "E10000016", "E10000019", "england"
PATH = f"/staff/councils/{KENT}"
FIRST = {"scope": KENT, "email": "kim@kent.example", "name": "Kim", "team": "Leaving care team"}
SETTINGS = {"four_eyes": "yes", "team": "", "mail": "", "escalate_mail": "", "colour": "", "words": ""}


async def version(running: Starlette) -> int:
    return (await CatalogueVersion.get(id=1, using_db=running.state.live.database)).number


async def take_up(running: Starlette) -> None:
    """As the watch does with a new version."""
    live = running.state.live
    live.edition = replace(live.edition, scopes=await read_public_scopes(live.database))


@pytest.fixture
async def public(running: Starlette) -> AsyncIterator[httpx2.AsyncClient]:
    """Somebody of the public."""
    transport = httpx2.ASGITransport(app=running)
    async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
        yield client


async def test_a_council_begins_with_its_first_admin(
    signed_in: SignedIn, running: Starlette, public: httpx2.AsyncClient
) -> None:
    before = words_of(await public.get(f"/topics/housing?by={KENT}"))
    assert "We do not have Kent’s own offer yet." in before
    assert "ask Kent County Council’s leaving care team" in before
    who, connection = await signed_in(("admin", ENGLAND)), running.state.live.database
    number = await version(running)
    made = await who.post("/staff/councils/new", **FIRST)
    assert made.status_code == 200 and "/staff/invitation/" in made.text
    held = await settings_of(connection, KENT)
    assert held.started_at and held.team == "Leaving care team" and held.four_eyes
    assert await version(running) == number + 1, "so that every process takes it up"
    acts = [(row.act, row.about) for row in await newest(connection, 2)]
    assert acts[0] == ("changed settings", f"scope {KENT}") and acts[1][0] == "invited"
    await take_up(running)
    for path in (f"/topics/housing?by={KENT}", f"/what-changed/{KENT}"):
        after = words_of(await public.get(path))
        assert "Kent’s own offer is being written, and is not here yet." in after, path
        assert "ask Kent County Council’s leaving care team" in after
    listed = words_of(await who.get("/staff/councils"))
    assert "Kent" in listed and "Start a council" in listed
    twice = await who.post("/staff/councils/new", **FIRST)
    assert "/staff/invitation/" in twice.text, "pressed twice: the second page has the address that works"
    again = await who.post("/staff/councils/new", **{**FIRST, "name": "Kit"})
    assert again.status_code == 422 and "has begun already" in words_of(again)
    assert f'<option value="{KENT}"' not in (await who.get("/staff/councils/new")).text


async def test_what_is_wrong_comes_back_with_what_was_typed(signed_in: SignedIn, running: Starlette) -> None:
    who, number = await signed_in(("admin", ENGLAND)), await version(running)
    page = await who.post("/staff/councils/new", scope="E07000136", email="nobody", name="Kim <b>", team="")
    assert page.status_code == 422 and title_of(page).startswith("Error: ")
    words = words_of(page)
    assert "Choose a council." in words and "Type an email address" in words and "Type a team" in words
    assert 'value="Kim &lt;b&gt;"' in page.text and 'value="nobody"' in page.text
    assert await version(running) == number


async def test_somebody_with_an_account_becomes_admin_of_it_too(
    signed_in: SignedIn, running: Starlette
) -> None:
    who, other = await signed_in(("admin", ENGLAND)), await signed_in(("editor", OURS))
    sent = await who.post("/staff/councils/new", **{**FIRST, "scope": "E06000036", "email": other.email})
    assert sent.headers["location"] == "/staff/councils/E06000036?begun"
    assert (await other.get("/staff/councils/E06000036/settings")).status_code == 200
    oneself = await who.post("/staff/councils/new", **{**FIRST, "scope": "E06000037", "email": who.email})
    assert oneself.status_code == 422 and "Nobody changes their own account." in words_of(oneself)
    assert (await settings_of(running.state.live.database, "E06000037")).started_at is None


async def test_the_list_says_what_is_public_a_draft_or_missing(signed_in: SignedIn) -> None:
    words = words_of(await (await signed_in(("editor", OURS))).get(f"/staff/councils/{OURS}"))
    assert "Money to set up your first home ● Public" in words
    assert "Driving lessons ✎ Draft Driving lessons (Lincolnshire)" in words
    assert "T Levels ▲ Nothing yet" in words and "Begin an entry for T Levels" in words
    assert (await (await signed_in(("admin", ENGLAND))).get("/staff/councils/E07000136")).status_code == 404


async def test_the_team_is_a_draft_of_what_was_typed_and_nothing_else(
    signed_in: SignedIn, running: Starlette
) -> None:
    who, connection = await signed_in(("editor", KENT)), running.state.live.database
    wrong = await who.post(f"{PATH}/contacts", team="", phone="ring us", mail="x", website="kent.gov.uk")
    assert wrong.status_code == 422 and 'value="ring us"' in wrong.text
    assert all(word in words_of(wrong) for word in ("Type the name", "Type a phone number", "https://"))
    assert await changes(connection, [KENT]) == []
    await keep(who, team="Leaving Care Service", phone="", mail="", website="https://kent.example/care")
    (change,) = await changes(connection, [KENT])
    assert {(each.kind, each.slug) for each in change.items} == {
        ("organisation", "kent-county-council"), ("service", "kent-county-council-leaving-care-team"),
    }  # fmt: skip
    body = change.items[1].body
    assert "phones" not in body and body["not_found"] == ["phone number", "email address", "opening hours"]
    await keep(who, team="Leaving Care Service", phone="01632 960001", mail="", website="")
    (change,) = await changes(connection, [KENT])
    assert change.items[1].body["phones"] == [{"number": "01632 960001"}] and change.items[1].edition == 2
    page = words_of(await who.get(PATH))
    assert "✎ Draft" in page and "Open its change" in page


async def keep(who: Somebody, **fields: str) -> None:
    assert (await who.post(f"{PATH}/contacts", **fields)).headers["location"] == f"{PATH}?kept"


async def test_a_team_that_is_public_keeps_what_this_form_does_not_ask(
    signed_in: SignedIn, running: Starlette
) -> None:
    who = await signed_in(("editor", "E06000047"))
    page = await who.get("/staff/councils/E06000047")
    assert 'value="03000 262 271"' in page.text and "stays until a change is approved" in words_of(page)
    before = body_of(running.state.live.published.services["durham-care-leavers-service"].record)
    stands = {"team": before["name"], "phone": "03000 262 271", "mail": "", "website": before["website"]}
    same = await who.post("/staff/councils/E06000047/contacts", **stands)
    assert same.status_code == 409 and "Nothing is different" in words_of(same)
    fields = {**stands, "team": "Care Leavers Service", "mail": "care@durham.example"}
    await who.post("/staff/councils/E06000047/contacts", **fields)
    (change,) = await changes(running.state.live.database, ["E06000047"])
    (item,) = change.items
    assert item.base == 1
    asked = {"name", "email", "sources", "checked_on", "review_by", "not_found"}
    kept = {name: value for name, value in before.items() if name not in asked}
    assert {name: item.body[name] for name in kept} == kept, "the label of the phone, the summary, the areas"
    assert (item.body["name"], item.body["email"]) == ("Care Leavers Service", "care@durham.example")
    assert item.body["sources"][:-1] == before["sources"]
    assert item.body["sources"][-1]["name"] == "Told by the council itself"
    assert set(before["not_found"]) - set(item.body["not_found"]) == {"email address"}


async def test_settings_are_kept_checked_and_in_the_log(signed_in: SignedIn, running: Starlette) -> None:
    who, connection = await signed_in(("admin", KENT)), running.state.live.database
    number = await version(running)
    faults = {**SETTINGS, "mail": "nobody", "colour": "#ffcc00", "words": "placement your home"}
    wrong = await who.post(f"{PATH}/settings", **faults)
    words = words_of(wrong)
    assert wrong.status_code == 422 and "too light" in words and "nearest colour that passes" in words
    assert "Line 1" in words and "Type an email address" in words and "placement your home" in wrong.text
    good = {
        "four_eyes": "no",
        "team": "Leaving care",
        "mail": "Care@Kent.example",
        "words": "placement = home",
    }
    assert (await who.post(f"{PATH}/settings", **{**SETTINGS, **good})).status_code == 303
    held = await settings_of(connection, KENT)
    assert (held.four_eyes, held.team, held.mail) == (False, "Leaving care", "care@kent.example")
    assert await version(running) == number, "nothing of it is public"
    row = (await newest(connection, 1))[0]
    assert row.act == "changed settings" and "care@kent.example" not in row.detail and "mail" in row.detail
    page = await who.get(f"{PATH}/settings?saved")
    assert "placement = home" in page.text and "Saved." in words_of(page)
    national = await signed_in(("admin", ENGLAND))
    england = await national.get("/staff/councils/england/settings")
    assert england.status_code == 200 and 'id="colour"' not in england.text


async def test_a_colour_is_on_the_councils_own_pages_and_on_no_others(
    signed_in: SignedIn, running: Starlette, public: httpx2.AsyncClient
) -> None:
    who, number = await signed_in(("admin", OURS)), await version(running)
    sent = await who.post(f"/staff/councils/{OURS}/settings", **{**SETTINGS, "colour": "#6B2C91"})
    assert sent.status_code == 303 and await version(running) == number + 1
    await take_up(running)
    sheet = sheet_name(brand("#6b2c91"))
    for path in ("/entitlements/lincolnshire-college-bursary", "/entitlements/council-tax-boston",
                 "/council-tax/E07000136", f"/what-changed/{OURS}", f"/topics/money?by={OURS}"):  # fmt: skip
        assert f"/assets/{sheet}" in (await public.get(path)).text, path
    for path in ("/", "/entitlements/bus-travel", "/entitlements/durham-college-bursary", "/what-changed"):
        assert "/assets/brand." not in (await public.get(path)).text, path
    served = await public.get(f"/assets/{sheet}")
    assert served.text == brand("#6b2c91").sheet and "immutable" in served.headers["cache-control"]
    for odd in ("brand.6b2c91.000000000000.css", "brand.ffcc00.000000000000.css", "brand.zzzzzz.0.css"):
        assert (await public.get(f"/assets/{odd}")).status_code == 404
        assert sheet_called(odd) is None


async def test_a_publication_of_settings_alone_changes_no_document(
    running: Starlette, published: Published, signed_in: SignedIn
) -> None:
    connection: BaseDBAsyncClient = running.state.live.database
    who = await signed_in(("admin", ENGLAND))
    await who.post("/staff/councils/new", **{**FIRST, "scope": "E06000038", "email": "reading@c.example"})
    number = await version(running)
    report = await publish(at=now(), author="somebody")
    assert not report.moved and report.version == number
    scopes = await read_public_scopes(connection)
    assert scopes["E06000038"] == PublicScope("", begun=True)
