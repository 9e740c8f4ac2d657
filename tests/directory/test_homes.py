"""Who owns the homes: sourced, dated, each district once, unknown never guessed."""

import pytest
from pydantic import ValidationError

from directory.homes import Homes, homes
from directory.places import Places


def test_each_district_is_one_of_todays(places: Places) -> None:
    today = {area.gss for area in places.districts()}
    assert set(homes().by_area) <= today


def test_the_two_counties_of_the_mission_are_known() -> None:
    assert {"E06000047", *(f"E070001{number}" for number in range(36, 43))} <= set(homes().by_area)


def test_every_fact_says_where_it_was_read() -> None:
    for district in homes().districts:
        found = (district.sources, district.register_ and district.register_.sources)
        assert all(source.url for sources in found if sources for source in sources)
        assert district.says.endswith(".")


def test_a_district_that_stands_twice_is_refused() -> None:
    given = homes().model_dump(mode="json", by_alias=True)
    with pytest.raises(ValidationError, match="twice"):
        Homes.model_validate({**given, "districts": [*given["districts"], given["districts"][0]]})


def test_an_owner_that_is_neither_is_refused() -> None:
    given = homes().model_dump(mode="json", by_alias=True)
    odd = {**given["districts"][0], "owner": "unknown"}
    with pytest.raises(ValidationError):
        Homes.model_validate({**given, "districts": [odd]})
