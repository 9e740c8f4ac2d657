"""POST /api/v1/timeline: changes in order, and a calendar without a personal word."""

from typing import Any

import httpx2
from icalendar import Calendar

from tests.offer.api.test_check import faults

FACTS = {
    "date_of_birth": "2007-01-04",
    "postcode": "NG34 7EF",
    "responsible_authority": "E10000019",
    "care": [{"start": "2015-01-01", "end": "2025-01-04", "kind": "full"}],
}
CALENDAR = {"Accept": "text/calendar"}
ELIGIBLE_AT_18 = "Children Act 1989 s23C(1)(b); Sch 2 para 19B; Care Planning Regulations 2010 reg 40"


async def ask(
    api: httpx2.AsyncClient, headers: dict[str, str] | None = None, *, start: str = "", **body: Any
) -> httpx2.Response:
    given = {**body, "from": start} if start else body
    return await api.post("/api/v1/timeline", json=given, headers=headers)


async def test_changes_come_in_order_with_the_outcome_before_and_after(api: httpx2.AsyncClient) -> None:
    reply = await ask(api, facts=FACTS, start="2026-11-22")
    body = reply.json()
    assert body["from"] == "2026-11-22"
    assert body["to"] == "2033-01-04", "the 26th birthday"
    changes = body["changes"]
    assert [change["date"] for change in changes] == sorted(change["date"] for change in changes)
    for change in changes:
        assert set(change) == {"date", "slug", "title", "before", "after", "because"}
        assert change["before"] != change["after"]
        assert change["because"]
    at_21 = {change["slug"]: change["after"] for change in changes if change["date"] == "2028-01-04"}
    assert at_21["personal-adviser-to-21"] == "no"
    assert at_21["personal-adviser-21-to-25"] == "yes"


async def test_the_days_asked_about_limit_it(api: httpx2.AsyncClient) -> None:
    body = (await ask(api, facts=FACTS, start="2028-01-04", to="2030-12-31")).json()
    days = {change["date"] for change in body["changes"]}
    assert days, "turning 22 changes something"
    assert min(days) > "2028-01-04"
    assert max(days) <= "2030-12-31"


async def test_the_days_on_which_the_care_status_changes_come_with_the_law(api: httpx2.AsyncClient) -> None:
    facts = {
        "date_of_birth": "2009-04-20",
        "care": [{"start": "2026-10-01", "end": None, "kind": "full"}],
    }
    reply = await ask(api, facts=facts, start="2026-11-22")
    found = [(each["date"], each["before"], each["after"]) for each in reply.json()["care_status"]]
    assert found == [
        ("2026-12-30", "looked_after_not_eligible", "eligible"),
        ("2027-04-20", "eligible", "former_relevant"),
    ]
    assert reply.json()["care_status"][1]["cite"] == ELIGIBLE_AT_18


async def test_without_a_birth_date_laws_have_days_and_birthdays_an_age(api: httpx2.AsyncClient) -> None:
    facts = {"age_years": 17, "care_when": "still_in_care", "care_13_weeks": True}
    body = (await ask(api, facts=facts, start="2026-11-22")).json()
    assert body["missing"] == ["date_of_birth"]
    assert body["to"] == "2035-11-22", "the last day that can be the 26th birthday"
    (law,) = body["changes"]
    assert (law["date"], law["slug"]) == ("2029-04-01", "crisis-and-resilience-fund")
    assert [reason["text"] for reason in law["because"]] == ["It ended on 31 March 2029."]
    assert "2027-04-01" in {each["date"] for each in body["amounts"]}
    at_21 = {each["slug"]: each["after"] for each in body["by_age"] if each["age"] == 21}
    assert at_21["personal-adviser-to-21"] == "no"
    assert all(each["because"] for each in body["by_age"])
    assert [(each["date"], each["age"], each["after"]) for each in body["care_status"]] == [
        (None, 18, "former_relevant")
    ]


async def test_with_a_birth_date_no_change_goes_by_age(api: httpx2.AsyncClient) -> None:
    assert (await ask(api, facts=FACTS)).json()["by_age"] == []


async def test_without_a_birth_date_the_calendar_has_the_days_that_are_certain(
    api: httpx2.AsyncClient,
) -> None:
    body = (await ask(api, facts={"age_years": 19}, start="2026-11-22")).json()
    reply = await ask(api, CALENDAR, facts={"age_years": 19}, start="2026-11-22")
    events = Calendar.from_ical(reply.content).walk("VEVENT")
    days = {each["date"] for each in (*body["changes"], *body["amounts"])}
    assert days
    assert [event.decoded("dtstart").isoformat() for event in events] == sorted(days)


async def test_the_calendar_has_a_day_for_each_change_and_no_personal_word(api: httpx2.AsyncClient) -> None:
    body = (await ask(api, facts=FACTS, start="2026-11-22")).json()
    changes = [*body["changes"], *body["amounts"]]
    assert body["amounts"], "figures change on days of their own"
    reply = await ask(api, CALENDAR, facts=FACTS, start="2026-11-22")
    assert reply.headers["content-type"].startswith("text/calendar")
    assert reply.headers["cache-control"] == "no-store"
    events = Calendar.from_ical(reply.content).walk("VEVENT")
    assert [event.decoded("dtstart").isoformat() for event in events] == sorted(
        {change["date"] for change in changes}
    )
    told = reply.text.lower()
    for word in ("care", "council", "adviser", "lincoln", "ng34", "2007", "birthday", "benefit", "leav"):
        assert word not in told, word
    for change in changes:
        assert change["title"].lower() not in told


async def test_the_calendar_is_the_same_thing_each_time_so_that_a_phone_keeps_one_copy(
    api: httpx2.AsyncClient,
) -> None:
    first, second = [
        Calendar.from_ical((await ask(api, CALENDAR, facts=FACTS)).content).walk("VEVENT") for _ in range(2)
    ]
    assert [event["uid"] for event in first] == [event["uid"] for event in second]


async def test_json_stays_the_answer_for_those_who_take_anything(api: httpx2.AsyncClient) -> None:
    for accept in ("*/*", "application/json, text/calendar;q=0.5", "text/calendar;q=0"):
        reply = await ask(api, {"Accept": accept}, facts=FACTS)
        assert reply.headers["content-type"] == "application/json", accept


async def test_a_weight_that_is_no_number_counts_as_one(api: httpx2.AsyncClient) -> None:
    """A small ² is a digit to Python and no number: the header may hold any byte."""
    for weight in ("²", ".", "1.2.3", "q"):
        headers = [(b"Accept", f"text/calendar;q={weight}".encode("latin-1"))]
        reply = await api.post("/api/v1/timeline", json={"facts": FACTS}, headers=headers)
        assert reply.headers["content-type"].startswith("text/calendar"), weight


async def test_days_in_the_wrong_order_are_refused(api: httpx2.AsyncClient) -> None:
    reply = await ask(api, facts={}, start="2027-01-01", to="2026-01-01")
    assert set(faults(reply)) == {"/to"}
