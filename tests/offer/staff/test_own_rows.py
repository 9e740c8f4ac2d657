"""A council changes the rows of its own districts in the national entry, by its own approval, and no more."""

import json
import re
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from starlette.applications import Starlette

from offer.catalogue.revisions import ChangedMeanwhile
from offer.clock import now
from offer.db.errors import Refused
from offer.db.models import PublishedRevision
from offer.staff import changes
from offer.staff.audit import By
from offer.staff.change import Item
from offer.staff.change_publishing import publish_change
from offer.staff.change_rows import change_of, newest_of
from offer.staff.own_rows import rebased, touched
from offer.staff.versions import body_of_version
from tests.offer.staff.conftest import SignedIn
from tests.offer.staff.people import hidden
from tests.offer.staff.test_terms_page import BOSTON, NEW, PATH

LINCOLNSHIRE, DURHAM = "E10000019", "E06000047"
KIND, SLUG = "entitlement", "council-tax-care-leaver-discount"
ANNA, BEN = By(1, "Lincolnshire"), By(2, "Durham")


def row(area: str, age: int) -> dict[str, Any]:
    return {"area": area, "age_before": age}


BASE = {"authority": "E92000001", "title": "A", "terms": [row("E07000136", 21), row(DURHAM, 25)]}


def test_which_scopes_a_draft_touches() -> None:
    boston = {**BASE, "terms": [row("E07000136", 25), row(DURHAM, 25)]}
    assert touched(BASE, boston) == {LINCOLNSHIRE}
    assert touched(BASE, {**BASE, "terms": []}) == {LINCOLNSHIRE, DURHAM}
    assert touched(BASE, {**boston, "title": "B"}) == {"england"}
    assert touched(BASE, BASE) == frozenset()


def test_rows_are_laid_over_what_others_published() -> None:
    mine = {**BASE, "terms": [row("E07000136", 25), row(DURHAM, 25)]}
    theirs = {**BASE, "title": "B", "terms": [row("E07000136", 21), row(DURHAM, 21)]}
    found = rebased(BASE, mine, theirs)
    assert found == {**BASE, "title": "B", "terms": [row("E07000136", 25), row(DURHAM, 21)]}
    assert rebased(BASE, mine, {**BASE, "terms": [row("E07000136", 18)]}) is None


async def with_age(running: Starlette, scope: str, area: str, age: int, by: By, **more: Any) -> int:
    """A change of a scope in which the last row of an area stops at another age."""
    connection = running.state.live.database
    base = await newest_of(connection, KIND, SLUG)
    body = json.loads(json.dumps(await body_of_version(connection, KIND, SLUG, base)))
    [each for each in body["terms"] if each["area"] == area][-1]["age_before"] = age
    change = await changes.open_change(connection, scope, "An age", by, now())
    await changes.put(connection, change, Item(KIND, SLUG, "save", base, {**body, **more}), by, now())
    await changes.submit(connection, change, by, now())
    await changes.approve(connection, change, By(9, "Approver"), now())
    return change


async def ages(running: Starlette) -> dict[str, int]:
    spans = PublishedRevision.filter(until=None, revision__document__slug=SLUG)
    (text,) = await spans.using_db(running.state.live.database).values_list("revision__body", flat=True)
    return {each["area"]: each.get("age_before") for each in json.loads(str(text))["terms"]}


async def test_two_councils_publish_their_rows_one_after_the_other(running: Starlette) -> None:
    connection = running.state.live.database
    ours = await with_age(running, LINCOLNSHIRE, "E07000140", 23, ANNA)
    theirs = await with_age(running, DURHAM, DURHAM, 24, BEN)
    await publish_change(connection, ours, ANNA, now())
    await publish_change(connection, theirs, BEN, now() + timedelta(seconds=1))
    found = await ages(running)
    assert (found["E07000140"], found[DURHAM]) == (23, 24)


async def test_the_same_rows_changed_twice_are_not_overwritten(running: Starlette) -> None:
    connection = running.state.live.database
    first = await with_age(running, LINCOLNSHIRE, "E07000142", 23, ANNA)
    second = await with_age(running, LINCOLNSHIRE, "E07000142", 22, ANNA)
    await publish_change(connection, first, ANNA, now())
    with pytest.raises(ChangedMeanwhile, match="the same rows"):
        await publish_change(connection, second, ANNA, now())
    assert (await ages(running))["E07000142"] == 23


async def test_nothing_but_its_own_rows_can_be_written(running: Starlette) -> None:
    with pytest.raises(Refused, match="one council only"):
        await with_age(running, LINCOLNSHIRE, DURHAM, 23, ANNA)
    with pytest.raises(Refused, match="one council only"):
        await with_age(running, LINCOLNSHIRE, "E07000136", 23, ANNA, summary="Ours now.")


async def test_an_editor_of_the_county_sees_and_changes_its_districts(
    signed_in: SignedIn, running: Starlette
) -> None:
    who = await signed_in(("editor", LINCOLNSHIRE))
    table = await who.get(PATH)
    assert table.status_code == 200
    assert "Boston" in table.text and "South Kesteven" in table.text and "Gateshead" not in table.text
    assert "Add an amount" not in table.text
    page = await who.get(f"{PATH}?do=from&row={BOSTON}")
    reply = await who.post(PATH, was=hidden(page, "was"), do="from", row=BOSTON, **NEW)
    assert reply.status_code == 303
    change = await change_of(running.state.live.database, int(reply.headers["location"].rpartition("/")[2]))
    assert change and change.scope == LINCOLNSHIRE
    for place in (PATH, f"{PATH}?do=from&row={BOSTON}", f"/staff/changes/{change.id}"):
        shown = await who.get(place)
        for href in set(re.findall(r'href="(/staff/[^"#]+)"', shown.text)):
            assert (await who.get(unescape(href))).status_code == 200, f"{place} leads to {href}"
    assert "Edit its rows" in shown.text and "is in another change too" not in shown.text
    other = await signed_in(("editor", DURHAM))
    assert (await other.get(f"{PATH}?change={change.id}")).status_code == 404
    reply = await other.post(PATH, was=hidden(page, "was"), do="from", row=BOSTON, **NEW)
    assert reply.status_code == 409 and "your own council" in reply.text
    rule = await other.get(PATH.replace("/terms", "/rule"))
    assert rule.status_code == 403


async def test_a_viewer_changes_no_row(signed_in: SignedIn) -> None:
    who = await signed_in(("viewer", LINCOLNSHIRE))
    assert (await who.get(PATH)).status_code == 403
