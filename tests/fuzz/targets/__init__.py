"""Every target, by name."""

from collections.abc import Mapping

from tests.fuzz.target import Target
from tests.fuzz.targets import (
    headers,
    hours,
    open_referral,
    person_facts,
    person_forms,
    place_box,
    rules,
    searches,
    sheets,
    yaml_documents,
)

TARGETS: Mapping[str, Target] = {
    each.TARGET.name: each.TARGET
    for each in (
        place_box, searches, person_forms, person_facts, rules, yaml_documents, sheets, open_referral, hours,
        headers,
    )
}  # fmt: skip
