"""Who may do what: every staff route × every role × the right and the wrong place, made from the routes."""

from collections.abc import Iterator
from itertools import product

import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from offer.clock import now, today
from offer.db.change_models import StaffChange, YouSaid
from offer.db.models import Document, Feedback, ReviewItem
from offer.pages.staff import routes, views
from offer.pages.staff.guard import guarded
from offer.staff.roles import NATIONAL, ROLES, Grant, Role, may, may_manage
from offer.staff.rules import ANYBODY, NOBODY, RULES
from tests.offer.staff.conftest import SignedIn
from tests.offer.staff.people import Somebody

OURS, THEIRS = "E10000019", "E06000047"  # Lincolnshire and County Durham
ENTRY, REPORT, SAID, CHANGE = "lincolnshire-college-bursary", 4711, 4712, 4713
ITEM = 4713
NOBODY_AT_ALL = "nobody"

# Written by hand, so that a rule that is loosened by mistake is noticed: who may, in the place of the thing.
# "of" is a role in the place of an entry or of a report's entry; "national" one for England's content.
# Where nothing follows it is about an account, which an admin of England manages in every place.
WANTED = {
    "GET /staff/sign-in": NOBODY_AT_ALL,
    "POST /staff/sign-in": NOBODY_AT_ALL,
    "GET /staff/invitation/{key}": NOBODY_AT_ALL,
    "POST /staff/invitation/{key}": NOBODY_AT_ALL,
    "GET /staff/sign-in/council": NOBODY_AT_ALL,
    "GET /staff/sign-in/council/back": NOBODY_AT_ALL,
    "GET /staff/invitation/{key}/council": NOBODY_AT_ALL,
    "POST /staff/sign-out": "any",
    "GET /staff": "any",
    "GET /staff/me": "any",
    "POST /staff/me/sessions/{session:int}/end": "any",
    "GET /staff/me/password": "any",
    "POST /staff/me/password": "any",
    "GET /staff/me/app": "any",
    "POST /staff/me/app": "any",
    "GET /staff/me/council": "any",
    "POST /staff/me/council": "any",
    "POST /staff/me/council/end": "any",
    "GET /staff/entries": "viewer anywhere",
    "GET /staff/entries/{kind}/{slug}": "viewer of",
    "POST /staff/entries/{kind}/{slug}/still-right": "editor of",
    "GET /staff/entries/entitlement/{slug}/rule": "editor of",
    "POST /staff/entries/entitlement/{slug}/rule": "editor of",
    "GET /staff/entries/entitlement/{slug}/terms": "editor of",
    "POST /staff/entries/entitlement/{slug}/terms": "editor of",
    "GET /staff/entries/{kind}/{slug}/yaml": "editor of",
    "POST /staff/entries/{kind}/{slug}/yaml": "editor of",
    "GET /staff/entries/{kind}/{slug}/history": "viewer of",
    "GET /staff/entries/{kind}/{slug}/history/{number:int}": "viewer of",
    "POST /staff/entries/{kind}/{slug}/history/{number:int}/back": "approver of",
    "GET /staff/entries/{kind}/{slug}/words": "viewer of",
    "POST /staff/words": "viewer anywhere",
    "GET /staff/entries/new/{kind}": "editor anywhere",
    "POST /staff/entries/new/{kind}": "editor anywhere",
    "GET /staff/entries/{kind}/{slug}/edit": "editor of",
    "POST /staff/entries/{kind}/{slug}/edit": "editor of",
    "GET /staff/entries/{kind}/{slug}/withdraw": "approver of",
    "POST /staff/entries/{kind}/{slug}/withdraw": "approver of",
    "GET /staff/changes": "viewer anywhere",
    "GET /staff/changes/{change:int}": "viewer of",
    "POST /staff/changes/{change:int}/name": "editor of",
    "POST /staff/changes/{change:int}/submit": "editor of",
    "POST /staff/changes/{change:int}/send-back": "editor of",
    "POST /staff/changes/{change:int}/approve": "approver of",
    "POST /staff/changes/{change:int}/publish": "approver of",
    "POST /staff/changes/{change:int}/schedule": "approver of",
    "POST /staff/changes/{change:int}/drop": "editor of",
    "POST /staff/changes/{change:int}/take-out": "editor of",
    "POST /staff/changes/{change:int}/comment": "editor of",
    "GET /staff/reports": "viewer anywhere",
    "GET /staff/reports/{report:int}": "viewer of",
    "POST /staff/reports/{report:int}": "editor of",
    "POST /staff/reports/{report:int}/you-said": "editor of",
    "GET /staff/you-said": "viewer anywhere",
    "POST /staff/you-said": "editor of",
    "POST /staff/you-said/{said:int}/remove": "editor of",
    "GET /staff/gaps": "viewer anywhere",
    "GET /staff/scrutiny": "viewer anywhere",
    "GET /staff/scrutiny.csv": "viewer anywhere",
    "GET /staff/earlier": "viewer anywhere",
    "GET /staff/money": "viewer anywhere",
    "GET /staff/exchange": "viewer anywhere",
    "GET /staff/exchange/{place}": "viewer of",
    "GET /staff/exchange/{place}/files/{name}": "viewer of",
    "POST /staff/exchange/{place}/try": "editor of",
    "POST /staff/exchange/{place}/change": "editor of",
    "GET /staff/councils": "viewer anywhere",
    "GET /staff/councils/new": "admin national",
    "POST /staff/councils/new": "admin national",
    "GET /staff/councils/{scope}": "viewer managed",
    "POST /staff/councils/{scope}/contacts": "editor of",
    "GET /staff/councils/{scope}/settings": "admin managed",
    "POST /staff/councils/{scope}/settings": "admin managed",
    "POST /staff/exchange/{place}/copy": "admin of",
    "GET /staff/items/{item:int}": "viewer of",
    "POST /staff/items/{item:int}/take": "editor of",
    "POST /staff/items/{item:int}/decline": "editor of",
    "GET /staff/feeds": "viewer anywhere",
    "GET /staff/feeds/{feed:int}/{kind}/{slug}": "viewer of",
    "POST /staff/feeds/{feed:int}/{kind}/{slug}/take": "editor of",
    "POST /staff/feeds/{feed:int}/{kind}/{slug}/decline": "editor of",
    "GET /staff/links": "viewer anywhere",
    "POST /staff/links/{link:int}/looked-at": "editor anywhere",
    "GET /staff/people": "admin anywhere",
    "POST /staff/people": "admin",
    "GET /staff/people/{account:int}": "admin",
    "POST /staff/people/{account:int}/roles": "admin",
    "POST /staff/people/{account:int}/invite": "admin",
    "POST /staff/people/{account:int}/sessions/{session:int}/end": "admin",
    "POST /staff/people/{account:int}/close": "admin",
    "GET /staff/log": "admin national",
}


def keys(these: list[Route]) -> Iterator[tuple[str, str]]:
    for route in these:
        for method in (route.methods or set()) - {"HEAD"}:
            yield method, route.path


def test_every_route_has_a_rule_and_every_rule_a_route() -> None:
    assert sorted(keys(views())) == sorted(RULES)
    assert sorted(f"{method} {path}" for method, path in RULES) == sorted(WANTED)


def test_a_route_without_a_rule_is_never_served() -> None:
    with pytest.raises(KeyError):
        guarded(Route("/staff/new-idea", lambda request: None))


def test_every_staff_address_of_the_service_is_behind_the_guard(running: Starlette) -> None:
    served = [route for route in running.routes if getattr(route, "path", "").startswith("/staff")]
    assert sorted(keys(served)) == sorted(keys(routes()))  # type: ignore[arg-type]
    assert all(route.endpoint.__module__ == "offer.pages.staff.guard" for route in served)  # type: ignore[attr-defined]


def test_only_the_door_is_open_to_nobody() -> None:
    assert {path for (_, path), rule in RULES.items() if rule.needs == NOBODY} == {
        "/staff/sign-in",
        "/staff/sign-in/council",
        "/staff/sign-in/council/back",
        "/staff/invitation/{key}",
        "/staff/invitation/{key}/council",
    }
    assert all(rule.where or rule.needs in (NOBODY, ANYBODY) for rule in RULES.values())


def expected(wanted: str, role: Role, scope: str) -> bool:
    """Whether somebody with a role in a scope may do it to a thing of ours. Written apart from the rules."""
    needed, _, where = wanted.partition(" ")
    reaches = needed == "any" or ROLES.index(role) >= ROLES.index(needed)
    if needed == "any" or where == "anywhere":
        return reaches
    if where == "national":
        return reaches and scope == NATIONAL
    if where == "managed":  # by the council itself, or by an admin of England
        return reaches and (scope == OURS or (scope == NATIONAL and role == "admin"))
    return reaches and (scope == OURS or (where != "of" and scope == NATIONAL))


async def tried(who: Somebody, key: tuple[str, str], other: Somebody, session: int) -> int:
    """The status of one request about a thing of ours: an account, an entry, a report."""
    method, address = key
    named: dict[str, object] = {"account:int": other.account, "session:int": session}
    named |= {"kind": "entitlement", "slug": ENTRY, "place": OURS, "name": "organisations.csv"}
    named |= {"report:int": REPORT, "said:int": SAID, "change:int": CHANGE, "number:int": 1, "scope": OURS}
    named |= {"item:int": ITEM, "feed:int": 1}
    named |= {"link:int": 999_999}
    for name, value in named.items():
        address = address.replace(f"{{{name}}}", str(value))
    if method == "GET":
        return (await who.get(address)).status_code
    fields = {
        "opened": "999",
        "state": "read",
        "scope": OURS,
        "role": "viewer",
        "email": "",
        "name": "New",
        "team": "T",
    }
    return (await who.post(address, **fields)).status_code


BEHIND = sorted(key for key, rule in RULES.items() if rule.needs != NOBODY)


async def test_every_role_in_the_right_and_the_wrong_place(signed_in: SignedIn, running: Starlette) -> None:
    await a_report(running)
    await a_change(running)
    await an_item(running)
    for key, role, scope in product(BEHIND, ROLES, (OURS, THEIRS, NATIONAL)):
        await a_said(running)  # again: one of the routes takes it down
        wanted = WANTED[" ".join(key)]
        other = await signed_in(("editor", OURS))
        who = await signed_in((role, scope))
        status = await tried(who, key, other, 999_999)
        assert (status != 403) is expected(wanted, role, scope), (key, role, scope, status)
        assert status < 500


async def a_change(running: Starlette) -> None:
    """An empty change of ours."""
    await StaffChange.create(
        using_db=running.state.live.database, id=CHANGE, scope=OURS, title="New words", state="draft",
        team="T", created_at=now(), changed_at=now(),
    )  # fmt: skip


async def a_report(running: Starlette) -> None:
    """A report about the entry of ours."""
    connection = running.state.live.database
    if not await Feedback.filter(id=REPORT).using_db(connection).exists():
        await Feedback.create(
            using_db=connection, id=REPORT, code="CDFGHJ34", slug=ENTRY, version=1,
            day=today(), kind="wrong", text="", state="new",
        )  # fmt: skip


async def an_item(running: Starlette) -> None:
    """A file that differs from the entry of ours."""
    connection = running.state.live.database
    row = await Document.get(kind="entitlement", slug=ENTRY, using_db=connection)
    fields = {"body": "{}", "digest": "0" * 64, "file": "x.yaml", "at": now(), "state": "open"}
    await ReviewItem.get_or_create({"document_id": row.id, **fields}, using_db=connection, id=ITEM)


async def a_said(running: Starlette) -> None:
    """A "you said, we did" of ours."""
    fields = {"scope": OURS, "slug": ENTRY, "you_said": "Old.", "we_did": "New.", "on": today()}
    await YouSaid.get_or_create(fields, using_db=running.state.live.database, id=SAID)


async def test_without_a_session_nothing_but_the_door_opens(signed_in: SignedIn) -> None:
    who, other = await signed_in(("admin", NATIONAL)), await signed_in(("editor", OURS))
    who.client.cookies.clear()
    for key in BEHIND:
        assert await tried(who, key, other, 1) in (303, 403), key


async def test_an_admin_of_one_council_cannot_reach_an_account_that_also_holds_another(
    signed_in: SignedIn,
) -> None:
    both = await signed_in(("viewer", OURS), ("viewer", NATIONAL))
    who = await signed_in(("admin", OURS))
    assert (await who.post(f"/staff/people/{both.account}/invite")).status_code == 403
    assert (await who.post(f"/staff/people/{both.account}/roles", scope=OURS, role="none")).status_code == 403


async def test_an_admin_of_one_council_gives_no_role_in_another(signed_in: SignedIn) -> None:
    theirs, who = await signed_in(("viewer", OURS)), await signed_in(("admin", OURS))
    for scope in (THEIRS, NATIONAL, "", "E99999999"):
        reply = await who.post(f"/staff/people/{theirs.account}/roles", scope=scope, role="admin")
        assert reply.status_code == 403, scope
    reply = await who.post(
        "/staff/people", scope=NATIONAL, role="admin", email="a@b.example", name="A", team="T"
    )
    assert reply.status_code == 403


def test_a_role_counts_in_its_own_scope_only() -> None:
    grants = [Grant(OURS, "approver"), Grant(NATIONAL, "viewer")]
    assert (
        may(grants, "editor", OURS)
        and not may(grants, "editor", NATIONAL)
        and not may(grants, "viewer", THEIRS)
    )
    assert not may([Grant(NATIONAL, "admin")], "viewer", OURS), "national content is not a council's"
    assert may_manage([Grant(NATIONAL, "admin")], [OURS, THEIRS])
    assert not may_manage([Grant(OURS, "admin")], [OURS, THEIRS])
