"""The run book: every command it says to type is one there is, every figure and page it names too."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from starlette.applications import Starlette
from starlette.routing import Match
from typer.main import get_command

import offer
from offer.app import create_app
from offer.cli import app
from offer.pages.docs import FOLDER
from offer.settings import ROOT, Settings
from tests.offer.seen.test_metrics import documented

PAGE = (FOLDER / "bad-days.md").read_text("utf-8")
DEPLOY = Path(offer.__path__[0], "deploy")
DAYS = re.split(r"^## ", PAGE, flags=re.MULTILINE)[1:]
PARTS = (
    "**How you notice.**",
    "**What people see.**",
    "**What to type.**",
    "**How you know it is over.**",
    "**Write down.**",
)
TYPED = [line[4:] for line in PAGE.splitlines() if line.startswith("    ")]
TOOLS = {"systemctl", "journalctl", "sudo", "podman", "curl", "psql", "createdb", "df", "du", "openssl"}
INLINE = re.findall(r"`(local-offer [^`]*)`", PAGE)
OURS = (sys.executable, "-m", "offer.cli")
# Commands of the page that ask and change nothing: run for real.
ASKS = ("doctor", "doctor --json", "staff list", "staff remind --dry-run", "publish --check",
        'places "LN1 1AA"',
        "feedback --days 30")  # fmt: skip


def parsed(line: str) -> None:
    """Raises where the command, an argument or an option of it does not exist."""
    command: Any = get_command(app)
    words = shlex.split(line)[1:]
    while commands := getattr(command, "commands", None):
        command, words = commands[words[0]], words[1:]
    command.make_context(line, list(words))


@pytest.mark.parametrize("day", DAYS, ids=lambda day: day.splitlines()[0])
def test_each_day_says_the_five_things_in_order(day: str) -> None:
    at = [day.find(part) for part in PARTS]
    assert min(at) > 0 and at == sorted(at)


def test_there_are_at_least_ten() -> None:
    assert len(DAYS) >= 10


@pytest.mark.parametrize(
    "line", sorted({*INLINE, *(each for each in TYPED if each.startswith("local-offer"))})
)
def test_every_command_of_ours_can_be_typed(line: str) -> None:
    if line not in ("local-offer places",):  # named in a sentence, without its place
        parsed(line)


def test_ours_inside_another_tool_too() -> None:
    inside = [
        re.sub(r"^.*bin/(local-offer [^']*).*$", r"\1", line) for line in TYPED if "bin/local-offer" in line
    ]
    assert len(inside) >= 2
    for line in inside:
        parsed(line)


def test_every_other_line_is_a_tool_we_name() -> None:
    others = [line for line in TYPED if not line.startswith("local-offer")]
    assert {shlex.split(line)[0] for line in others} <= TOOLS
    units = {unit for line in others for unit in re.findall(r"local-offer@\w*", line)}
    assert units and (DEPLOY / "local-offer@.service").is_file()
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]
    for line in others:
        if line.startswith("podman"):
            assert {"web1", "proxy"} & set(line.split()) <= set(services)
            assert "offer/deploy/compose.yaml" in line


@pytest.fixture(scope="module")
def routes(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    return create_app(Settings(data_dir=tmp_path_factory.mktemp("routes")))


def test_every_page_it_names_is_served(routes: Starlette) -> None:
    asked = {
        re.sub(r"[?#'].*$", "", path) for path in re.findall(r"https?://[\w.:]+(/[^\s']*)", "\n".join(TYPED))
    }
    named = set(re.findall(r"`(/(?:staff|docs|you-said)[\w/-]*)`", PAGE))
    linked = {path.partition("#")[0] for path in re.findall(r"\]\((/[^)]*)\)", PAGE)}
    paths = {path for path in asked | named | linked if path != "/openreferral"}
    assert len(paths) > 8
    for path in paths:
        scope: dict[str, Any] = {
            "type": "http",
            "method": "GET",
            "path": path,
            "root_path": "",
            "headers": [],
        }
        assert any(route.matches(scope)[0] is Match.FULL for route in routes.routes), path


def test_every_figure_it_names_is_given() -> None:
    named = set(re.findall(r"local_offer_\w+", PAGE))
    assert named <= set(documented())
    assert len(named) >= 6


@pytest.fixture(scope="module")
def environment(tmp_path_factory: pytest.TempPathFactory, places_file: Path) -> Mapping[str, str]:
    """Of a machine that is ready, and on which nothing serves."""
    folder = tmp_path_factory.mktemp("ready")
    (folder / "places.bin").symlink_to(places_file)
    told = {**os.environ, "DATA_DIR": str(folder), "PORT": "9"}
    told.pop("DATABASE_URL", None)
    subprocess.run([*OURS, "ready"], env=told, cwd=ROOT, capture_output=True, check=True)
    return told


@pytest.mark.parametrize("words", ASKS)
def test_what_only_asks_runs(words: str, environment: Mapping[str, str]) -> None:
    assert f"local-offer {words}" in (*TYPED, *INLINE)
    done = subprocess.run(
        [*OURS, *shlex.split(words)], env=environment, cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, (done.stdout, done.stderr)
    assert done.stdout.strip()
