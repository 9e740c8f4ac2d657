"""Whom a change touches: the example people and the made-up population, before and after."""

from datetime import date

import pytest

from offer.answer import answer
from offer.eligibility.rule import RuleError
from offer.eligibility.situation import read_situation
from offer.entitlements.schema import Amount, Entitlement
from offer.person import read_person
from offer.published import COUNCIL_TAX, Published
from offer.staff.examples import NORTH_KESTEVEN, Place, examples
from offer.staff.impact import Impact, effect_of, impact
from offer.staff.overlay import overlay
from offer.staff.population import CARE, MOST_PEOPLE, ages, circumstances, population

ON, APRIL = date(2026, 11, 22), date(2027, 4, 1)
TENDRING = Place("E07000076", "E10000012")  # stops at 21, for Essex's own care leavers
BURSARY = "lincolnshire-college-bursary"


def to_25_from_april(published: Published, district: str = TENDRING.district) -> Entitlement:
    """Council tax with a district's age moved from 21 to 25 on 1 April."""
    entry = published.entries[COUNCIL_TAX]
    old = next(row for row in entry.terms if row.area == district and row.end is None)
    ended = old.model_copy(update={"end": APRIL})
    new = old.model_copy(update={"start": APRIL, "age_before": 25})
    rows = [each for row in entry.terms for each in ((ended, new) if row is old else (row,))]
    return entry.model_copy(update={"terms": rows})


@pytest.fixture(scope="module")
def to_25(published: Published) -> Impact:
    return impact(published, {COUNCIL_TAX: to_25_from_april(published)}, ON)


def test_a_district_that_goes_to_25_in_april_is_told_to_the_person(to_25: Impact) -> None:
    assert to_25.days == (ON, APRIL) and to_25.places == (TENDRING,) and not to_25.is_national
    assert to_25.entries == (COUNCIL_TAX,), "no other council's entry reads this district's terms"
    assert to_25.examples == len(examples()) == 60
    gains = {each.person.name.split()[0]: each for each in to_25.touched if each.effect == "gains"}
    assert {"Isla", "Jamal", "Maryam", "Noah"} <= gains.keys()
    assert not {"Priya", "Viktor", "Poppy", "Hamza"} & gains.keys(), (
        "25, another council's, too short, no bill"
    )
    assert to_25.count("loses") == to_25.count("both") == 0
    ((day, (turn,)),) = gains["Isla"].days
    assert day == APRIL and turn.before and turn.after
    assert (turn.before.outcome, turn.after.outcome, turn.after.until_age) == ("no", "yes", 25)
    assert any("21" in reason.text for reason in turn.before.because)


def test_who_has_it_anyway_and_keeps_it_for_longer_changes_otherwise(to_25: Impact) -> None:
    carys = next(each for each in to_25.touched if each.person.name.startswith("Carys"))
    assert carys.effect == "otherwise"
    ((_, (turn,)),) = carys.days
    assert turn.before and turn.after and (turn.before.until_age, turn.after.until_age) == (21, 25)


def test_the_made_up_people_are_counted_by_age_district_and_care(to_25: Impact) -> None:
    (everybody,) = to_25.tallies[""]
    assert everybody.people > 1000 and 0 < everybody.changed == everybody.effects["gains"]
    for heading in ("Age", "Time in care", "District", "Looked after by", "What they said"):
        assert sum(each.people for each in to_25.tallies[heading]) == everybody.people
        assert sum(each.changed for each in to_25.tallies[heading]) == everybody.changed
    assert {each.name for each in to_25.tallies["Age"] if each.changed} == {"21", "22", "23", "24"}
    assert [each.name for each in to_25.tallies["District"] if each.changed] == [TENDRING.district]


def test_impact_decides_nothing_itself(published: Published, to_25: Impact) -> None:
    """Before is what the public is answered today, for everybody and for every entry."""
    for each in to_25.touched:
        for day, turns in each.days:
            person = read_person(published, each.person.facts_at(each.place), day)
            outcomes = {outcome.slug: outcome for outcome in person.answer(published).outcomes}
            assert all(repr(turn.before) == repr(outcomes[turn.difference.slug]) for turn in turns)


def test_the_other_way_round_they_lose(published: Published) -> None:
    entry = published.entries[COUNCIL_TAX]
    rows = [
        row.model_copy(update={"age_before": 21}) if row.area == "E07000139" else row for row in entry.terms
    ]
    found = impact(published, {COUNCIL_TAX: entry.model_copy(update={"terms": rows})}, ON)
    assert found.emptied == (), "others can get it still"
    assert found.days == (ON,) and found.places == (NORTH_KESTEVEN,)
    assert found.count("loses") > 5 and found.count("gains") == 0
    assert "council-tax-north-kesteven" in found.entries, "the council's own entry reads the same terms"


def test_words_alone_touch_nobody(published: Published) -> None:
    entry = published.entries[BURSARY].model_copy(update={"summary": "Other words."})
    found = impact(published, {BURSARY: entry}, ON)
    assert found.touched == () and found.tallies == {} and found.entries == (BURSARY,)


def test_money_is_told_and_no_outcome_moves(published: Published) -> None:
    entry = published.entries[BURSARY]
    amount = Amount(text="£2,000 a year", pence=200_000, per="year")
    found = impact(published, {BURSARY: entry.model_copy(update={"amount": amount, "more_amounts": []})}, ON)
    assert found.count("otherwise") == len(found.touched) > 0
    turn = found.touched[0].days[0][1][0]
    assert turn.after and turn.after.day.worth and turn.after.day.worth.now_text == "£2,000 a year"
    assert found.tallies[""][0].effects["otherwise"] > 0


def test_what_is_withdrawn_is_lost_and_what_is_new_is_gained(published: Published) -> None:
    gone = impact(published, {BURSARY: None}, ON)
    assert gone.count("loses") == len(gone.touched) > 0
    assert gone.touched[0].days[0][1][0].after is None
    new = published.entries[BURSARY].model_copy(update={"id": "lincolnshire-new-bursary"})
    come = impact(published, {new.id: new}, ON)
    assert come.count("gains") == len(come.touched) == len(gone.touched)
    draft = new.model_copy(update={"stage": "draft"})
    assert impact(published, {new.id: draft}, ON).touched == ()


def test_a_rule_that_bars_everybody_is_found_though_no_line_of_it_contradicts(published: Published) -> None:
    entry = published.entries[BURSARY]
    old = {"id": "old", "fact": "age_years", "from": 40, "cite": "A slip of the keyboard"}
    barred = entry.model_copy(update={"rule": {"id": "whole", "all": [entry.rule, old]}})
    assert impact(published, {BURSARY: barred}, ON).emptied == (BURSARY,)
    for other in (None, entry.model_copy(update={"summary": "Other words."})):
        assert impact(published, {BURSARY: other}, ON).emptied == ()


def test_a_national_entry_is_tried_on_examples_of_places(published: Published) -> None:
    entry = published.entries["personal-adviser-to-21"]
    found = impact(
        published,
        {entry.id: entry.model_copy(update={"rule": {"id": "r", "fact": "age_years", "before": 30}})},
        ON,
    )
    assert found.is_national and found.count("gains") > 10


def test_a_rule_that_cannot_be_read_is_said(published: Published) -> None:
    entry = published.entries[BURSARY].model_copy(update={"rule": {"id": "r", "fact": "weather"}})
    with pytest.raises(RuleError):
        impact(published, {BURSARY: entry}, ON)


@pytest.mark.parametrize(
    "slug",
    [
        "personal-adviser-to-21",
        "universal-credit-from-18",
        "higher-education-bursary",
        "healthy-start",
        BURSARY,
    ],
)
def test_the_population_has_somebody_who_qualifies_and_somebody_who_does_not(
    published: Published, slug: str
) -> None:
    rule = published.rules_on(ON)[slug]
    tried = list(population([rule.node], [NORTH_KESTEVEN], [], ON))
    assert 100 < len(tried) <= MOST_PEOPLE
    assert {True, False} <= {rule.test(person.known) for person in tried}
    assert max(ages([rule.node])) >= 26 and () in [tuple(each) for each in circumstances([rule.node])]
    assert len({care.words for care in CARE}) == len(CARE)


def test_the_same_change_is_judged_the_same_again(published: Published, to_25: Impact) -> None:
    # Days of entries are themselves and no others, whatever they hold: what they say is compared.
    assert repr(impact(published, {COUNCIL_TAX: to_25_from_april(published)}, ON)) == repr(to_25)


def test_every_example_can_be_read_in_every_place(published: Published) -> None:
    for place in (NORTH_KESTEVEN, TENDRING, Place("E06000047", "E06000047")):
        for person in examples():
            facts = person.facts_at(place)
            assert "here" not in facts.values() and "elsewhere" not in facts.values()
            situation, faults = read_situation(facts, ON)
            assert not faults, (person.name, faults)
            assert answer(published, situation, ON).outcomes


def test_effects_of_one_person_together() -> None:
    assert effect_of([]) == "none" and effect_of(["moved"]) == "otherwise"
    assert effect_of(["gained", "moved"]) == "gains" and effect_of(["shut"]) == "loses"
    assert effect_of(["open", "lost"]) == "both"


def test_what_is_laid_over_leaves_the_edition_as_it_is(published: Published) -> None:
    laid = overlay(published, {BURSARY: None}, ON)
    assert (
        BURSARY in published.entries and BURSARY in laid.before.entries and BURSARY not in laid.after.entries
    )
