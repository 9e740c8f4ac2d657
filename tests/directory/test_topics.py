"""The topics are those of the contract, and every kind of service has a title."""

from typing import get_args

from directory.records import KINDS, Topic
from directory.topics import KIND_TITLES, TOPICS


def test_the_slugs_are_those_of_the_contract() -> None:
    assert tuple(TOPICS) == get_args(Topic)


def test_every_kind_has_a_title() -> None:
    assert set(KIND_TITLES) == set(KINDS)
