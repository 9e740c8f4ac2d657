"""Old and new code run side by side while a release is rolled out: a migration may only add.

What the release before still reads or writes must stay as it is until a release later. Then a migration may
take it away: it says so by naming, as `UNREAD_SINCE`, the release since which no code reads it.
"""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from tortoise import fields
from tortoise.migrations import operations as ops

from offer.db import migrations

CHANGELOG = Path(__file__).parents[3] / "CHANGELOG.md"
# RunPython and RunSQL fill what is new, or guard it: whoever writes one reads this test.
ADD = (ops.CreateModel, ops.AddIndex, ops.RunPython, ops.RunSQL)


def steps() -> Iterator[ModuleType]:
    for found in pkgutil.iter_modules(migrations.__path__):
        yield importlib.import_module(f"{migrations.__name__}.{found.name}")


def not_additive(step: Any) -> list[str]:
    """What the code of the release before could stumble over."""
    made = {each.name for each in step.Migration.operations if isinstance(each, ops.CreateModel)}
    return [
        f"{type(each).__name__} {getattr(each, 'name', '')}".strip()
        for each in step.Migration.operations
        if not isinstance(each, ADD) and not _adds(each, made)
    ]


def _adds(operation: Any, made: set[str]) -> bool:
    """A change of a table of the same step; or a column that old code may leave out of its INSERT."""
    if getattr(operation, "model_name", None) in made:
        return True
    if not isinstance(operation, ops.AddField):
        return False
    field: Any = operation.field
    return bool(field.null or field.has_db_default())


def releases() -> list[str]:
    return re.findall(r"^## (\d+\.\d+\.\d+) ", CHANGELOG.read_text("utf-8"), re.MULTILINE)


@pytest.mark.parametrize("step", list(steps()), ids=lambda step: step.__name__.rpartition(".")[2])
def test_a_migration_adds_only_or_takes_away_what_no_release_reads(step: ModuleType) -> None:
    unread_since = getattr(step, "UNREAD_SINCE", None)
    if unread_since is None:
        assert not_additive(step) == []
    else:
        assert unread_since in releases()[1:], "a release before the one being made"


def of(*operations: Any) -> Any:
    """A step with these."""
    return type("Step", (), {"Migration": type("Migration", (), {"operations": list(operations)})})


def test_what_the_old_code_would_stumble_over_is_found() -> None:
    assert not_additive(of(ops.RemoveField(model_name="Revision", name="note"))) == ["RemoveField note"]
    assert not_additive(of(ops.DeleteModel(name="Feedback"))) == ["DeleteModel Feedback"]
    must = ops.AddField(model_name="Revision", name="size", field=fields.IntField())
    assert not_additive(of(must)) == ["AddField size"]
    for harmless in (fields.IntField(null=True), fields.IntField(default=0, db_default=0)):
        assert not_additive(of(ops.AddField(model_name="Revision", name="size", field=harmless))) == []
