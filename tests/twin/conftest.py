"""The twin as a phone receives it: the modules as the build makes them, and Node to run them."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from templates.build import HERE, BuildError, Node, modules

Run = Callable[[Sequence[str]], None]


@pytest.fixture(scope="session")
def node(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs Node with some words; of this machine, or of a Python package where there is none."""
    found = Node(tmp_path_factory.mktemp("node"))
    try:
        found.run(["--version"])
    except BuildError as missing:
        pytest.skip(f"no Node.js to run the phone's twin in: {missing}")
    return found.run


@pytest.fixture(scope="session")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built twin.mjs, with care.mjs beside it."""
    folder = tmp_path_factory.mktemp("twin")

    def write(name: str, text: str) -> str:
        (folder / name).write_text(text, "utf-8")
        return name

    modules(HERE / "js", write)
    return folder / "twin.mjs"
