"""A person read, and told again as the API takes them."""

import json

import pytest

from offer.person import facts_told, read_person
from offer.published import Published
from tests.offer.situations import Situation, national, stories


@pytest.mark.parametrize("person", (*national(), *stories()), ids=str)
def test_what_was_told_reads_the_same_again_and_holds_no_postcode(
    published: Published, person: Situation
) -> None:
    read = read_person(published, person.facts, person.on)
    told = facts_told(read.situation)
    again = read_person(published, json.loads(json.dumps(told)), person.on)
    assert "postcode" not in told
    assert again.situation == read.situation
