"""What every test may use, and what the project's own CI does not allow to be skipped."""

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path

import pytest
import structlog
from hypothesis import HealthCheck, settings

from directory.places import Places
from offer.published import Published
from templates.build import BuildError, Node
from tests.editions import starter_edition

Run = Callable[[Sequence[str]], None]

# A test must not fail because a machine is busy, and its fixtures are editions that nobody changes.
_NO_FAULT = (HealthCheck.too_slow, HealthCheck.function_scoped_fixture)
settings.register_profile("house", deadline=None, suppress_health_check=_NO_FAULT)
settings.load_profile("house")

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
NEVER_SKIPPED = ("browser", "postgres")  # in CI
_forbidden_skips: list[str] = []


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of facts and cases that stands beside the project; skips where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here: this test reads the facts and cases provided with the project")
    return SHARED


@pytest.fixture(scope="session")
def places_file() -> Path:
    """The packed postcode file, built once and kept in var/ (git-ignored)."""
    path = ROOT / "var" / "test-places" / "places.bin"
    path.parent.mkdir(parents=True, exist_ok=True)
    Places.open_or_build(path)
    return path


@pytest.fixture(scope="session")
def places(places_file: Path) -> Iterator[Places]:
    """Every postcode, town and council."""
    yield Places.open(places_file)


@pytest.fixture(autouse=True)
def _logs_of_its_own() -> Iterator[None]:
    """A test that configures the log writes to its own captured stream: the next one must not."""
    yield
    structlog.reset_defaults()


def in_ci() -> bool:
    """Whether this run is the project's own CI, which allows no skipped browser or database test."""
    return os.environ.get("CI") == "true"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """In CI a skipped browser, database or facts test is a failure of the run."""
    report = yield
    if in_ci() and report.skipped and _must_run(item):
        _forbidden_skips.append(item.nodeid)
    return report


def _must_run(item: pytest.Item) -> bool:
    marked = any(item.get_closest_marker(name) for name in NEVER_SKIPPED)
    return marked or (SHARED.is_dir() and "shared" in getattr(item, "fixturenames", ()))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Turn forbidden skips into a failed run."""
    if _forbidden_skips and session.exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Name the tests that CI must not skip."""
    for nodeid in _forbidden_skips:
        terminalreporter.write_line(f"SKIPPED IN CI, WHICH IS NOT ALLOWED: {nodeid}", red=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--update-golden` rewrites the examples of the API from what it answers now; review them like code."""
    parser.addoption("--update-golden", action="store_true", help="rewrite the examples of the API")


@pytest.fixture(scope="session")
def node_here(tmp_path_factory: pytest.TempPathFactory) -> Node:
    """Node of this machine, or of a Python package where there is none."""
    found = Node(tmp_path_factory.mktemp("node"))
    try:
        found.run(["--version"])
    except BuildError as missing:
        pytest.skip(f"no Node.js: {missing}")
    return found


@pytest.fixture(scope="session")
def node(node_here: Node) -> Run:
    """Runs Node with some words."""
    return node_here.run


@pytest.fixture(scope="session")
def published(places: Places) -> Published:
    """The starter catalogue as one edition, straight from its files: no database."""
    return starter_edition(places)
