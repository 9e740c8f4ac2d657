"""People to test with: the invented people of the shared cases, and a short way to make one."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from offer.eligibility.situation import Situation, read_situation

Told = Callable[..., Situation]


@pytest.fixture(scope="session")
def personas(shared: Path) -> list[dict[str, Any]]:
    people: list[dict[str, Any]] = json.loads((shared / "cases" / "personas.json").read_text("utf-8"))[
        "personas"
    ]
    return people


@pytest.fixture(scope="session")
def vectors(shared: Path) -> dict[str, list[dict[str, Any]]]:
    """The cases other projects test themselves against, by the name of their group."""
    groups = json.loads((shared / "cases" / "outside_vectors.json").read_text("utf-8"))["groups"]
    return {group["name"]: group["cases"] for group in groups}


@pytest.fixture
def told() -> Told:
    """A situation read from raw facts on a day; fails on any fault."""

    def read(raw: dict[str, Any], on: date) -> Situation:
        situation, faults = read_situation(raw, on)
        assert not faults, faults
        return situation

    return read
