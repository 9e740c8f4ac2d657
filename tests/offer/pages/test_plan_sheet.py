"""The sheet at the end of a visit: tasks with a day and somebody to do them, and nothing invented."""

import gzip
from datetime import date

import httpx2
import pytest

from offer.answer import answer
from offer.answer_parts import Answer
from offer.pages.blocks import groups_of
from offer.pages.plan_tasks import Task, Tasks, due_of, tasks_of
from offer.person import read_person
from offer.published import Published
from tests.offer.pages.reading import TODAY
from tests.offer.pages.test_sheet import sheet_of

BUDGET = 15_000  # bytes, compressed
LINCOLN: dict[str, object] = {
    "lives_in": "E07000139",
    "responsible_authority": "E10000019",
    "care_when": "left_at_18",
    "care_13_weeks": True,
}
FORM = {"dob-day": "20", "dob-month": "4", "dob-year": "2007", "lives_in": "E07000139",
        "responsible_authority": "E10000019", "care_when": "left_at_18", "care_13_weeks": "true"}  # fmt: skip


@pytest.fixture(autouse=True)
def _on_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("plan_sheet", "start"):
        monkeypatch.setattr(f"offer.pages.{module}.today", lambda: TODAY)


def answered(published: Published, **facts: object) -> Answer:
    return answer(published, read_person(published, {**LINCOLN, **facts}, TODAY).situation, TODAY)


def tasks(published: Published, born: str) -> dict[str, Tasks]:
    found = answered(published, date_of_birth=born)
    groups = groups_of(published, found.outcomes, date.fromisoformat(born))
    return {each.doer: each for each in tasks_of(published, found, groups)}


@pytest.mark.parametrize("born", ["2005-12-01", "2007-04-20", "2008-02-29", "2008-11-22", "2001-12-24"])
def test_each_day_is_the_last_before_something_changes(published: Published, born: str) -> None:
    found = answered(published, date_of_birth=born)
    by_title = {outcome.day.entry.title: outcome for outcome in found.outcomes}
    dated = [
        (each, by_title[title])
        for one in tasks(published, born).values()
        for each in one.items
        if each.due
        for title in each.about.split("; ")
    ]
    assert dated
    for task, outcome in dated:
        assert task.due and task.due >= TODAY
        turns = (outcome.until, outcome.sure_until, outcome.from_)
        assert any(day and (day - task.due).days >= 1 for day in turns)
        assert due_of(outcome, TODAY) == task.due or "Help to get" in task.what


def test_three_people_have_something_to_do_and_the_urgent_stands_first(published: Published) -> None:
    found = tasks(published, "2007-04-20")
    assert list(found) == ["young_person", "adviser", "council"]
    for one in found.values():
        days = [task.due or date.max for task in one.items]
        assert days == sorted(days)
        assert len(one.items) == len(set(one.items))
    assert Task(
        "Decide, and say so in writing.",
        "Supported lodgings from 16 to 21",
        date(2028, 4, 19),
        "Lincolnshire County Council",
    ) in [
        Task(each.what, each.about.removesuffix(" (Lincolnshire)"), each.due, each.who)
        for each in found["council"].items
    ]


def test_no_task_asks_for_a_paper_that_nobody_needs(published: Published) -> None:
    for one in tasks(published, "2007-04-20").values():
        assert not [task for task in one.items if "Nothing" in task.what]


def test_without_a_birthday_no_day_is_told(published: Published) -> None:
    found = answered(published, age_years=19)
    groups = groups_of(published, found.outcomes, None)
    dated = [each for one in tasks_of(published, found, groups) for each in one.items if each.due]
    laws = {day for outcome in found.outcomes for day in (outcome.until, outcome.from_) if day}
    assert len(dated) <= len(laws), "only the law's own days"


async def test_the_sheet_is_light_private_and_whole(client: httpx2.AsyncClient) -> None:
    reply = await client.post("/print/plan", data=FORM)
    words = sheet_of(reply)
    assert "private" in reply.headers["cache-control"]
    assert len(gzip.compress(reply.content)) <= BUDGET
    for said in ("By 19 April 2028", "Born on 20 April 2007", "01522 575955", "Children Act 1989", "Name:"):
        assert said in words
    assert 'name="paper' not in reply.text and "<input" not in words


async def test_what_cannot_be_is_put_right_first(client: httpx2.AsyncClient) -> None:
    reply = await client.post("/print/plan", data={"dob-day": "31", "dob-month": "2", "dob-year": "2007"})
    assert reply.status_code == 422 and "Something needs putting right" in reply.text


async def test_with_nothing_told_it_says_what_to_find_out(client: httpx2.AsyncClient) -> None:
    words = sheet_of(await client.post("/print/plan", data={"age_years": "19"}))
    assert "Find out together" in words
