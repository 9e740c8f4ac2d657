"""What is wrong with a process, and which of it takes the process out of a balancer."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from offer.catalogue.watch import Health
from offer.db.steps import Steps
from offer.seen.standing import Places, Standing
from offer.seen.troubles import ALL, STUCK, troubles

AT = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
NOW = 5_000.0  # on the clock that only goes forward
LONG_AGO = NOW - STUCK - 1
WELL = Health(reachable=True, checked_at=AT, checked=NOW, reached_at=AT, seen=7, version=7)
GOOD: dict[str, Any] = {"steps": Steps(), "overdue": 0.0, "refused": 0}


def found(version: int | None = 7, health: Health = WELL, **standing: Any) -> dict[str, bool]:
    told = troubles(version, health, Standing(**(GOOD | standing)), NOW)
    return {each.code: each.stops for each in told}


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({}, {}),
        ({"stopping": True}, {"stopping": True}),
        ({"steps": Steps(missing=("0008_changes",))}, {"migrations_behind": True}),
        ({"steps": Steps(unknown=("0010_later",))}, {"migrations_newer": False}),
        ({"steps": Steps(unknown=("0010_later",)), "newer_at_start": True}, {"migrations_ahead": True}),
        ({"places_unusable": True}, {"places_unusable": False}),
        ({"places_unusable": True, "places_damaged": True}, {"places_damaged": True}),
        ({"overdue": 59.0}, {}),
        ({"overdue": 61.0}, {"publishing_overdue": False}),
        ({"steps": None, "overdue": None, "refused": None}, {}),
    ],
)
def test_what_slow_looks_find(change: dict[str, Any], expected: dict[str, bool]) -> None:
    assert found(**change) == expected


@pytest.mark.parametrize(
    ("health", "expected"),
    [
        (replace(WELL, reachable=False), {"database_away": False}),
        (replace(WELL, seen=8, behind_since=NOW), {}),
        (replace(WELL, seen=8, behind_since=LONG_AGO), {"not_following": True}),
        (replace(WELL, seen=8, behind_since=LONG_AGO, not_taken=8), {"catalogue_not_taken": False}),
        (replace(WELL, checked=LONG_AGO), {"not_following": True}),
    ],
)
def test_what_the_watch_found(health: Health, expected: dict[str, bool]) -> None:
    assert found(health=health) == expected


def test_before_the_first_edition() -> None:
    assert found(None, Health()) == {"starting": True}
    assert found(None, Health(checked_at=AT)) == {"starting": True, "database_away": False}


def test_every_trouble_says_what_to_do() -> None:
    assert len({each.code for each in ALL}) == len(ALL)
    assert all(each.says and each.mend for each in ALL)


def test_a_postcode_file_cut_short_under_us_and_one_put_in_its_place(
    tmp_path: Path, places_file: Path
) -> None:
    path = tmp_path / "places.bin"
    path.write_bytes(places_file.read_bytes())
    places, standing = Places(path), Standing()

    def state() -> tuple[bool, bool]:
        places.look(standing)
        return standing.places_damaged, standing.places_unusable

    assert state() == (False, False)
    with path.open("r+b") as file:
        file.seek(5_000_000)
        file.write(b"\xff" * 64)
    assert state() == (True, True), "changed in place"
    path.unlink()
    assert state() == (False, True), "gone, and still open here"
    path.write_bytes(places_file.read_bytes())
    assert state() == (False, False), "built anew"
