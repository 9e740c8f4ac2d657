"""The page of terms and amounts: a district's age from a day in one small form, and what it refuses."""

import re
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette

from offer.staff.change_rows import changes
from tests.offer.staff.conftest import SignedIn
from tests.offer.staff.people import Somebody, hidden

PATH = "/staff/entries/entitlement/council-tax-care-leaver-discount/terms"
BOSTON = "E07000136.2025-04-01.25"
NEW = {
    "age_before": "21", "start-day": "1", "start-month": "April", "start-year": "2027",
    "source": "https://boston.gov.uk/new", "checked_on-day": "22", "checked_on-month": "11",
    "checked_on-year": "2026", "percent": "100%", "who": "any", "confidence": "found in source",
    "given_as": "", "note": "", "asks": "", "bands": "", "since": "",
}  # fmt: skip


async def save(
    somebody: Somebody, page: httpx2.Response, do: str = "from", row: str = BOSTON, **typed: str
) -> httpx2.Response:
    return await somebody.post(PATH, was=hidden(page, "was"), do=do, row=row, **typed)


async def kept(running: Starlette, field: str = "terms") -> Any:
    """What the newest open national change holds."""
    (change, *_) = await changes(running.state.live.database, ["england"])
    (item,) = change.items
    return item.body[field]


async def test_a_districts_age_changes_from_a_day_in_one_small_form(
    signed_in: SignedIn, running: Starlette
) -> None:
    who = await signed_in(("editor", "england"))
    table = await who.get(f"{PATH}?place=boston")
    assert re.findall(r'<th scope="row">(\w+)', table.text) == ["Boston", "Boston"]
    page = await who.get(f"{PATH}?do=from&row={BOSTON}")
    assert 'value="25"' in page.text and 'value="not-stated" selected' in page.text
    reply = await save(who, page, **NEW)
    assert reply.status_code == 303 and reply.headers["location"].startswith("/staff/changes/")
    rows = [row for row in await kept(running) if row["area"] == "E07000136"]
    assert rows[1]["end"] == "2027-04-01" and rows[1]["age_before"] == 25
    assert rows[2] == {
        "area": "E07000136", "start": "2027-04-01", "age_before": 21, "percent": 100, "who": "any",
        "confidence": "found in source", "source": "https://boston.gov.uk/new", "checked_on": "2026-11-22",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"start-day": ""}, "For the first day, give the day too."),
        ({"start-day": "31"}, "there is no such day"),
        (
            {"start-day": "", "start-month": "", "start-year": ""},
            "Write the day from which the new row counts.",
        ),
        ({"age_before": "twenty"}, "from 16 to 30"),
        ({"age_before": "99"}, "from 16 to 30"),
        ({"percent": "120"}, "from 0 to 100"),
        ({"source": ""}, "Write where you read it"),
        ({"who": "everybody"}, "This cannot stand here"),
        ({"start-year": "2021"}, "does not hold on that day"),
        ({"start-year": "2025"}, "already begins on that day"),
        ({"checked_on-year": "0"}, "four figures"),
    ],
)
async def test_what_is_wrong_is_told_at_its_box_and_what_was_typed_stays(
    signed_in: SignedIn, wrong: dict[str, str], told: str
) -> None:
    who = await signed_in(("editor", "england"))
    page = await who.get(f"{PATH}?do=from&row={BOSTON}")
    reply = await save(who, page, **{**NEW, "note": "<b>kept</b>", **wrong})
    assert reply.status_code == 422 and "<title>Error: " in reply.text and told in reply.text
    assert "&lt;b&gt;kept&lt;/b&gt;" in reply.text and "govuk-error-summary" in reply.text


async def test_a_row_is_put_right_added_and_taken_out(signed_in: SignedIn, running: Starlette) -> None:
    who = await signed_in(("editor", "england"))
    page = await who.get(f"{PATH}?do=right&row={BOSTON}")
    assert (await save(who, page, "right", **{**NEW, "start-year": "2025"})).status_code == 303
    boston = [row["age_before"] for row in await kept(running) if row["area"] == "E07000136"]
    assert boston == [21, 21]
    add = await who.get(f"{PATH}?do=add")
    overlap = await save(who, add, "add", "", **{**NEW, "area": "Boston"})
    assert overlap.status_code == 422 and "hold on the same days" in overlap.text
    assert "We know no district" in (await save(who, add, "add", "", **{**NEW, "area": "Bostan"})).text
    assert (await save(who, page, "out")).status_code == 303
    assert len([row for row in await kept(running) if row["area"] == "E07000136"]) == 1


async def test_two_who_change_the_terms_at_once_lose_nothing(signed_in: SignedIn, running: Starlette) -> None:
    ann, ben = await signed_in(("editor", "england")), await signed_in(("editor", "england"))
    made = await save(ann, await ann.get(f"{PATH}?do=from&row={BOSTON}"), **NEW)
    change = made.headers["location"].rpartition("/")[2]
    lincoln = next(r for r in await kept(running) if r["area"] == "E07000138" and not r.get("end"))
    key = f"E07000138.{lincoln['start']}.{lincoln['age_before']}"
    there = f"{PATH}?change={change}&do=from&row={key}"
    one, other = await ann.get(there), await ben.get(there)
    assert (await save(ann, one, "from", key, change=change, **NEW)).status_code == 303
    clash = await save(ben, other, "from", key, change=change, **{**NEW, "start-year": "2028"})
    assert (
        clash.status_code == 409 and "Nothing of yours is lost" in clash.text and 'value="2028"' in clash.text
    )


async def test_an_amount_from_a_day_with_its_source(signed_in: SignedIn, running: Starlette) -> None:
    who = await signed_in(("editor", "england"))
    path = "/staff/entries/entitlement/setting-up-home-allowance/terms"
    page = await who.get(f"{path}?do=amount-from&row=0")
    typed = {
        "text": "Up to £3,500, once", "pounds": "£3,500", "per": "once", "start-day": "1", "start-month": "4",
        "start-year": "2027", "source_name": "GOV.UK", "source_url": "https://www.gov.uk/x",
    }  # fmt: skip
    send = {"was": hidden(page, "was"), "do": "amount-from", "row": "0", **typed}
    assert "one figure" in (await who.post(path, **{**send, "pounds": "3 or 4"})).text
    assert "whole address" in (await who.post(path, **{**send, "source_url": "javascript:1"})).text
    assert (await who.post(path, **send)).status_code == 303
    assert (await kept(running, "more_amounts"))[-1] == {
        "text": "Up to £3,500, once", "pence": 350000, "per": "once", "start": "2027-04-01",
    }  # fmt: skip
    assert (await kept(running, "amount"))["end"] == "2027-04-01"
    assert (await kept(running, "sources"))[-1]["url"] == "https://www.gov.uk/x"


async def test_hostile_forms_are_refused(signed_in: SignedIn) -> None:
    who = await signed_in(("editor", "england"))
    page = await who.get(f"{PATH}?do=from&row={BOSTON}")
    assert (await save(who, page, "burn", **NEW)).status_code == 404
    assert (await save(who, page, "from", "E99.x.y", **NEW)).status_code == 422
    assert (await save(who, page, "out", "E99.x.y")).status_code == 422
    assert (await save(who, page, "amount-from", "99999999999999", **NEW)).status_code == 422
    assert (await who.get(f"{PATH}?do=from&row=nothing")).status_code == 404
    assert (await save(who, page, **{**NEW, "age_before": "９" * 3, "percent": "1e9"})).status_code == 422


async def test_a_local_entry_says_where_its_district_terms_stand(signed_in: SignedIn) -> None:
    who = await signed_in(("editor", "E10000019"))  # the county looks after what its districts decide
    reply = await who.get("/staff/entries/entitlement/council-tax-boston/terms")
    assert PATH in reply.text and "Add a place" not in reply.text
