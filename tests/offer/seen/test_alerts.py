"""The example alerts: every name is one we give; plain comparisons fire when they should, not before."""

import operator
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

import offer
from offer.pages.docs import FOLDER, read_doc
from offer.published import Published
from offer.settings import Settings
from tests.offer.seen.exposed import Sample, live_with, samples

FILE = Path(offer.__path__[0], "deploy", "alerts.yaml")
NAME = re.compile(r"\b(local_offer_\w+)(\{[^}]*\})?")
LABEL = re.compile(r'(\w+)(=~|!~|!=|=)"([^"]*)"')
PLAIN = re.compile(r"^(?:max by \(\w+\) \()?(\w+)(\{[^}]*\})?\)? (==|>|<) ([\d.e+]+)$")
COMPARES = {"==": operator.eq, ">": operator.gt, "<": operator.lt}
MATCHES: dict[str, Callable[[str, str], bool]] = {
    "=": lambda pattern, value: pattern == value,
    "!=": lambda pattern, value: pattern != value,
    "=~": lambda pattern, value: re.fullmatch(pattern, value) is not None,
    "!~": lambda pattern, value: re.fullmatch(pattern, value) is None,
}


def rules() -> list[dict[str, Any]]:
    groups = yaml.safe_load(FILE.read_text("utf-8"))["groups"]
    return [rule for group in groups for rule in group["rules"]]


def fires(rule: dict[str, Any], found: list[Sample]) -> bool | None:
    """Whether a plain comparison holds for any line; None for what only Prometheus works out."""
    plain = PLAIN.match(rule["expr"])
    if plain is None or plain[1] == "up":
        return None
    name, labels, sign, bound = plain.groups()
    wanted = LABEL.findall(labels or "")
    held = [
        each for each in found
        if each.name == name
        and all(MATCHES[how](what, each.labels.get(key, "")) for key, how, what in wanted)
    ]  # fmt: skip
    return any(COMPARES[sign](each.value, float(bound)) for each in held)


@pytest.fixture
def well(published: Published, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[Sample]:
    monkeypatch.setattr("offer.seen.figures._memory", lambda: 250e6)  # the tests' own process is large
    live = live_with(published, Settings(data_dir=tmp_path))
    live.health = replace(live.health, reachable=True, seen=1, version=1)
    live.standing.overdue, live.standing.refused = 0.0, 0
    return samples(live)


def test_its_shape() -> None:
    names = [rule["alert"] for rule in rules()]
    assert len(set(names)) == len(names) > 10
    for rule in rules():
        assert set(rule) <= {"alert", "expr", "for", "labels", "annotations"}
        assert rule["labels"]["severity"] in ("page", "ticket")
        assert re.fullmatch(r"\d+[mhd]", rule.get("for", "1m"))
        assert rule["expr"].count("(") == rule["expr"].count(")")
        assert set(rule["annotations"]) == {"summary", "day"}


def test_every_figure_and_label_of_it_is_one_we_give(well: list[Sample]) -> None:
    given: dict[str, set[str]] = {}
    for each in well:
        given.setdefault(each.name, set()).update(each.labels)
    for rule in rules():
        for name, labels in NAME.findall(rule["expr"]):
            assert name in given, (rule["alert"], name)
            assert {key for key, _, _ in LABEL.findall(labels)} <= given[name], rule["alert"]
        for by in re.findall(r"by \(([^)]*)\)", rule["expr"]):
            names = {name for name, _ in NAME.findall(rule["expr"])}
            known = {"job", "instance", *(label for name in names for label in given[name])}
            assert set(by.split(", ")) <= known, rule["alert"]


def test_nothing_fires_on_a_process_that_is_well(well: list[Sample]) -> None:
    assert [rule["alert"] for rule in rules() if fires(rule, well)] == []


def test_what_is_wrong_fires_and_nothing_else(
    published: Published, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = live_with(published, Settings(data_dir=tmp_path))
    live.health = replace(live.health, reachable=False, seen=3, version=1)
    live.standing.stopping = live.standing.places_unusable = True
    live.standing.overdue, live.standing.refused = 3600.0, 1
    monkeypatch.setattr("offer.seen.figures._free", lambda folder: 5_000_000)
    monkeypatch.setattr("offer.seen.figures._memory", lambda: 2_000_000_000)
    found = samples(live)
    plain = {rule["alert"] for rule in rules() if fires(rule, found) is not None}
    assert {rule["alert"] for rule in rules() if fires(rule, found)} == plain
    assert len(plain) >= 8


def test_each_leads_to_a_bad_day_that_names_it() -> None:
    page, body = (FOLDER / "bad-days.md").read_text("utf-8"), str(read_doc("bad-days").body)
    for rule in rules():
        assert f"`{rule['alert']}`" in page, rule["alert"]
        anchor = rule["annotations"]["day"].partition("#")[2]
        assert rule["annotations"]["day"].startswith("/docs/bad-days#")
        assert f'id="{anchor}"' in body, rule["alert"]
