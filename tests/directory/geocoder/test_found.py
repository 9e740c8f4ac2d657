"""From points to an answer: districts, choices and sentences."""

from collections.abc import Iterable
from datetime import date

from directory.geocoder import Spot, answer_of, places_of
from directory.geocoder.found import NOTHING, NOWHERE, FoundPlace
from directory.places import Places

ON = date(2026, 11, 22)
LINCOLN, LEEDS, CARDIFF = "E07000138", "E08000035", "W06000015"
WHERE = {53: LINCOLN, 54: LEEDS, 51: CARDIFF}


def districts_at(lat: float, lon: float) -> Iterable[str]:
    return [WHERE[int(lat)]] if int(lat) in WHERE else []


def test_one_place_a_district_with_a_point_of_about_a_kilometre() -> None:
    spots = [Spot(53.231234, -0.545678), Spot(53.9, -0.6), Spot(54.123, -1.5), Spot(50.5, -7.9)]
    assert places_of(spots, districts_at) == (
        FoundPlace(LINCOLN, 53.23, -0.55), FoundPlace(LEEDS, 54.12, -1.5), FoundPlace("", 50.5, -7.9),
    )  # fmt: skip


def test_one_district_is_about_and_asked_to_be_confirmed(places: Places) -> None:
    answer = answer_of(places.areas, [FoundPlace(LINCOLN, 53.23, -0.55)], ON)
    assert (answer.precision, answer.online, answer.query_kind) == ("about", "found", "place")
    assert answer.note == "OpenStreetMap puts that in Lincoln: if that is wrong, type your postcode."
    assert [(m.lat, m.lon, m.authority.name) for m in answer.matches] == [(53.23, -0.55, "Lincolnshire")]


def test_several_districts_are_a_choice(places: Places) -> None:
    answer = answer_of(places.areas, [FoundPlace(LEEDS, 53.8, -1.5), FoundPlace(LINCOLN, 53.2, -0.5)], ON)
    assert answer.precision == "several"
    assert [match.district.name for match in answer.matches] == ["Leeds", "Lincoln"]
    assert "choose yours" in (answer.note or "")


def test_outside_england_is_a_sentence(places: Places) -> None:
    answer = answer_of(places.areas, [FoundPlace(CARDIFF, 51.48, -3.18)], ON)
    assert answer.nation == "wales"
    assert "Wales" in (answer.note or "")
    assert answer_of(places.areas, [FoundPlace("", 50.1, -7.9)], ON) == NOWHERE
    assert "not in England" in (NOWHERE.note or "")


def test_nothing_found_is_said_and_is_not_a_failure(places: Places) -> None:
    answer = answer_of(places.areas, [], ON)
    assert answer == NOTHING
    assert answer.online == "nothing"


def test_a_district_that_was_replaced_since_is_followed(places: Places) -> None:
    answer = answer_of(places.areas, [FoundPlace("E07000026", 54.6, -3.1)], ON)  # Allerdale, until April 2023
    assert [match.district.name for match in answer.matches] == ["Cumberland"]
