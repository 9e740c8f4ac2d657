"""A day and an hour on the clock in England."""

from datetime import UTC, datetime

import pytest

from offer.staff.moment import MomentFault, read_moment

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def typed(day: str, month: str, year: str, hour: str) -> dict[str, str]:
    return {"day": day, "month": month, "year": year, "hour": hour}


def test_winter_and_summer_time() -> None:
    assert read_moment(typed("1", "12", "2026", "09:00"), NOW) == datetime(2026, 12, 1, 9, tzinfo=UTC)
    assert read_moment(typed("01", "04", "2027", "00:00"), NOW) == datetime(2027, 3, 31, 23, tzinfo=UTC)


def test_an_hour_that_comes_twice_is_the_first_and_one_that_never_comes_is_refused() -> None:
    assert read_moment(typed("31", "10", "2027", "01:00"), NOW) == datetime(2027, 10, 31, 0, tzinfo=UTC)
    with pytest.raises(MomentFault, match="clocks go forward"):
        read_moment(typed("28", "3", "2027", "01:00"), NOW)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (("22", "11", "2026", "12:00"), "past"),
        (("31", "2", "2027", "12:00"), "There is no day 31 2 2027"),
        (("", "", "", ""), "Give a day"),
        (("²", "1", "2027", "12:00"), "Give a day"),
        (("1", "1", "2027", "25:00"), "Give a day"),
        (("1", "1", "20227", "12:00"), "There is no day"),
        (("31", "12", "9999", "23:00"), "more than"),
    ],
)
def test_what_is_no_moment_is_said(fields: tuple[str, str, str, str], words: str) -> None:
    with pytest.raises(MomentFault, match=words):
        read_moment(typed(*fields), NOW)
