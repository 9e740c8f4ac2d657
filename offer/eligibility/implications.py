"""What one answer settles about another, and so which answers cannot both be true.

Each line reads "if the first holds, the second must". It fills in the second where it is
unknown, turned round it fills in the first, and where both are given it finds the clash.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from typing import NamedTuple

from offer.eligibility.fact import Value

Known = Mapping[str, Value]


class Implication(NamedTuple):
    """If `fact` is one of `values`, then `then` is `is_`."""

    fact: str
    values: tuple[Value, ...]
    then: str
    is_: Value


def _if(fact: str, value: Value, then: str, is_: Value) -> Implication:
    return Implication(fact, (value,), then, is_)


NEVER_IN_CARE = (
    "continuous_care_12_months_since_2011",
    "fostered_immediately_before_leaving_care",
    "still_living_with_former_foster_carer",
    "left_care_to_kinship_sgo_or_adoption",
    "care_order_placement_2_years_before_16",
)

IMPLICATIONS: tuple[Implication, ...] = (
    _if("child_under_4", True, "child_under_5", True),
    _if("child_under_5", True, "parent", True),
    _if("child_under_4", True, "parent", True),
    _if("disabled_child_element", True, "parent", True),
    _if("disabled_child_element", True, "receives_uc", True),
    _if("pregnant", True, "pregnant_or_baby_under_6_months", True),
    _if("pregnant", True, "pregnant_or_baby_under_12_months", True),
    _if("pregnant_or_baby_under_6_months", True, "pregnant_or_baby_under_12_months", True),
    _if("pregnant_within_11_weeks_or_baby_under_15_weeks", True, "pregnant_or_baby_under_6_months", True),
    _if("pregnant_within_11_weeks_or_baby_under_15_weeks", True, "pregnant_or_baby_under_12_months", True),
    _if("is_british_citizen", True, "immigration", "citizen_or_settled"),
    _if("is_british_citizen", True, "british_registration_route", False),
    _if("in_education", "apprenticeship", "employed", True),
    _if("ehcp", False, "ehcp_kept_to_end_of_year", False),
    _if("tenure", "staying_put", "still_living_with_former_foster_carer", True),
    *(_if("ever_looked_after", False, name, False) for name in NEVER_IN_CARE),
)


def _by_name() -> Mapping[str, tuple[int, ...]]:
    names = {name for rule in IMPLICATIONS for name in (rule.fact, rule.then)}
    return {
        name: tuple(n for n, rule in enumerate(IMPLICATIONS) if name in (rule.fact, rule.then))
        for name in names
    }


_BY_NAME = _by_name()  # the places of the lines that speak of a fact: most facts stand in none


def implied(known: Known) -> dict[str, Value]:
    """Everything that follows from what is known, the known values not repeated."""
    found, everything, fresh = dict[str, Value](), dict(known), known.keys()
    while fresh:
        new = {name: value for name, value in _consequences(everything, fresh) if name not in everything}
        found |= new
        everything |= new
        fresh = new.keys()
    return found


def _consequences(known: Known, fresh: Set[str]) -> Iterator[tuple[str, Value]]:
    """What follows by the lines that speak of a fact just learnt."""
    places = {place for name in fresh & _BY_NAME.keys() for place in _BY_NAME[name]}
    for rule in map(IMPLICATIONS.__getitem__, sorted(places)):
        value = known.get(rule.fact)
        if value is not None:
            if value in rule.values:
                yield rule.then, rule.is_
        elif rule.then in known and known[rule.then] != rule.is_:
            yield from _turned_round(rule)
    for fact, before, then in AGE_FLOORS:
        age = known.get(fact)
        if isinstance(age, int) and age < before:
            yield then, False


def _turned_round(rule: Implication) -> Iterator[tuple[str, Value]]:
    """Not the second, so not the first: only a yes-or-no fact can be filled in that way."""
    if isinstance(rule.is_, bool) and len(rule.values) == 1 and isinstance(rule.values[0], bool):
        yield rule.fact, not rule.values[0]


# Under this age the second cannot be true yet: (age fact, age, fact).
AGE_FLOORS: tuple[tuple[str, int, str], ...] = (
    ("age_years", 21, "turned_21_during_course"),
    ("age_years", 19, "continuing_same_16_19_programme"),
    ("age_years", 25, "ehcp_kept_to_end_of_year"),
    ("age_years", 16, "ever_looked_after_at_16_or_17"),
)


def clashes(known: Known) -> Iterator[tuple[str, str]]:
    """Pairs of given facts that cannot both be true."""
    for rule in IMPLICATIONS:
        both = rule.fact in known and rule.then in known
        if both and known[rule.fact] in rule.values and known[rule.then] != rule.is_:
            yield rule.fact, rule.then
    for fact, before, then in AGE_FLOORS:
        age = known.get(fact)
        if isinstance(age, int) and age < before and known.get(then) is True:
            yield fact, then
