"""The phone says what the server says: the same outcomes, missing facts, dates, reasons and next question."""

import json
from pathlib import Path
from typing import Any

import pytest

from directory.places import Places
from tests.conftest import Run
from tests.twin.make_vectors import INVENTED, MADE_UP, write_vectors

HERE = Path(__file__).resolve().parent


@pytest.fixture(scope="module")
def compared(
    node: Run, twin: Path, places: Places, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Any]:
    """What Node found when it answered every vector."""
    folder = tmp_path_factory.mktemp("vectors")
    vectors, out = write_vectors(folder, places), folder / "out.json"
    node([str(HERE / "run.mjs"), str(twin), str(vectors), str(folder / "packs"), str(out)])
    found: dict[str, Any] = json.loads(out.read_text("utf-8"))
    return found


def test_every_vector_was_answered(compared: dict[str, Any]) -> None:
    assert compared["threw"] == []
    assert compared["count"] >= MADE_UP + INVENTED + 400  # the cases and situations besides


def test_the_phone_and_the_server_never_differ(compared: dict[str, Any]) -> None:
    """`differ` names person, entry, what Python says and what the twin says."""
    assert compared["differ"] == []
    assert compared["wrong"] == 0
