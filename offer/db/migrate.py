"""The only safe way to migrate: `local-offer migrate`.

Tortoise changes a SQLite table by building a new one, dropping the old one and
renaming. With foreign keys on, the drop deletes every row that points at the
table; and the new table has lost its indexes and unique sets. Both happen
silently. Here each step runs with foreign keys off and no other process in the
file, in one transaction that also records the step, gives back what was lost and
checks every foreign key; a copy is kept, and at the end the tables must match
the models. PostgreSQL changes tables in place and needs only the last check.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.migrations.executor import MigrationExecutor, MigrationTarget
from tortoise.migrations.schema_editor import AsyncpgSchemaEditor, SqliteSchemaEditor
from tortoise.transactions import in_transaction

from offer.db.connections import APPS, AWAY, Apps, first_line, is_sqlite, orm
from offer.db.errors import DatabaseUnusable, MigrationFailed, Refused
from offer.db.shape import Index, Shape, differences, shape_of, shape_of_models
from offer.db.sqlite_file import MEMORY, path_of
from offer.whole_file import whole

LOCK = 7_310_402  # our number among PostgreSQL's advisory locks: one migration at a time
Progress = Callable[[str], object]


@dataclass(frozen=True, slots=True)
class Migrated:
    """What was done: the names of the steps run, and the copy made before them."""

    steps: tuple[str, ...] = ()
    copy: Path | None = None


async def migrate(
    url: str, *, at: datetime, apps: Apps = APPS, progress: Progress = lambda line: None
) -> Migrated:
    """Brings the database to the newest step, keeping every row, index and unique set.

    Makes the folder of a SQLite file. `at` names the copy. `progress` gets one
    plain line a step. Raises `DatabaseUnusable` or `MigrationFailed`; a step that
    failed has changed nothing, and those before it are done and recorded.
    """
    if is_sqlite(url):
        _make_folder(path_of(url))
    async with orm(url, create=True, apps=apps) as connection:
        steps = await _planned(connection, apps)
        if not steps:
            await _match(connection, mend=False)
            return Migrated()
        if not is_sqlite(url):
            return Migrated(await _run_all(connection, steps, apps, progress))
    return await _migrate_file(url, at, apps, progress)


async def _migrate_file(url: str, at: datetime, apps: Apps, progress: Progress) -> Migrated:
    file = path_of(url)
    async with orm(url, keys=False, alone=True, apps=apps) as connection:
        copy = await _copied(connection, file, at) if await shape_of(connection) else None
        if copy:
            progress(f"copied the database to {copy}")
        try:
            done = await _run_all(connection, await _planned(connection, apps), apps, progress)
        except MigrationFailed as fault:
            raise MigrationFailed(
                fault.message, f"The database as it was before: {copy}." if copy else ""
            ) from fault
    async with orm(url, apps=apps) as connection:  # keys on again
        await _refuse_broken_keys(connection)
    return Migrated(done, copy)


def _make_folder(file: Path) -> None:
    if str(file) == MEMORY:
        raise MigrationFailed(
            "A database in memory is gone when the command ends.", "Give the path of a file."
        )
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        message = f"The folder {file.parent} cannot be made: {fault.strerror}."
        raise DatabaseUnusable(message, "Set DATA_DIR to a folder you may write in.") from fault


def _executor(connection: BaseDBAsyncClient, apps: Apps) -> MigrationExecutor:
    name = connection.connection_name
    return MigrationExecutor(
        connection, {label: {**app, "default_connection": name} for label, app in apps.items()}
    )


async def _planned(connection: BaseDBAsyncClient, apps: Apps) -> list[MigrationTarget]:
    executor = _executor(connection, apps)
    try:
        plan = await executor.plan()
    except ValueError as fault:
        raise MigrationFailed(f"The steps do not fit together: {first_line(fault)}.") from fault
    unknown = executor.loader.applied_migrations - executor.loader.graph.nodes.keys()
    if unknown:
        names = ", ".join(sorted(map(str, unknown)))
        cure = "Install that version, or bring back an older copy with 'local-offer restore'."
        raise MigrationFailed(
            f"The database was migrated by a newer version of this service ({names}).", cure
        )
    return [
        MigrationTarget(step.migration.app_label, step.migration.name) for step in plan if not step.backward
    ]


async def _copied(connection: BaseDBAsyncClient, file: Path, at: datetime) -> Path:
    copy = file.with_name(f"{file.stem}.before-{at:%Y%m%dT%H%M%S%fZ}{file.suffix}")
    try:
        with whole(copy) as part:
            await connection.execute_query("VACUUM INTO ?", [str(part)])
    except AWAY as fault:
        message = f"No copy of the database could be made: {first_line(fault)}."
        raise MigrationFailed(message, "Nothing was changed. Check that the disk has room.") from fault
    return copy


async def _run_all(
    connection: BaseDBAsyncClient, steps: list[MigrationTarget], apps: Apps, progress: Progress
) -> tuple[str, ...]:
    done = []
    await _make_records(connection, apps)
    for step in steps:
        name = f"{step.app_label}.{step.name}"
        try:
            ran = await _run(connection, step, apps, last=step == steps[-1])
        except Refused:
            raise
        except Exception as fault:  # a step is code: whatever it raises must not end in a trace
            message = f"The step {name} could not be run, and changed nothing: {first_line(fault)}."
            raise MigrationFailed(message) from fault
        if ran:
            done.append(name)
            progress(f"ran {name}")
    await _match(connection, mend=False)
    return tuple(done)


async def _make_records(connection: BaseDBAsyncClient, apps: Apps) -> None:
    """Tortoise's own table of steps, which must be there before a transaction asks for it."""
    async with in_transaction(connection.connection_name) as transaction:
        await _wait_for_turn(transaction)
        sqlite = connection.capabilities.dialect == "sqlite"
        editor = (SqliteSchemaEditor if sqlite else AsyncpgSchemaEditor)(transaction, atomic=False)
        await _executor(transaction, apps).recorder.ensure_schema(editor)


async def _wait_for_turn(transaction: BaseDBAsyncClient) -> None:
    """One migration at a time; on SQLite the file is ours alone already."""
    if transaction.capabilities.dialect != "sqlite":
        await transaction.execute_query(f"SELECT pg_advisory_xact_lock({LOCK})")


async def _run(connection: BaseDBAsyncClient, step: MigrationTarget, apps: Apps, *, last: bool) -> bool:
    """One step and its record in one transaction; False when another process was first.

    The last mends indexes too, before it is recorded: nobody would look for them once no step is left.
    """
    async with in_transaction(connection.connection_name) as transaction:
        await _wait_for_turn(transaction)
        executor = _executor(transaction, apps)
        applied = await executor.recorder.applied_migrations()
        if (step.app_label, step.name) in {(key.app_label, key.name) for key in applied}:
            return False
        before = await shape_of(transaction)
        await executor.migrate([step])
        if connection.capabilities.dialect == "sqlite":
            await _give_back(transaction, before)
            await _refuse_broken_keys(transaction)
        if last:
            await _match(transaction, mend=True)
    return True


async def _give_back(connection: BaseDBAsyncClient, before: Shape) -> None:
    """Makes again each index and unique set that a rebuilt table lost.

    Only where all its columns still exist: SQLite reads an unknown "name" as text
    and would index that without complaint. What the step meant to drop is dropped
    again by the comparison with the models at the end.
    """
    now = await shape_of(connection)
    for name in before.keys() & now.keys():
        for index in sorted(before[name].indexes - now[name].indexes, key=lambda index: index.columns):
            if set(index.columns) <= now[name].columns.keys():
                await connection.execute_query(index.sql or unique_set(name, index))


def unique_set(table: str, index: Index) -> str:
    """The SQL that makes a unique set of CREATE TABLE again, as a unique index."""
    columns = ", ".join(f'"{column}"' for column in index.columns)
    tail = sha256("_".join(index.columns).encode()).hexdigest()[:6]
    name = f"uid_{table}_{'_'.join(index.columns)}"[:50] + f"_{tail}"
    return f'CREATE UNIQUE INDEX "{name}" ON "{table}" ({columns})'


async def _refuse_broken_keys(connection: BaseDBAsyncClient) -> None:
    """With keys off a step's own deletes do not cascade: no row may point at a missing one."""
    broken = await connection.execute_query_dict("PRAGMA foreign_key_check")
    if broken:
        pairs = sorted({f"{row['table']} → {row['parent']}" for row in broken})
        raise MigrationFailed(f"{len(broken)} rows would point at rows that are gone ({', '.join(pairs)}).")


async def _match(connection: BaseDBAsyncClient, *, mend: bool) -> None:
    """Compares the tables with the models; mends indexes, refuses anything else.

    On PostgreSQL other tables and the administrator's own indexes are left alone.
    """
    wanted, found = await shape_of_models(connection), await shape_of(connection)
    if connection.capabilities.dialect != "sqlite":  # others may live in the same schema
        found = {name: table for name, table in found.items() if name in wanted}
    said = differences(wanted, found)
    if said:
        raise MigrationFailed(f"The tables do not match the models: {'; '.join(said)}.")
    for name, table in wanted.items():
        missing = table.indexes - found[name].indexes
        unknown = found[name].indexes - table.indexes
        if missing and not mend:
            raise MigrationFailed(f"Table {name} has lost the index on {_columns(missing)}.")
        for index in missing:
            await _make(connection, name, index)
        for index in unknown if mend and connection.capabilities.dialect == "sqlite" else ():
            await _drop(connection, name, index)


def _columns(indexes: frozenset[Index]) -> str:
    return "; ".join(sorted(", ".join(index.columns) for index in indexes))


async def _make(connection: BaseDBAsyncClient, table: str, index: Index) -> None:
    try:
        # On PostgreSQL the text would name the throw-away schema the models were built in.
        plain = connection.capabilities.dialect == "sqlite" and index.sql
        await connection.execute_query(plain or index_sql(table, index))
    except AWAY as fault:
        message = f"The index on {table} ({', '.join(index.columns)}) cannot be made: {first_line(fault)}."
        raise MigrationFailed(message) from fault


def index_sql(table: str, index: Index) -> str:
    """The SQL of a plain or unique index under its own name."""
    if index.unique:
        return unique_set(table, index)
    columns = ", ".join(f'"{column}"' for column in index.columns)
    return f'CREATE INDEX "{index.name}" ON "{table}" ({columns})'


async def _drop(connection: BaseDBAsyncClient, table: str, index: Index) -> None:
    if index.sql is None:
        raise MigrationFailed(f"Table {table} still has the unique set {', '.join(index.columns)}.")
    await connection.execute_query(f'DROP INDEX "{index.name}"')
