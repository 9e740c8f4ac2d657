"""Ways to take over an account or to act past one's time that were found by looking for them, each shut."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from starlette.applications import Starlette

from offer.clock import now
from offer.db.change_models import StaffIdentity
from offer.db.errors import Refused
from offer.db.staff_models import StaffAccount, StaffRole, StaffSession
from offer.pages.staff.council import BACK
from offer.staff.accounts import close, give_role, invite_again
from offer.staff.audit import By
from offer.staff.codes import form_token
from offer.staff.council.journey import as_cookie, from_cookie
from tests.offer.pages.reading import words_of
from tests.offer.staff.conftest import SignedIn
from tests.offer.staff.people import Somebody, browser
from tests.offer.staff.test_council_sign_in import council, linked_up

__all__ = ["council", "linked_up"]
OURS = "E10000019"


async def test_a_journey_that_was_begun_to_sign_in_never_links(
    linked_up: Starlette, signed_in: SignedIn
) -> None:
    """Whoever sits at a browser that was left open can write its cookies: "sign-in" may become "link"."""
    owner: Somebody = await signed_in(("editor", OURS))
    begun = await owner.client.get("/staff/sign-in/council")
    journey = from_cookie(owner.client.cookies["staff-journey"])
    assert journey and journey.purpose == "sign-in" and begun.status_code == 303
    forged = as_cookie(replace(journey, purpose="link", about=str(owner.account)))
    owner.client.cookies.set("staff-journey", forged, domain="127.0.0.1", path="/")
    answer = await _answer_of(begun.headers["location"])
    refused = await owner.client.get(answer)
    assert refused.status_code == 403, words_of(refused)
    assert not await StaffIdentity.all().using_db(linked_up.state.live.database).exists()


async def _answer_of(address: str) -> str:
    import httpx2

    async with httpx2.AsyncClient() as outside:
        back = (await outside.get(address)).headers["location"]
    assert BACK in back
    return str(back).partition("127.0.0.1")[2]


async def test_a_form_that_comes_slowly_is_no_longer_taken_from_who_was_signed_out(
    running: Starlette, signed_in: SignedIn
) -> None:
    """What somebody may is looked at when the whole form is there, not when it began to come."""
    who, connection = await signed_in(("editor", OURS)), running.state.live.database
    sent = f"token={form_token(who.key)}&scope={OURS}&you_said=Old.&we_did=New.".encode()

    async def slowly() -> AsyncIterator[bytes]:
        yield sent[:20]
        rows = StaffSession.filter(account_id=who.account).using_db(connection)
        await rows.update(ended_at=now())
        yield sent[20:]

    headers = {"content-type": "application/x-www-form-urlencoded"}
    late = await who.client.post("/staff/you-said", content=slowly(), headers=headers)
    assert late.status_code == 403 and "Sign in" in words_of(late)


async def test_two_admins_who_end_each_other_at_one_moment_leave_one(
    running: Starlette, signed_in: SignedIn
) -> None:
    connection = running.state.live.database

    async def closes(mine: Somebody, theirs: Somebody) -> None:
        await close(connection, theirs.account, By(mine.account, "T"), now())

    async def takes_the_role(mine: Somebody, theirs: Somebody) -> None:
        await give_role(connection, theirs.account, OURS, None, By(mine.account, "T"), now())

    for deed in (closes, takes_the_role):
        one, two = await signed_in(("admin", OURS)), await signed_in(("admin", OURS))
        done = await asyncio.gather(deed(one, two), deed(two, one), return_exceptions=True)
        assert [isinstance(each, Refused) for each in done].count(True) == 1
        left = StaffRole.filter(account_id__in=[one.account, two.account], role="admin", scope=OURS)
        assert await left.filter(account__closed_at=None).using_db(connection).count() == 1


async def test_who_is_no_admin_any_more_makes_no_new_address(running: Starlette, signed_in: SignedIn) -> None:
    connection = running.state.live.database
    me, other = await signed_in(("viewer", OURS)), await signed_in(("admin", OURS))
    with pytest.raises(Refused, match="no admin any more"):
        await invite_again(connection, other.account, By(me.account, "T"), now())
    held = await StaffAccount.get(id=other.account, using_db=connection)
    assert held.password is not None and held.invitation is None


async def test_an_account_without_a_role_is_not_any_council_s_to_take(
    running: Starlette, signed_in: SignedIn
) -> None:
    """Else an admin elsewhere takes a new one-time address for it, and waits until it has a role again."""
    between: Somebody = await signed_in()
    elsewhere, national = await signed_in(("admin", OURS)), await signed_in(("admin", "england"))
    path = f"/staff/people/{between.account}"
    assert (await elsewhere.get(path)).status_code == 403
    for act in ("invite", "close"):
        assert (await elsewhere.post(f"{path}/{act}")).status_code == 403
    given = await elsewhere.post(f"{path}/roles", scope=OURS, role="viewer")
    assert given.status_code == 303, "to give it a role in one's own council is no harm, and is logged"
    rows = StaffRole.filter(account_id=between.account).using_db(running.state.live.database)
    await rows.delete()
    assert (await national.get(path)).status_code == 200
    assert (await national.post(f"{path}/invite")).status_code == 200


@pytest.mark.parametrize("name", ["X-Forwarded-For", "X-Forwarded-Proto", "Forwarded", "Via", "X-Real-IP"])
async def test_a_proxy_that_writes_this_machine_s_name_does_not_open_the_door_without_https(
    running: Starlette, name: str
) -> None:
    """As some do unless they are told otherwise: a password would cross the network in the open."""
    async with browser(running) as stranger:
        assert (await stranger.get("/staff/sign-in")).status_code == 200
        said = await stranger.get("/staff/sign-in", headers={name: "192.0.2.1"})
        assert said.status_code == 403 and "https only" in words_of(said)
