"""Who decides, and whether they must or may: in words for every entry there is."""

from typing import get_args

import pytest

from offer.deciding import decided_in_brief, decision
from offer.entitlements.schema import Entitlement, Strength
from offer.published import Published
from tests.offer.dated import TODAY, entry

NATURES = get_args(Entitlement.model_fields["nature"].annotation)


@pytest.mark.parametrize("strength", get_args(Strength))
@pytest.mark.parametrize("nature", NATURES)
def test_every_strength_and_nature_has_its_words(strength: str, nature: str) -> None:
    told = decision(entry(strength=strength, nature=nature), TODAY)
    assert told.who == "Nobody"
    must = told.words.startswith(("They must", "The law says they must"))
    assert must == (told.duty in ("must", "must-in-part"))
    assert told.words.endswith(".")


def test_a_council_s_own_page_about_a_law_does_not_make_the_law_a_choice() -> None:
    assert decision(entry(strength="local_offer", nature="law"), TODAY).duty == "must-in-part"
    assert decision(entry(strength="local_offer", nature="council-choice"), TODAY).duty == "chose-to"
    assert decision(entry(strength="local_offer", nature="national-scheme"), TODAY).duty == "own-rules"


def test_what_has_not_begun_binds_nobody_before_its_day() -> None:
    coming = entry(in_force="not-yet", begins="2027-04-01")
    assert decision(coming, TODAY).duty == "nobody-yet"
    assert decision(coming, TODAY.replace(year=2028)).duty == "must"


def test_a_full_stop_is_not_said_twice(published: Published) -> None:
    assert all(not decision(each, TODAY).who.endswith(".") for each in published.entries.values())


def test_on_paper_every_duty_is_one_short_line(published: Published) -> None:
    for each in published.entries.values():
        brief, found = decided_in_brief(each, TODAY), decision(each, TODAY)
        assert (brief == "") == (found.duty == "nothing-to-decide")
        if brief:
            who, words = brief.rsplit(" – ", 1)
            assert found.who.startswith(who) and "." not in who.replace("Dr.", "")
            assert words.startswith("must") == (found.duty in ("must", "must-in-part"))
            assert ("may" in words.split()) == (found.duty == "may")
