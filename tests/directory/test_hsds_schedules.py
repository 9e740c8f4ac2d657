"""Schedules to and from Open Referral: nothing lost between, and odd feeds read or refused in words."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.hsds_schedules import NotReadableError, from_hsds, read_time, to_hsds
from directory.recurrence import falls_on, is_valid_on
from directory.schedules import Closure, Schedule
from tests.directory.opening_cases import ALWAYS, CHRISTMAS, DROP_IN, OFFICE
from tests.directory.test_opening import hours, schedules

AFTERNOON = Closure.model_validate(
    {"start": "2026-12-01", "end": "2026-12-02", "opens_at": "14:00", "closes_at": "16:00", "why": "Training"}
)


def test_an_exception_ends_one_schedule_and_begins_another() -> None:
    assert list(to_hsds([OFFICE], [CHRISTMAS, AFTERNOON])) == [
        {"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR", "opens_at": "09:00", "closes_at": "17:00", **span,
         "description": "Ring first on bank holidays."}
        for span in (
            {"valid_to": "2026-11-30"},
            {"valid_from": "2026-12-03", "valid_to": "2026-12-22"},
            {"valid_from": "2027-01-04"},
        )
    ] + [
        {"freq": "WEEKLY", "byday": "MO,TU,WE,TH,FR,SA,SU", "opens_at": "14:00", "closes_at": "16:00",
         "valid_from": "2026-12-01", "valid_to": "2026-12-02",
         "description": "Open as usual on bank holidays.", "notes": "Training"}
    ]  # fmt: skip


def test_shut_since_ever_or_until_further_notice() -> None:
    """The first and the last day there is have none before and none after them."""
    for_good = Closure(start=date(2026, 12, 1), end=date.max)
    until_now = Closure(start=date.min, end=date(2026, 11, 30))
    assert [each.get("valid_to") for each in to_hsds([OFFICE], [for_good])] == ["2026-11-30"]
    assert [each.get("valid_from") for each in to_hsds([OFFICE], [until_now])] == ["2026-12-01"]
    assert list(to_hsds([OFFICE], [for_good, until_now])) == []


def test_all_day_and_monthly() -> None:
    always, monthly = to_hsds([ALWAYS, DROP_IN], [])
    assert (always["opens_at"], always["closes_at"]) == ("00:00", "23:59")
    assert (monthly["freq"], monthly["byday"]) == ("MONTHLY", "1TU")
    assert "interval" not in monthly


@given(schedules)
def test_there_and_back_is_the_same(schedule: Schedule) -> None:
    (record,) = to_hsds([schedule], [])
    read = from_hsds(json.loads(json.dumps(record)))
    assert read.doubts == ()
    assert read.schedule.model_copy(update={"dtstart": schedule.dtstart}) == schedule


@given(hours, st.integers(0, 160))
def test_what_is_sent_is_open_on_the_same_days(
    when: tuple[list[Schedule], list[Closure]], number: int
) -> None:
    """By the sender's pattern: on no closed day, on every other as before."""
    day = date(2026, 10, 20) + timedelta(days=number)
    sent = [from_hsds(record).schedule for record in to_hsds(when[0], when[1])]
    usual = [s for s in when[0] if is_valid_on(s, day) and falls_on(s, day)]
    shut = any(c.is_closed and c.start <= day <= c.end for c in when[1])
    other = any(not c.is_closed and c.start <= day <= c.end for c in when[1])
    open_then = [s for s in sent if is_valid_on(s, day) and falls_on(s, day)]
    assert bool(open_then) == (not shut and (other or bool(usual)))


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("10:00", "10:00"), ("9:30", "09:30"), ("10:00:00", "10:00"), ("10:00Z", "10:00"),
        ("10:00:00+01:00", "10:00"), ("10:00-0500", "10:00"), (" 10:00 ", "10:00"), ("24:00", "23:59"),
        ("23:59:59", "23:59"), ("25:00", None), ("10:60", None), ("ten", None), ("", None), (None, None),
        (10, None), ("10:00\n<b>", None),
    ],
)  # fmt: skip
def test_times(text: object, read: str | None) -> None:
    assert read_time(text) == read


HELD: dict[str, Any] = {"opens_at": "10:00", "closes_at": "12:00"}


@pytest.mark.parametrize(
    ("record", "freq", "days"),
    [
        ({"freq": "DAILY"}, "WEEKLY", ("MO", "TU", "WE", "TH", "FR", "SA", "SU")),
        ({"freq": "weekly", "byday": " th , fr,TH"}, "WEEKLY", ("TH", "FR")),
        ({"byday": ["MO"], "bymonthday": None, "valid_to": ""}, "WEEKLY", ("MO",)),
        ({"freq": "WEEKLY", "dtstart": "2026-11-24"}, "WEEKLY", ("TU",)),
        ({"freq": "MONTHLY", "byday": "MO"}, "WEEKLY", ("MO",)),
        ({"freq": "MONTHLY", "byday": "1MO,-1FR"}, "MONTHLY", ("1MO", "-1FR")),
        ({"freq": "MONTHLY", "bymonthday": "2,-1"}, "MONTHLY", (2, -1)),
        ({"freq": "MONTHLY", "dtstart": "2026-11-24T00:00:00Z"}, "MONTHLY", (24,)),
        ({"freq": "WEEKLY", "byday": "MO", "interval": "2", "valid_from": "2026-11-02"}, "WEEKLY", ("MO",)),
    ],
)
def test_forms_of_feeds_that_are_read(record: dict[str, Any], freq: str, days: tuple[Any, ...]) -> None:
    schedule = from_hsds(HELD | record).schedule
    assert (schedule.freq, schedule.byday or schedule.bymonthday) == (freq, days)


@pytest.mark.parametrize(
    ("record", "doubt"),
    [
        ({"byday": "MO", "bymonthday": "2,3"}, "we keep the weekdays"),
        ({"freq": "MONTHLY", "byday": "1MO", "bymonthday": "2,3"}, "we keep the weekdays"),
        ({"byday": "MO", "closes_at": "late"}, "hold neither"),
        ({"byday": "MO", "valid_to": "Christmas"}, "valid_to is not a date"),
        ({"byday": "MO", "count": 4}, "number of times"),
    ],
)
def test_what_is_doubtful_is_said(record: dict[str, Any], doubt: str) -> None:
    assert doubt in " ".join(from_hsds(HELD | record).doubts)


@pytest.mark.parametrize(
    "record",
    [
        {}, {"freq": "YEARLY", "byday": "MO"}, {"byday": "XX"}, {"byday": "MO", "interval": "two"},
        {"byday": "MO", "interval": 0}, {"byday": "MO", "interval": 2}, {"freq": "MONTHLY"},
        {"byday": "MO", "interval": float("inf")}, {"byday": {"a": 1}}, {"freq": ["WEEKLY"]},
        {"freq": "MONTHLY", "bymonthday": "32"}, {"byday": "MO",
         "valid_from": "2026-02-02", "valid_to": "2026-02-01"},
    ],
)  # fmt: skip
def test_what_holds_no_hours_is_refused_in_words(record: dict[str, Any]) -> None:
    with pytest.raises(NotReadableError, match=r"\w+ \w+"):
        from_hsds(HELD | record)


@given(st.dictionaries(
    st.sampled_from(["freq", "byday", "bymonthday", "interval", "dtstart", "valid_to", "opens_at", "notes"]),
    st.one_of(st.none(), st.text(max_size=30), st.integers(), st.floats(), st.lists(st.text(max_size=5))),
))  # fmt: skip
def test_no_record_breaks_the_reader(record: dict[str, Any]) -> None:
    try:
        from_hsds(record)
    except NotReadableError as refusal:
        assert str(refusal)


def test_the_standards_own_example_is_read(shared: Path) -> None:
    file = shared / "oruk" / "uk-profile" / "examples" / "service_full.json"
    (record,) = json.loads(file.read_text(encoding="utf-8"))["schedules"]
    read = from_hsds(record)
    assert (read.schedule.opens_at, read.schedule.closes_at) == ("10:00", "18:00")
    assert read.schedule.byday == ("TH", "FR")
