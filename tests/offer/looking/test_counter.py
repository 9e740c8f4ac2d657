"""The counter of one process, with moments passed in."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer.looking import counter
from offer.looking.counter import APART, TIMES, Due, Looking

DAY = date(2026, 11, 22)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TATTOO = ("removal", "tattoo")
KEY = ("entitlement", "bus-travel")


def asked(looking: Looking, *minutes: float, start: datetime = NOON) -> None:
    for each in minutes:
        looking.asked(TATTOO, start + timedelta(minutes=each))


def test_five_times_ten_minutes_apart_are_written_down() -> None:
    looking = Looking()
    asked(looking, 0, 10, 20, 30)
    assert not looking.take()
    asked(looking, 40)
    assert looking.take().searches == {(DAY, "removal tattoo"): 5}
    asked(looking, 50, 60)
    assert looking.take().searches == {(DAY, "removal tattoo"): 2}


def test_one_person_who_tries_again_and_again_is_counted_once() -> None:
    looking = Looking()
    asked(looking, *(minute / 2 for minute in range(19)))
    asked(looking, 10, 11, 20, 29, 31)
    assert not looking.take()
    asked(looking, 42)
    assert looking.take().searches == {(DAY, "removal tattoo"): 5}


def test_a_time_counts_from_the_one_counted_before_not_from_the_last_try() -> None:
    looking = Looking()
    asked(looking, *range(0, 45, 5))
    assert looking.take().searches == {(DAY, "removal tattoo"): 5}


def test_other_words_are_another_search_and_no_words_are_none() -> None:
    looking = Looking()
    for minute in range(0, 100, 10):
        at = NOON + timedelta(minutes=minute)
        looking.asked(("tattoo",) if minute % 20 else TATTOO, at)
        looking.asked((), at)
    assert set(looking.take().searches) == {(DAY, "tattoo"), (DAY, "removal tattoo")}


def test_the_day_is_that_of_england_and_what_was_asked_too_seldom_goes_with_it() -> None:
    looking, evening = Looking(), datetime(2026, 7, 1, 22, tzinfo=UTC)
    asked(looking, 0, 15, 30, 45, start=evening)
    asked(looking, 60, start=evening)  # 23:00 UTC: already midnight in England
    assert not looking.take()
    asked(looking, 75, 90, 105, 120, start=evening)
    assert looking.take().searches == {(date(2026, 7, 2), "removal tattoo"): 5}


def test_what_became_due_before_midnight_is_written_after_it_for_its_own_day() -> None:
    looking, evening = Looking(), datetime(2026, 11, 22, 23, tzinfo=UTC)
    asked(looking, 0, 10, 20, 30, 40, start=evening)
    looking.opened(KEY, evening)
    looking.opened(KEY, evening + timedelta(hours=2))
    due = looking.take()
    assert due.searches == {(DAY, "removal tattoo"): 5}
    assert due.openings == {(DAY, KEY): 1, (date(2026, 11, 23), KEY): 1}


def test_memory_is_bounded_and_the_longest_not_asked_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counter, "MOST_SEARCHES", 3)
    looking = Looking()
    asked(looking, 0, 10, 20, 30)
    for number, word in enumerate(("piano", "boxing", "sailing"), start=31):
        looking.asked((word,), NOON + timedelta(minutes=number))
    assert len(looking._asked) == 3
    asked(looking, 60)  # it was forgotten: this is the first time again
    assert not looking.take()


def test_what_could_not_be_written_waits_until_the_day_after_its_own_is_over() -> None:
    looking = Looking()
    asked(looking, 0, 10, 20, 30, 40)
    looking.opened(KEY, NOON)
    due = looking.take()
    looking.opened(KEY, NOON)
    looking.give_back(due, NOON + timedelta(days=1))
    again = looking.take()
    assert again == Due({(DAY, "removal tattoo"): 5}, {(DAY, KEY): 2})
    looking.give_back(again, NOON + timedelta(days=2))
    assert not looking.take()


def test_a_clock_that_goes_back_counts_nothing_twice() -> None:
    looking = Looking()
    asked(looking, 0, -5, -20, -60, 5, 9)
    assert looking._asked["removal tattoo"].times == 1


@given(st.lists(st.integers(0, 23 * 60), max_size=60))
def test_never_more_than_once_in_ten_minutes_and_never_fewer_than_five(minutes: list[int]) -> None:
    looking = Looking()
    asked(looking, *sorted(minutes), start=datetime(2026, 11, 22, 0, tzinfo=UTC))
    total = looking.take().searches.get((DAY, "removal tattoo"), 0)
    most, last = 0, -APART
    for minute in sorted(minutes):
        if timedelta(minutes=minute) - last >= APART:
            most, last = most + 1, timedelta(minutes=minute)
    assert total == (most if most >= TIMES else 0)
