"""Every category of the facts and every kind of service has a topic of the contract."""

import json
from pathlib import Path
from typing import get_args

from directory.records import KINDS, Topic
from directory.topics import KIND_TITLES, TOPIC_OF_CATEGORY, TOPIC_OF_KIND, TOPICS


def test_the_slugs_are_those_of_the_contract() -> None:
    assert tuple(TOPICS) == get_args(Topic)
    assert set(TOPIC_OF_CATEGORY.values()) <= set(TOPICS)


def test_every_kind_has_a_topic_and_a_title() -> None:
    assert set(TOPIC_OF_KIND) == set(KIND_TITLES) == set(KINDS)
    assert set(TOPIC_OF_KIND.values()) <= set(TOPICS)


def test_every_category_of_the_facts_has_a_topic(shared: Path) -> None:
    for name in ("national_entitlements.json", "local_offer.json"):
        facts = json.loads((shared / "facts" / name).read_text(encoding="utf-8"))
        for entry in facts["entries"]:
            assert entry["category"] in TOPIC_OF_CATEGORY, entry["category"]
