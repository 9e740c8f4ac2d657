"""On which days a schedule repeats: ours against dateutil's rules of RFC 5545."""

from datetime import date, datetime, time, timedelta

from dateutil.rrule import FR, MO, MONTHLY, SA, SU, TH, TU, WE, WEEKLY, rrule, weekday
from hypothesis import given
from hypothesis import strategies as st

from directory.recurrence import falls_on, is_daily, is_occasional, is_valid_on
from directory.schedules import WEEKDAYS, Schedule

DAYS = dict(zip(WEEKDAYS, (MO, TU, WE, TH, FR, SA, SU), strict=True))
some_day = st.dates(date(2020, 1, 1), date(2030, 12, 31))
weekdays = st.sets(st.sampled_from(WEEKDAYS), min_size=1).map(sorted)
places = st.sampled_from([f"{n}{day}" for n in (-5, -4, -3, -2, -1, 1, 2, 3, 4, 5) for day in WEEKDAYS])
month_days = st.integers(-31, 31).filter(bool)


def weekly() -> st.SearchStrategy[Schedule]:
    return st.builds(
        lambda **given: Schedule(freq="WEEKLY", **given),
        interval=st.integers(1, 6), dtstart=some_day, byday=weekdays.map(tuple),
    )  # fmt: skip


def monthly() -> st.SearchStrategy[Schedule]:
    one_of = st.one_of(
        st.fixed_dictionaries({"byday": st.sets(places, min_size=1).map(tuple)}),
        st.fixed_dictionaries({"bymonthday": st.sets(month_days, min_size=1).map(tuple)}),
    )
    return st.builds(
        lambda which, **given: Schedule(freq="MONTHLY", **which, **given),
        which=one_of, interval=st.integers(1, 6), dtstart=some_day,
    )  # fmt: skip


def as_rule(schedule: Schedule) -> rrule:
    assert schedule.dtstart
    return rrule(
        WEEKLY if schedule.freq == "WEEKLY" else MONTHLY,
        dtstart=datetime.combine(schedule.dtstart, time()),
        interval=schedule.interval,
        byweekday=[_day(each) for each in schedule.byday] or None,
        bymonthday=list(schedule.bymonthday) or None,
    )


def _day(name: str) -> weekday:
    day = DAYS[name[-2:]]
    return day(int(name[:-2])) if len(name) > 2 else day


@given(st.one_of(weekly(), monthly()), st.integers(0, 400))
def test_the_days_are_those_of_rfc_5545(schedule: Schedule, later: int) -> None:
    assert schedule.dtstart
    first = schedule.dtstart + timedelta(days=later - 30)
    week = [first + timedelta(days=number) for number in range(90)]
    theirs = as_rule(schedule).between(
        datetime.combine(week[0], time()), datetime.combine(week[-1], time()), inc=True
    )
    assert [day for day in week if falls_on(schedule, day)] == [moment.date() for moment in theirs]


def test_validity_counts_both_ends() -> None:
    day = date(2026, 11, 22)
    hours = Schedule(byday=("SU",), valid_from=day, valid_to=day)
    assert is_valid_on(hours, day)
    assert not is_valid_on(hours, day + timedelta(days=1))
    assert not is_valid_on(hours, day - timedelta(days=1))


def test_which_hours_need_their_dates_told() -> None:
    monthly = Schedule(freq="MONTHLY", byday=("1TU",))
    fortnightly = Schedule(byday=("MO",), interval=2, dtstart=date(2026, 11, 2))
    weekly = Schedule(byday=("MO",))
    assert is_occasional([monthly, fortnightly])
    assert not is_occasional([monthly, weekly])
    assert not is_occasional([])


def test_which_hours_are_those_of_a_line() -> None:
    assert is_daily([Schedule(byday=("MO", "TU", "WE", "TH", "FR")), Schedule(byday=("SA", "SU"))])
    assert not is_daily([Schedule(byday=("MO",))])
    assert not is_daily([Schedule(byday=WEEKDAYS, interval=2, dtstart=date(2026, 11, 2))])
