"""The twin as a phone receives it: the modules as the build makes them, and Node to run them."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from directory.places import Places
from offer.pack import pack
from templates.build import HERE, modules
from tests.conftest import Run
from tests.twin.make_vectors import NO_LIBRARY, TODAY, edition, starter

SCRIPTS = Path(__file__).resolve().parent
ON = TODAY.isoformat()
Data = dict[str, Any]
Asked = Callable[..., list[Data]]


@pytest.fixture(scope="session")
def twin(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The built twin.mjs, with care.mjs beside it."""
    folder = tmp_path_factory.mktemp("twin")

    def write(name: str, text: str) -> str:
        (folder / name).write_text(text, "utf-8")
        return name

    modules(HERE / "js", write, NO_LIBRARY)
    return folder / "twin.mjs"


@pytest.fixture(scope="session")
def rules(places: Places) -> Data:
    """The pack of England alone."""
    return pack(edition(starter(), places), TODAY)


@pytest.fixture
def answers(node: Run, twin: Path, rules: Data, tmp_path: Path) -> Asked:
    """Answers to many people at once, from England's pack or from each of `packs`."""

    def ask(
        *people: Any, packs: list[Any] | None = None, days: Sequence[Any] = (), refused: Sequence[str] = ()
    ) -> list[Data]:
        asked = [
            {"pack": 0, "facts": facts, "on": on, "refused": refused}
            for facts, on in zip(people, days or [ON] * len(people), strict=True)
        ]
        if packs is not None:
            asked = [{**each, "pack": n} for n in range(len(packs)) for each in asked]
        (tmp_path / "jobs.json").write_text(json.dumps({"packs": packs or [rules], "asked": asked}), "utf-8")
        node(
            [str(SCRIPTS / "answers.mjs"), str(twin), str(tmp_path / "jobs.json"), str(tmp_path / "out.json")]
        )
        out: Data = json.loads((tmp_path / "out.json").read_text("utf-8"))
        assert not out["polluted"], "what was sent changed what every object knows"
        found: list[Data] = out["found"]
        return found

    return ask


def outcomes_of(answer: Data) -> dict[str, str]:
    """The outcome of each entry, by slug; a throw of the twin fails the test."""
    assert "threw" not in answer, answer["threw"]
    return {outcome["slug"]: outcome["outcome"] for outcome in answer["outcomes"]}
