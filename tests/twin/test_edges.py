"""The twin on what nobody should send: it never throws, and what it cannot read is unknown, never a no."""

from datetime import date
from random import Random
from typing import Any

from offer.eligibility.facts import FACTS
from offer.eligibility.situation import read_situation
from tests.twin.conftest import ON, Asked, outcomes_of
from tests.twin.make_vectors import TODAY
from tests.twin.people import any_answers

DURHAM = "E06000047"
Data = dict[str, Any]

WRONG: tuple[Any, ...] = (
    "", " ", "nonsense", "2007-02-30", "2007-2-3", "E999", "x" * 5000, "\x00", -1, 0.5, 1e300, -1e-9, 10**18,
    [], [[]], {}, {"a": 1}, [None], ["full"], "true", "1", "__proto__",
)  # fmt: skip
# One fact of each type and unit: a reader reads them all alike.
FACT_OF_EACH = tuple({(fact.type, fact.unit): name for name, fact in FACTS.items()}.values())
UNSPEAKABLE = ("NaN", "Infinity", "function", "symbol", "bigint", "date", "map")
RECORDS = "access-to-care-records"
STRANGE: tuple[Any, ...] = (
    None,
    {},
    [],
    "yes",
    {"id": "x", "xor": [{"fact": "age_years", "from": 1}]},
    {"id": "x", "all": []},
    {"id": "x", "any": "age_years"},
    {"id": "x", "fact": "age_years"},
    {"id": "x", "fact": "age_years", "from": "18"},
    {"id": "x", "fact": "age_years", "near": 18},
    {"id": "x", "fact": "age_years", "is": True},
    {"id": "x", "fact": "care_13_weeks", "from": 1},
    {"id": "x", "fact": "care_when", "in": "left_at_18"},
    {"id": "x", "fact": "nobody_asked", "is": True},
    {"id": "x", "fact": 7, "is": True},
    {"id": "x", "not": {"id": "y", "unless": True}},
    {"id": "x", "any": [{"id": "y", "fact": "age_years", "before": 3}, {"id": "z", "some": 1}]},
)
KIAH: Data = {"date_of_birth": "2007-03-10", "care_when": "left_at_18", "care_13_weeks": True}


def _pointers(answer: Data) -> set[str]:
    return {fault["pointer"] for fault in answer["faults"]}


def test_a_wrong_value_is_named_as_the_server_names_it(answers: Asked) -> None:
    """And counts as not known: the outcomes are those of somebody who never said it."""
    people = [{name: value} for name in FACT_OF_EACH for value in WRONG]
    silent, *found = answers({}, *people)
    refused = 0
    for person, answer in zip(people, found, strict=True):
        _, faults = read_situation(person, TODAY)
        unread = {fault.pointer for fault in faults}
        name = next(iter(person))
        at_or_below = {pointer for pointer in unread if pointer.startswith(f"/facts/{name}")}
        assert bool(_pointers(answer)) == bool(unread), (person, answer["faults"], faults)
        if at_or_below:
            refused += 1
            assert _pointers(answer) == {f"/facts/{name}"}
            assert outcomes_of(answer) == outcomes_of(silent), person
    assert refused > 200


def test_what_json_cannot_say_is_not_known(answers: Asked) -> None:
    people = [{name: {"$": odd}} for name in FACT_OF_EACH for odd in UNSPEAKABLE]
    silent, *found = answers({}, *people)
    for person, answer in zip(people, found, strict=True):
        if person != {"status_events": {"$": "date"}} and person != {"status_events": {"$": "map"}}:
            assert _pointers(answer) == {f"/facts/{next(iter(person))}"}, person
        assert outcomes_of(answer) == outcomes_of(silent)


def test_no_facts_in_any_shape_is_somebody_who_says_nothing(answers: Asked) -> None:
    silent, *found = answers({}, None, [], ["age_years"], "age_years", 7, True, {"$": "undefined"})
    assert silent["next_question"]["fact"] == "date_of_birth"
    for answer in found:
        assert outcomes_of(answer) == outcomes_of(silent)


def test_names_of_every_object_are_no_facts(answers: Asked) -> None:
    names = ["__proto__", "constructor", "toString", "hasOwnProperty", "a/b~c", ""]
    found = answers(*[{name: {"age_years": 19}} for name in names])
    escaped = ["__proto__", "constructor", "toString", "hasOwnProperty", "a~1b~0c", ""]
    assert [_pointers(answer) for answer in found] == [{f"/facts/{name}"} for name in escaped]


def test_a_day_that_is_none_is_the_day_of_the_pack(answers: Asked) -> None:
    days = ["yesterday", "2026-02-30", None, 5, {"$": "undefined"}]
    assert [answer["on"] for answer in answers(*[KIAH] * len(days), days=days)] == [ON] * len(days)


def test_birthdays_far_away_are_named_and_do_not_stop_it(answers: Asked) -> None:
    people = [{"date_of_birth": born} for born in ("0001-01-01", "9999-12-31", "2026-11-23", "1900-02-28")]
    for answer in answers(*people):
        assert _pointers(answer) == {"/facts/date_of_birth"}
        assert outcomes_of(answer)


def test_a_rule_of_a_kind_we_do_not_know_is_unknown(answers: Asked, rules: Data) -> None:
    """And the other rules are as they were."""
    packs = [rules, *({**rules, "rules": {**rules["rules"], RECORDS: rule}} for rule in STRANGE)]
    sound, *found = map(outcomes_of, answers(KIAH, packs=packs))
    assert sound[RECORDS] == "yes"
    for rule, outcomes in zip(STRANGE, found, strict=True):
        assert outcomes == {**sound, RECORDS: "unknown"}, rule


def test_a_rule_very_deep_or_missing_leaves_the_rest_as_it_is(answers: Asked, rules: Data) -> None:
    deep: Any = {"id": "x", "fact": "age_years", "from": 1}
    for _ in range(400):
        deep = {"not": deep}
    wide = {"all": [{"any": [deep] * 9} for _ in range(9)]}  # more ways to qualify than are looked into
    missing = {slug: rule for slug, rule in rules["rules"].items() if slug != RECORDS}
    packs = [rules, {**rules, "rules": {**missing, RECORDS: wide}}, {**rules, "rules": missing}]
    sound, with_wide, without = map(outcomes_of, answers(KIAH, packs=packs))
    assert with_wide == {**sound, RECORDS: "yes"}
    assert without == {**sound, RECORDS: "unknown"}


def test_what_is_no_pack_says_so(answers: Asked) -> None:
    for answer in answers(KIAH, packs=[None, {}, [], "rules", {"format": 1}]):
        assert answer == {"threw": "Error: This is not a list of rules that we can read."}


def test_answers_that_cannot_both_be_true_are_named_here_only_if_the_server_names_them(
    answers: Asked,
) -> None:
    chance = Random(11)
    people = [any_answers(chance, TODAY) for _ in range(150)]
    found = answers(*people)
    named = 0
    for person, answer in zip(people, found, strict=True):
        _, faults = read_situation(person, TODAY)
        assert not answer["faults"] or faults, (person, answer["faults"])
        named += bool(answer["faults"])
    assert named > 40


def test_a_clash_names_both_answers_in_words(answers: Asked) -> None:
    (answer,) = answers({"pregnant": True, "pregnant_or_baby_under_12_months": False})
    (fault,) = answer["faults"]
    _, (same,) = read_situation({"pregnant": True, "pregnant_or_baby_under_12_months": False}, TODAY)
    assert (fault["pointer"], fault["detail"]) == (same.pointer, same.detail)


def test_a_council_outside_the_pack_is_said_and_never_a_no(answers: Asked) -> None:
    (answer,) = answers({**KIAH, "responsible_authority": "E10000019", "lives_in": DURHAM})
    assert answer["not_in_pack"] == ["E10000019", DURHAM]
    assert not [slug for slug in outcomes_of(answer) if slug.startswith("lincolnshire")]


def test_a_pack_past_its_day_says_so(answers: Asked, rules: Data) -> None:
    old = {**rules, "valid_until": ON}
    fresh = {**rules, "valid_until": date(2026, 11, 23).isoformat()}
    assert [answer["out_of_date"] for answer in answers(KIAH, packs=[old, fresh, rules])] == [
        True,
        False,
        False,
    ]


def test_a_question_refused_is_not_asked_again(answers: Asked) -> None:
    refused: list[str] = []
    for _ in range(3):
        (answer,) = answers(KIAH, refused=refused)
        asked = answer["next_question"]["fact"]
        assert asked not in refused
        refused.append(asked)
