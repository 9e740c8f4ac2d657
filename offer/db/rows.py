"""Every row of every table of ours, read and written alike on both engines: what moving and copying stand on.

Values go through the fields of the models, because SQLite keeps a moment or a yes as text and number,
and PostgreSQL as itself.
"""

from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.fields.base import Field
from tortoise.models import Model

from offer.db import change_models, models, staff_models, visit_models

PAGE = 500  # rows at a time
Row = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns with the fields that read and write them, and the column that orders its rows."""

    name: str
    columns: tuple[str, ...]
    fields: tuple[Field[Any], ...]
    key: str
    counts_by_itself: bool  # whether the database gives the numbers of the rows

    @property
    def listed(self) -> str:
        """The columns as a statement names them."""
        return ", ".join(f'"{column}"' for column in self.columns)


def tables() -> list[Table]:
    """Every table of ours, each after those its foreign keys point to."""
    found: list[type[Model]] = []
    waiting = [
        model for module in (models, visit_models, staff_models, change_models) for model in _in(module)
    ]
    while waiting:
        ready = [model for model in waiting if _targets(model) <= {each.__name__ for each in found}]
        found += ready
        waiting = [model for model in waiting if model not in ready]
    return [_table(model) for model in found]


def _in(module: ModuleType) -> Iterator[type[Model]]:
    for thing in vars(module).values():
        if isinstance(thing, type) and issubclass(thing, Model) and thing.__module__ == module.__name__:
            yield thing


def _targets(model: type[Model]) -> set[str]:
    names = (model._meta.fields_map[name] for name in model._meta.fk_fields)
    return {str(field.model_name).rpartition(".")[2] for field in names}  # type: ignore[attr-defined]


def _table(model: type[Model]) -> Table:
    meta = model._meta
    names = tuple(meta.fields_db_projection)
    return Table(
        name=meta.db_table,
        columns=tuple(meta.fields_db_projection[name] for name in names),
        fields=tuple(meta.fields_map[name] for name in names),
        key=meta.fields_db_projection[meta.pk_attr],
        counts_by_itself=bool(meta.pk.generated),
    )


async def count(connection: BaseDBAsyncClient, table: Table) -> int:
    """How many rows it has."""
    (row,) = await connection.execute_query_dict(f'SELECT count(*) AS n FROM "{table.name}"')  # noqa: S608 - our own name
    return int(row["n"])


async def pages(connection: BaseDBAsyncClient, table: Table) -> AsyncIterator[list[Row]]:
    """Its rows in the order of their key, some hundred at a time, as Python values."""
    mark, after, last = _mark(connection), "", None
    while True:
        query = f'SELECT {table.listed} FROM "{table.name}" {after} ORDER BY "{table.key}" LIMIT {PAGE}'  # noqa: S608
        found = await connection.execute_query_dict(query, [last] if after else None)
        if found:
            yield [_read(table, row) for row in found]
        if len(found) < PAGE:
            return
        after, last = f'WHERE "{table.key}" > {mark(1)}', found[-1][table.key]


def _read(table: Table, row: dict[str, Any]) -> Row:
    pairs = zip(table.columns, table.fields, strict=True)
    return tuple(field.to_python_value(row[column]) for column, field in pairs)


async def write(connection: BaseDBAsyncClient, table: Table, rows: Sequence[Row]) -> None:
    """Adds rows with the keys they have."""
    mark = _mark(connection)
    places = ", ".join(mark(number) for number in range(1, len(table.columns) + 1))
    query = f'INSERT INTO "{table.name}" ({table.listed}) VALUES ({places})'  # noqa: S608 - our own names
    await connection.execute_many(query, [_written(table, row) for row in rows])


def _written(table: Table, row: Row) -> list[Any]:
    return [field.to_db_value(value, None) for field, value in zip(table.fields, row, strict=True)]  # type: ignore[arg-type]


def _mark(connection: BaseDBAsyncClient) -> Any:
    sqlite = connection.capabilities.dialect == "sqlite"
    return (lambda number: "?") if sqlite else (lambda number: f"${number}")
