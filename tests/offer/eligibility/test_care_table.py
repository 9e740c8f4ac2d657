"""The table of histories strikes out just what looking at each of them does."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from offer.eligibility.asking import Asking
from offer.eligibility.care_history import BANDS, values_of
from offer.eligibility.care_plain import COUNTED_DAYS, fits
from offer.eligibility.care_table import HAVING, HISTORIES, histories_of, left, values_left

answers = st.fixed_dictionaries(
    {}, optional={name: st.sampled_from(sorted(values, key=str)) for name, values in HAVING.items()}
)
days = st.one_of(st.none(), st.sampled_from([0, 1, 90, 91, 400]))
bands = st.lists(st.sampled_from(BANDS), unique=True)


@given(answers, days, bands)
def test_what_is_left_fits_what_was_said_and_nothing_else_does(
    told: dict[str, Any], counted: int | None, ages: list[Any]
) -> None:
    told |= {} if counted is None else {COUNTED_DAYS: counted}
    expected = tuple(h for h in HISTORIES if h.band in ages and fits(h, told))
    assert histories_of(left(told, ages)) == expected


@given(answers, st.sampled_from(sorted(HAVING)))
def test_the_values_left_are_those_of_the_histories_left(told: dict[str, Any], name: str) -> None:
    mask = left(told)
    assert values_left(name, mask) == {values_of(history)[name] for history in histories_of(mask)}


@given(answers)
def test_only_what_would_tell_histories_apart_is_asked(told: dict[str, Any]) -> None:
    if len(values_left("care_status", left(told))) < 2:
        return
    for asked in Asking(told).inputs("care_status"):
        if asked in HAVING:
            assert len(values_left(asked, left(told))) > 1
