"""The table of OWASP's requirements: each one once, none without a word, and every test it names is there."""

import ast
import csv
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from offer.pages.docs import FOLDER, NAMES, anchor
from tests.conftest import ROOT

STANDINGS = ("met", "not met", "does not apply")
TEXT = (FOLDER / "asvs.md").read_text("utf-8")
ROWS = [
    tuple(cell.strip() for cell in line.strip("|").split("|"))
    for line in TEXT.splitlines()
    if line[:3] == "| V"
]


@cache
def names_in(file: str) -> frozenset[str]:
    """The tests that stand in a file."""
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    found = (node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return frozenset(name for name in found if name.startswith("test_"))


def test_every_requirement_stands_in_it_once(shared: Path) -> None:
    lines = (shared / "facts" / "asvs5_level2.csv").read_text("utf-8").splitlines()[1:]
    wanted = [row["id"] for row in csv.DictReader(lines)]
    assert len(wanted) == 253
    assert Counter(row[0] for row in ROWS) == Counter(wanted)


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_a_row_says_how_it_stands_and_what_shows_it(row: tuple[str, ...]) -> None:
    assert len(row) == 4
    _, what, standing, why = row
    assert len(what) > 3 and standing in STANDINGS
    named = re.findall(r"`(tests/[\w/]+\.py)::(test_\w+)`", why)
    for file, name in named:
        assert (ROOT / file).is_file() and name in names_in(file), f"{file}::{name}"
    pages = re.findall(r"\(/docs/([\w-]+)(?:#([\w-]+))?\)", why)
    for page, part in pages:
        headings = re.findall(r"^#+ (.+)$", (FOLDER / f"{page}.md").read_text("utf-8"), re.MULTILINE)
        assert page in NAMES and (not part or part in map(anchor, headings)), (page, part)
    if standing == "met":
        assert named or pages, "a claim that nothing shows"
    else:
        assert len(why.split()) >= 4, "a reason in plain words"


def test_the_figures_at_its_head_are_those_of_its_rows() -> None:
    counted = Counter(row[2] for row in ROWS)
    said = re.search(r"(\d+) met, (\d+) not met, (\d+) do not apply, of (\d+)\.", TEXT)
    assert said
    assert [int(each) for each in said.groups()] == [*(counted[each] for each in STANDINGS), len(ROWS)]


def test_it_does_not_repeat_the_words_of_others(shared: Path) -> None:
    """The gists in the facts are under another licence than ours (CC BY-SA): only numbers come from there."""
    lines = (shared / "facts" / "asvs5_level2.csv").read_text("utf-8").splitlines()[1:]
    gists = {row["id"]: row["gist"].casefold() for row in csv.DictReader(lines)}
    ours = {row[0]: row[1].casefold() for row in ROWS}
    for number, words in ours.items():
        theirs = gists[number]
        runs = [" ".join(theirs.split()[at : at + 6]) for at in range(len(theirs.split()) - 5)]
        assert not any(run in words for run in runs), number
