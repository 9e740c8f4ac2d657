"""Made-up people for the impact of a change: every age, time in care, place and circumstance. Pure.

The circumstances come from the rules themselves: for each way to qualify somebody who just does, and for
each of its conditions somebody who just does not. So no condition goes unseen, and nothing is left to chance.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from offer.eligibility.care_plain import CARE_FACTS
from offer.eligibility.fact import Value
from offer.eligibility.facts import FACTS
from offer.eligibility.kleene import Known, cells
from offer.eligibility.normal_form import by_fact, ways
from offer.eligibility.partly_known import knowledge
from offer.eligibility.rule import Node, RuleError, thresholds
from offer.eligibility.situation import read_situation
from offer.eligibility.wording_of_values import said
from offer.staff.examples import Place

AGES = range(15, 28)
MOST_CIRCUMSTANCES = 12
MOST_PEOPLE = 6000
_AGE_FACTS = ("age_years", "age_months", "age_on_31_august", "days_to_18th_birthday", "date_of_birth")
_PLACES = ("lives_in", "responsible_authority", "residence_nation", "responsible_authority_nation")
_NOT_CHOSEN = CARE_FACTS | {*_AGE_FACTS, *_PLACES}
NOTHING_SAID = "nothing else was said"

Facts = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Care:
    """A time in care: its words, what is told of it, and at what ages it can be told."""

    words: str
    facts: Facts
    first_age: int
    before_age: int = 200


_IN_CARE = MappingProxyType[str, Value]({"care_when": "still_in_care", "care_13_weeks": True})
_LEFT = "left_at_16_or_17"
NEVER = Care("Never in care", {"care_when": "never"}, 15)
CARE: tuple[Care, ...] = (
    Care("In care now", _IN_CARE, 16, 18),
    Care("In care now, for less than 13 weeks", {**_IN_CARE, "care_13_weeks": False}, 16, 18),
    Care("Left care at 18", {"care_when": "left_at_18", "care_13_weeks": True}, 18),
    Care(
        "Left care at 16 or 17, after 13 weeks or more",
        {"care_when": _LEFT, "care_13_weeks": True, "home_6_months_after_care": False,
         "special_guardian_after_care": False},
        16,
    ),
    Care(
        "Left care at 16 or 17, then lived with a parent",
        {"care_when": _LEFT, "care_13_weeks": True, "home_6_months_after_care": True,
         "home_after_care_broke_down": False, "special_guardian_after_care": False},
        17,
    ),
    Care(
        "Left care at 16 or 17, after less than 13 weeks",
        {"care_when": _LEFT, "care_13_weeks": False, "special_guardian_after_care": False},
        16,
    ),
    Care(
        "Went from care to a special guardian",
        {"care_when": "left_before_16", "special_guardian_after_care": True,
         "hospital_or_detained_at_16_after_13_weeks": False},
        15,
    ),
    Care("Left care before 16", {"care_when": "left_before_16", "special_guardian_after_care": False,
         "hospital_or_detained_at_16_after_13_weeks": False}, 15),
    NEVER,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Made:
    """Somebody made up. `known`: all that follows on the day; `is_ours`: looked after where they live."""

    age: int
    care: str
    circumstance: str
    place: Place
    is_ours: bool
    known: Known


def population(
    nodes: Sequence[Node], touched: Sequence[Place], near: Sequence[Place], on: date
) -> Iterator[Made]:
    """Everybody for these rules: all of them in each touched place, half of them in each place nearby."""
    everybody = list(_people(nodes, on))
    spare = MOST_PEOPLE - len(near) * len(everybody) // 2
    step = max(1, -(-len(everybody) * len(touched) // max(spare, 1)))
    for places, taken in ((touched, everybody[::step]), (near, everybody[::2])):
        for place in places:
            yield from (_living_in(person, place) for person in taken)


def _living_in(person: Made, place: Place) -> Made:
    """The same person in another place: in England nothing but the two codes follows from it."""
    known = {**person.known, "lives_in": place.district}
    if "responsible_authority" in known:
        other = _SOMEWHERE.authority if place.authority == _OTHER else _OTHER
        known["responsible_authority"] = place.authority if person.is_ours else other
    return Made(person.age, person.care, person.circumstance, place, person.is_ours, known)


_SOMEWHERE = Place("E07000139", "E10000019")  # until each is put in their place
_OTHER = "E06000047"


def _people(nodes: Sequence[Node], on: date) -> Iterator[Made]:
    for circumstance in circumstances(nodes):
        words = ", ".join(said(FACTS[name], value) for name, value in circumstance.items()) or NOTHING_SAID
        for age in ages(nodes):
            for care in CARE:
                if care.first_age <= age < care.before_age:
                    yield from _person(age, care, circumstance, words, on)


def _person(age: int, care: Care, circumstance: Facts, words: str, on: date) -> Iterator[Made]:
    """Looked after by the council of the place, and by another; nobody whose facts cannot all be true."""
    told = {**care.facts, **circumstance, "age_years": age, "lives_in": _SOMEWHERE.district}
    councils = (None,) if care is NEVER else (_SOMEWHERE.authority, _OTHER)
    for council in councils:
        facts = told if council is None else {**told, "responsible_authority": council}
        situation, faults = read_situation(_as_told(facts), on)
        if not faults:
            is_ours = council == _SOMEWHERE.authority
            yield Made(age, care.words, words, _SOMEWHERE, is_ours, knowledge(situation, on))


def _as_told(facts: Mapping[str, object]) -> dict[str, object]:
    """Money in pounds and dates as text, as people tell them."""
    told: dict[str, object] = {}
    for name, value in facts.items():
        is_money = FACTS[name].unit == "pence" and isinstance(value, int)
        told[name] = value / 100 if is_money else value.isoformat() if isinstance(value, date) else value  # type: ignore[operator]
    return told


def ages(nodes: Sequence[Node]) -> tuple[int, ...]:
    """The ages of young people, with the year before and the year at each line that a rule draws."""
    lines = thresholds(nodes, "age_years")
    return tuple(sorted({*AGES, *(age for line in lines for age in (line - 1, line) if 0 < age < 100)}))


def circumstances(nodes: Iterable[Node]) -> tuple[Facts, ...]:
    """What people say besides age, care and place: nothing, and what just fits or just does not."""
    found: dict[tuple[tuple[str, Value], ...], None] = {(): None}
    for node in nodes:
        for facts in _of_rule(node):
            found[tuple(sorted(facts.items()))] = None
    every = tuple(found)
    step = -(-len(every) // MOST_CIRCUMSTANCES)
    return tuple(dict(each) for each in every[::step])


def _of_rule(node: Node) -> Iterator[Facts]:
    try:
        forms = ways(node)
    except RuleError:  # more ways than can be listed: judged by ages, care and places alone
        return
    for way in forms:
        fits = {fact: test for fact, test in by_fact(way).items() if fact not in _NOT_CHOSEN}
        just = {fact: value for fact, test in fits.items() if (value := _value(node, fact, test)) is not None}
        yield just
        for fact, test in fits.items():
            other = _value(node, fact, lambda value, test=test: not test(value))  # type: ignore[misc]
            if other is not None:
                yield {**just, fact: other}


def _value(node: Node, fact: str, fits: Callable[[Value], bool]) -> Value | None:
    """A real value of a fact that fits; None where there is none."""
    options = FACTS[fact].options
    every: Iterable[Value] = (option.value for option in options) if options else cells(node, fact)
    return next((value for value in every if fits(value)), None)
