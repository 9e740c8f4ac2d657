"""Ages that overlap: a service is kept for a range of ages when it takes any age in it.

The cases are of Outpost (wearefuturegov/outpost-api-service, MIT), restated; there `max_age`
is the last age, here `age_before` is the birthday after it. Not stated is never no.
"""

import json
from pathlib import Path
from typing import Any

from directory.records import Service
from tests.directory.starter import starter_services

OLDEST = 120


def kept(service: Service, asked: dict[str, int]) -> bool:
    ages = range(asked.get("from_age", 0), asked.get("to_age", OLDEST) + 1)
    return any(service.takes_age(age) for age in ages)


def test_outposts_cases(shared: Path) -> None:
    groups = json.loads((shared / "cases" / "outside_vectors.json").read_text(encoding="utf-8"))["groups"]
    cases: list[dict[str, Any]] = next(g["cases"] for g in groups if "overlap, Outpost" in g["name"])
    service, seen = starter_services()["become"].record, 0
    for case in cases:
        for example in case["examples"]:
            first, last = example["service"]["min_age"], example["service"]["max_age"]
            ages = {"age_from": first, "age_before": None if last is None else last + 1}
            assert kept(service.model_copy(update=ages), case["asked"]) is example["kept"], (case["id"], ages)
            seen += 1
    assert seen == 25
