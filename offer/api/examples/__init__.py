"""Examples of every call: at once documentation, expected output and demonstration, one JSON file each.

Rewritten by `pytest tests/offer/api/test_examples.py --update-golden`, and reviewed like code. They are
answered from a handful of entries, named in that test, so that they stay short.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Example:
    """One call and its answer. `path` holds the parameters; `body` is None where nothing is posted."""

    name: str  # of the file
    operation: str  # the name of the operation it shows
    title: str
    method: str
    path: str
    body: Any
    headers: Mapping[str, str]
    status: int
    media_type: str
    answer: Any  # JSON, or text for other media types


@lru_cache(maxsize=1)
def examples() -> tuple[Example, ...]:
    """Every example, by file name."""
    return tuple(read(file) for file in sorted(FOLDER.glob("*.json")))


def read(file: Path) -> Example:
    """One example. A file of another shape raises at once: it ships with the service."""
    data = json.loads(file.read_text("utf-8"))
    request, response = data["request"], data["response"]
    return Example(
        name=file.stem,
        operation=data["operation"],
        title=data["title"],
        method=request["method"],
        path=request["path"],
        body=request.get("body"),
        headers=request.get("headers", {}),
        status=response["status"],
        media_type=response["media_type"],
        answer=response["body"],
    )
