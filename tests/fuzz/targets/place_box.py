"""The place box, and the point a phone sends: always an answer with a sentence, never a fault."""

import struct
from typing import get_args

from directory.places import PlaceAnswer
from directory.places.answers import Kind, Precision
from offer.published import Published
from tests.fuzz.choices import Choices
from tests.fuzz.target import Feed, Target
from tests.fuzz.targets.days import DAYS


def make(published: Published) -> Feed:
    places = published.places

    def feed(data: bytes) -> None:
        choices = Choices(data)
        on = choices.one_of(DAYS)
        if choices.number(8) == 7:
            check(places.at(*_point(choices), on))
            return
        text = choices.rest().decode("utf-8", "replace")
        answer = places.read(text, on)
        check(answer)
        if (row := places.find(text)) is not None and row.district:
            assert answer.matches or answer.note, "a postcode we hold is never unknown"

    return feed


def check(answer: PlaceAnswer) -> None:
    assert answer.note or answer.precision == "exact"
    assert answer.query_kind in get_args(Kind) and answer.precision in get_args(Precision)
    assert answer.precision not in ("exact", "about") or len(answer.matches) <= 1 or answer.note
    districts = [match.district.gss for match in answer.matches]
    assert len(set(districts)) == len(districts), "each district is offered once"
    for match in answer.matches:
        assert match.district.name and match.authority.name
        assert match.share is None or 0 <= match.share <= 1
        assert match.lat is None or -90 <= match.lat <= 90


def _point(choices: Choices) -> tuple[float, float]:
    """A point of the world, near England more often than not; what is no number becomes 0."""
    lat, lon = struct.unpack("<ff", choices.take(8))
    lat, lon = (each if each == each else 0.0 for each in (lat, lon))
    return (
        (49 + abs(lat) % 12, -9 + abs(lon) % 12)
        if choices.number(2)
        else (_within(lat, 90), _within(lon, 180))
    )


def _within(value: float, most: float) -> float:
    return max(-most, min(most, value))


TARGET = Target(
    "place_box", "The place box: postcodes, names and points", make,
    ("LN1 1YL", "LN11", "NG34 7E", "DH1", "W1A", "BFPO", "GIR 0AA", "JE2", "Lincoln", "County Durham",
     "newport isle of wight", " council", ", ", "St. Ann's", "Bristol, City of", "Newark", "Hull"),
)  # fmt: skip
