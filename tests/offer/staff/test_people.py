"""An admin looks after accounts: inviting, roles, sessions, a lost phone, closing."""

import re

import httpx2
from starlette.applications import Starlette

from offer.db.staff_models import StaffAccount
from tests.offer.pages.reading import words_of
from tests.offer.staff.conftest import SignedIn
from tests.offer.staff.people import browser

LINCOLNSHIRE = "E10000019"


async def test_inviting_shows_the_address_once(signed_in: SignedIn, stranger: httpx2.AsyncClient) -> None:
    admin = await signed_in(("admin", LINCOLNSHIRE))
    page = await admin.get("/staff/people")
    assert "Lincolnshire" in page.text and "England (national)" not in words_of(page)
    form = {
        "email": "New@Council.example",
        "name": "New",
        "team": "T",
        "scope": LINCOLNSHIRE,
        "role": "editor",
    }
    made = await admin.post("/staff/people", **form)
    found = re.search(r'value="http://127.0.0.1(/staff/invitation/[\w-]+)"', made.text)
    assert found and (await stranger.get(found[1])).status_code == 200
    assert found[1] not in (await admin.get("/staff/people")).text
    twice = await admin.post("/staff/people", **form)
    again = re.search(r'value="http://127.0.0.1(/staff/invitation/[\w-]+)"', twice.text)
    assert again and (await stranger.get(again[1])).status_code == 200, (
        "pressed twice: the second page counts"
    )
    assert (await stranger.get(found[1])).status_code == 404
    for other in ({**form, "name": "Another"}, {**form, "role": "viewer"}):
        taken = await admin.post("/staff/people", **other)
        assert taken.status_code == 422 and "has an account already" in words_of(taken)
    wrong = await admin.post("/staff/people", **{**form, "email": "no address", "name": "", "team": ""})
    assert wrong.status_code == 422 and 'value="no address"' in wrong.text
    assert wrong.text.count('class="govuk-error-message"') == 3


async def test_a_role_takes_effect_at_once(signed_in: SignedIn) -> None:
    admin, other = await signed_in(("admin", "england")), await signed_in(("viewer", LINCOLNSHIRE))
    assert (await other.get("/staff/people")).status_code == 403
    await admin.post(f"/staff/people/{other.account}/roles", scope=LINCOLNSHIRE, role="admin")
    assert (await other.get("/staff/people")).status_code == 200
    await admin.post(f"/staff/people/{other.account}/roles", scope=LINCOLNSHIRE, role="none")
    assert (await other.get("/staff/people")).status_code == 403
    assert "You have no role yet" in words_of(await other.get("/staff"))
    assert (
        await admin.post(f"/staff/people/{other.account}/roles", scope=LINCOLNSHIRE, role="king")
    ).status_code == 422


async def test_sessions_are_listed_and_ended_by_the_person_and_by_an_admin(
    signed_in: SignedIn, running: Starlette
) -> None:
    admin, other = await signed_in(("admin", "england")), await signed_in(("viewer", LINCOLNSHIRE))
    mine = await other.get("/staff/me")
    assert "Firefox on Linux" in mine.text and "This browser" in mine.text
    seen = await admin.get(f"/staff/people/{other.account}")
    found = re.search(rf"/staff/people/{other.account}/sessions/\d+/end", seen.text)
    assert found
    assert (await admin.post(found[0])).status_code == 303
    assert (await other.get("/staff")).status_code == 303, "signed out"
    assert (await admin.post(found[0])).status_code == 404
    assert (
        await admin.post(f"/staff/me{found[0].removeprefix(f'/staff/people/{other.account}')}")
    ).status_code == 404


async def test_a_new_invitation_ends_everything_old(signed_in: SignedIn, running: Starlette) -> None:
    admin, other = await signed_in(("admin", "england")), await signed_in(("viewer", LINCOLNSHIRE))
    made = await admin.post(f"/staff/people/{other.account}/invite")
    assert "/staff/invitation/" in made.text
    assert (await other.get("/staff")).status_code == 303
    row = await StaffAccount.get(id=other.account, using_db=running.state.live.database)
    assert row.password is None and row.totp is None


async def test_closing_forgets_the_person_and_keeps_the_number(
    signed_in: SignedIn, running: Starlette
) -> None:
    admin, other = await signed_in(("admin", "england")), await signed_in(("viewer", LINCOLNSHIRE))
    assert (await admin.post(f"/staff/people/{other.account}/close")).status_code == 303
    async with browser(running, {"staff": other.key}) as thief:
        assert (await thief.get("/staff")).status_code == 303
    row = await StaffAccount.get(id=other.account, using_db=running.state.live.database)
    assert (row.email, row.name, row.password) == (None, "", None) and row.team == "Test team"
    page = await admin.get(f"/staff/people/{other.account}")
    assert other.email not in page.text and "Closed" in page.text
    assert (await admin.post(f"/staff/people/{other.account}/invite")).status_code == 409


async def test_nobody_changes_or_closes_their_own_account(signed_in: SignedIn) -> None:
    admin = await signed_in(("admin", "england"))
    own = f"/staff/people/{admin.account}"
    assert "This is your own account" in (await admin.get(own)).text
    assert (await admin.post(f"{own}/roles", scope="england", role="viewer")).status_code == 409
    assert (await admin.post(f"{own}/close")).status_code == 409
    assert (await admin.get("/staff/people")).status_code == 200


async def test_the_log_shows_what_was_done_and_no_person(signed_in: SignedIn) -> None:
    admin, other = await signed_in(("admin", "england")), await signed_in(("viewer", LINCOLNSHIRE))
    await admin.post(f"/staff/people/{other.account}/roles", scope=LINCOLNSHIRE, role="editor")
    page = await admin.get("/staff/log")
    words = words_of(page)
    assert f"Test team, account {admin.account} changed role account {other.account}" in " ".join(
        words.split()
    )
    assert other.email not in words and "each sealed with the one before" in words
