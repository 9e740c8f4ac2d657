"""What moving changes, in sentences, from invented rules."""

import pytest

from offer.council_tax_facts import Fact, facts_of_rows
from offer.council_tax_move import Home, changes
from offer.entitlements.schema import ParameterRow
from tests.offer.pages.test_council_tax import row


def home(name: str, *rows: ParameterRow) -> Home:
    return Home(name, f"{name}shire", rows)


OLD = home("Alton", row(age_before=21, percent=100))


@pytest.mark.parametrize(
    ("there", "said"),
    [
        (row(age_before=25), "It would go on longer: to 25 in Bury, not 21 as in Alton."),
        (row(age_before=20), "It would stop sooner: at 20 in Bury, not 21 as in Alton."),
        (row(age_before=21), "It stops at the same age in both: when you turn 21."),
        (row(age_before=None), "We did not find the age at which it stops in Bury. Ask."),
        (row(percent=50), "Less can come off: up to 50% in Bury, 100% in Alton."),
        (row(percent=100), "As much can come off in both: up to 100%."),
        (row(percent=None), "We did not find how much comes off in Bury. Ask."),
        (row(who="own"), "Bury: Only for care leavers that Buryshire looked after."),
        (
            row(who="any"),
            "Bury: For any care leaver who lives in the district, whichever council looked after you.",
        ),
        (
            row(confidence="existence only"),
            "We only know that Bury may have a discount. Ask its council tax team first.",
        ),
    ],
)
def test_each_difference_is_said(there: ParameterRow, said: str) -> None:
    assert said in changes(OLD, home("Bury", there))


def test_more_can_come_off() -> None:
    less = home("Alton", row(percent=50))
    assert "More can come off: up to 100% in Bury, 50% in Alton." in changes(less, home("Bury", row()))


def test_a_rule_with_nothing_to_set_beside_it_is_still_told() -> None:
    said = changes(home("Alton"), home("Bury", row()))
    assert said[0] == "We do not hold the rule of Alton to set beside it."
    assert said[1] == "Bury: You may pay no council tax until you turn 25."


@pytest.mark.parametrize(
    ("age", "said"),
    [
        (20, "At 20 in Alton: You may pay no council tax until you turn 21."),
        (21, "At 21 in Alton: what we hold has stopped. Ask if there is something else."),
    ],
)
def test_an_age_is_held_against_the_birthday_at_which_it_stops(age: int, said: str) -> None:
    assert changes(OLD, home("Bury", row()), age)[0] == said


def test_an_age_between_two_rules_asks() -> None:
    two = home("Alton", row(age_before=21), row(age_before=25, percent=None, asks=["Ask."]))
    assert changes(two, OLD, 23)[0] == "At 23 in Alton: it may go on. Ask."
    assert changes(home("Alton"), OLD, 23)[0].endswith("we do not know. Ask its council tax team.")


def test_what_sharing_changes_is_found_in_bands_or_notes_and_else_open() -> None:
    banded = facts_of_rows([row(bands=["only you on the bill: 100% off", "sharing: 50% off"])], "Kent")
    noted = facts_of_rows([row(note="You get it even if you share your home. It began in May.")], "Kent")
    silent = facts_of_rows([row(note="It covers what is left after other help.")], "Kent")
    answers = [_shared(facts) for facts in (banded, noted, silent)]
    assert answers[0].answer == "Sharing: 50% off."
    assert answers[1].answer == "You get it even if you share your home."
    assert not answers[2].found


def test_of_a_rule_that_is_only_known_to_exist_nothing_is_answered() -> None:
    assert facts_of_rows([row(confidence="existence only")], "Kent") == ()


def _shared(facts: tuple[Fact, ...]) -> Fact:
    return next(fact for fact in facts if fact.question == "If you share your home")
