"""What the page on opening hours says is what the code does."""

import re
from datetime import timedelta

import yaml

from directory.opening import opening, sessions
from directory.opening_words import words
from directory.schedules import Closure, Schedule
from offer.pages.docs import FOLDER
from tests.directory.opening_cases import london

TEXT = (FOLDER / "opening-hours.md").read_text("utf-8")


def test_the_example_is_valid_and_reads_as_meant() -> None:
    block = yaml.safe_load(re.findall(r"```yaml\n(.*?)```", TEXT, re.DOTALL)[0])
    schedules = [Schedule.model_validate(each) for each in block["schedules"]]
    closures = [Closure.model_validate(each) for each in block["closures"]]
    assert words(opening(schedules, closures, london("2026-11-23 16:40"))).rstrip(".") in TEXT
    assert "Christmas break" in words(opening(schedules, closures, london("2026-12-28 12:00")))


def test_every_pattern_of_the_table_is_one() -> None:
    lines = re.findall(r"^\| .*? \| (.*`.*) \|$", TEXT, re.MULTILINE)
    assert len(lines) == 8
    for line in lines:
        for written in re.findall(r"`(\w+: [^`]+)`", line):
            fields = yaml.safe_load(written)
            assert set(fields) <= set(Schedule.model_fields), written


def test_the_night_the_clocks_go_back() -> None:
    night = Schedule(byday=("SU",), opens_at="00:00", closes_at="04:00")
    (found,) = sessions([night], [], london("2026-10-24 12:00"), 1)
    assert found.end - found.start == timedelta(hours=5)
