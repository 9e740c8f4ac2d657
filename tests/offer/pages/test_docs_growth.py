"""What docs/growth.md computes for a day of many people follows from what it says was measured."""

import re
from pathlib import Path

import offer
from tests.bench.growth_day import FEWEST, Day, needs

PAGE = Path(offer.__path__[0], "pages", "docs", "growth.md").read_text("utf-8")


def rows() -> dict[str, str]:
    """The last cell of each row of its tables by the first."""
    cells = (line.strip("| \n").split(" | ") for line in PAGE.splitlines() if line.startswith("| "))
    return {each[0]: each[-1] for each in cells}


def number(text: str) -> float:
    found = re.search(r"[\d.]+", text.replace(",", ""))
    assert found, text
    return float(found[0])


def test_the_numbers_assumed_are_those_computed_with() -> None:
    said, day = rows(), Day()
    assert number(said["people a day"]) == day.people
    assert number(said["requests each"]) == day.requests_each
    assert number(said["of them in the busiest hour"]) == round(day.in_busiest_hour * 100)
    assert said["the busiest minute of that hour"] == "twice as busy" and day.burst == 2
    assert number(said["of a processor used then, at most"]) == round(day.used * 100)


def test_what_is_computed_follows_from_what_was_measured() -> None:
    said, day = rows(), Day()
    found = needs(day, number(said["a request of the mix, ms"]) / 1000,
                  number(said["memory after every kind of page, MB"]))  # fmt: skip
    assert number(said["requests a day"]) == day.requests
    assert number(said["requests a second in the busiest minute"]) == round(day.a_second)
    assert number(said["processes"]) == found.processes
    assert number(said["memory for them"]) == round(found.memory, 1)
    assert number(said["work of the whole day"]) == round(found.hours_of_work, 1)


def test_more_people_and_slower_pages_need_more() -> None:
    few = needs(Day(people=1_000), 0.01, 300)
    assert few.processes == FEWEST
    assert needs(Day(people=1_000_000), 0.01, 300).processes == 18  # 1,000 a second × 10 ms ÷ 0.6, and one
    assert needs(Day(), 0.03, 300).processes == 6
