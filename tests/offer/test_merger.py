"""An invented merger: what somebody can get hangs on the code and the day, and changes on that day."""

from datetime import date

import pytest

from directory.places import Area, Areas, Places
from directory.places.changes import Change
from offer.entitlements.schema import Entitlement
from offer.person import read_person
from offer.published import COUNCIL_TAX, Published, build_published

DAY = date(2027, 10, 1)
BEFORE = date(2027, 9, 30)
LINCOLN, WEST_LINDSEY, NEWLAND = "E07000138", "E07000142", "E06000901"


@pytest.fixture(scope="module")
def merging(published: Published) -> Published:
    """Lincoln and West Lindsey become Newland, whose own rule takes over on the day: half off, to 30."""
    areas = Areas.load()
    changes = [Change(code, DAY, "Newland", NEWLAND) for code in (LINCOLN, WEST_LINDSEY)]
    joined = Areas(
        areas._districts.values(), areas._retired.values(), areas._outside, areas._aliases, changes
    )
    entries = [_with_new_rule(entry) for entry in published.entries.values()]
    places = Places(published.places.store, joined)
    return build_published(entries, [], places, 1, today=BEFORE)


def _with_new_rule(entry: Entitlement) -> Entitlement:
    if entry.id != COUNCIL_TAX:
        return entry
    lincoln = next(row for row in entry.terms if row.area == LINCOLN)
    new = lincoln.model_copy(
        update={"area": NEWLAND, "start": DAY, "end": None, "age_before": 30, "percent": 50, "who": "any"}
    )
    ended = [
        row.model_copy(update={"end": DAY})
        if row.area in (LINCOLN, WEST_LINDSEY) and row.end is None
        else row
        for row in entry.terms
    ]
    return entry.model_copy(update={"terms": [*ended, new]})


def outcome(published: Published, on: date, **where: str) -> str:
    """What somebody of 27, once looked after by Lincolnshire, is told about council tax."""
    facts = {"date_of_birth": "2000-03-01", "care_status": "former_relevant", **where}
    answer = read_person(published, facts | {"responsible_authority": "E10000019"}, on).answer(published)
    return next(each.outcome for each in answer.outcomes if each.slug == COUNCIL_TAX)


def test_the_old_rule_holds_to_the_last_day_and_the_new_one_from_the_first(merging: Published) -> None:
    assert outcome(merging, BEFORE, postcode="LN1 1YL") == "no"
    assert outcome(merging, DAY, postcode="LN1 1YL") in ("yes", "unknown")
    assert outcome(merging, DAY, postcode="LN1 1YL") == outcome(merging, DAY, lives_in=NEWLAND)


@pytest.mark.parametrize("code", [LINCOLN, WEST_LINDSEY])
def test_an_old_code_is_followed_on_the_day(merging: Published, code: str) -> None:
    assert outcome(merging, BEFORE, lives_in=code) == "no"
    assert outcome(merging, DAY, lives_in=code) == outcome(merging, DAY, lives_in=NEWLAND) != "no"


def test_the_neighbour_keeps_its_own_rule(merging: Published, published: Published) -> None:
    for on in (BEFORE, DAY):
        assert outcome(merging, on, lives_in="E07000139") == outcome(published, on, lives_in="E07000139")


def test_the_page_of_the_old_district_tells_what_is_coming_and_then_leads_on(merging: Published) -> None:
    areas = merging.places.areas
    assert "will be Newland" in (areas.change_told(LINCOLN, BEFORE) or "")
    assert areas.change_told(LINCOLN, DAY) is None
    assert areas.current(LINCOLN, DAY) == NEWLAND
    assert merging.places.authority_of(LINCOLN, DAY) == Area(NEWLAND, "Newland")
