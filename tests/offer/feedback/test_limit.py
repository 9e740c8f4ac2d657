"""So many a minute and a day, and no more, however fast they come."""

from datetime import UTC, datetime, timedelta

from offer.feedback.limit import Limit

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_a_minute_is_full_and_then_free_again() -> None:
    limit = Limit(a_minute=3, a_day=100)
    assert [limit.take(AT + timedelta(seconds=each)) for each in (0, 1, 2, 3)] == [True, True, True, False]
    assert not limit.take(AT + timedelta(seconds=59))
    assert limit.take(AT + timedelta(seconds=60))


def test_a_day_is_full_even_where_each_minute_is_not() -> None:
    limit = Limit(a_minute=10, a_day=20)
    taken = sum(limit.take(AT + timedelta(minutes=each)) for each in range(60))
    assert taken == 20
    assert limit.take(AT + timedelta(days=1, minutes=1))


def test_what_is_refused_is_not_counted() -> None:
    limit = Limit(a_minute=1, a_day=2)
    assert limit.take(AT)
    assert not any(limit.take(AT + timedelta(seconds=each)) for each in range(1, 60))
    assert limit.take(AT + timedelta(minutes=1))
