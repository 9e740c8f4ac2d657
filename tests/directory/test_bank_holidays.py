"""Bank holidays of England, against the published days (gov.uk/bank-holidays)."""

from datetime import date, timedelta

import pytest

from directory.bank_holidays import bank_holiday

PUBLISHED = {
    2021: ["01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28"],
    2022: ["01-03", "04-15", "04-18", "05-02", "06-02", "06-03", "08-29", "09-19", "12-26", "12-27"],
    2023: ["01-02", "04-07", "04-10", "05-01", "05-08", "05-29", "08-28", "12-25", "12-26"],
    2024: ["01-01", "03-29", "04-01", "05-06", "05-27", "08-26", "12-25", "12-26"],
    2025: ["01-01", "04-18", "04-21", "05-05", "05-26", "08-25", "12-25", "12-26"],
    2026: ["01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"],
    2027: ["01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"],
}


def holidays_of(year: int) -> list[date]:
    days = (date(year, 1, 1) + timedelta(days=number) for number in range(365))
    return [day for day in days if bank_holiday(day)]


@pytest.mark.parametrize("year", PUBLISHED)
def test_published_days(year: int) -> None:
    """On weekdays ours are the published ones; a Christmas or New Year at a weekend is one besides."""
    published = [date.fromisoformat(f"{year}-{day}") for day in PUBLISHED[year]]
    assert [day for day in holidays_of(year) if day.weekday() < 5] == published


@pytest.mark.parametrize("day", [date(2021, 12, 25), date(2022, 1, 1), date(2026, 12, 26)])
def test_the_day_itself_counts_at_a_weekend(day: date) -> None:
    assert bank_holiday(day)


def test_an_ordinary_day_is_none() -> None:
    assert bank_holiday(date(2026, 11, 22)) is None
    assert bank_holiday(date(2026, 4, 3)) == "Good Friday"
