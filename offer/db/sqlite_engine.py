"""The SQLite engine: Tortoise's own, with transactions that ask for the write lock at once.

The module's name must contain "sqlite": Tortoise picks the migration dialect by it.

Four faults of the stock engine (tortoise-orm 1.1.9) are mended here:

* it begins transactions deferred, so two that read and then write end in
  "database is locked" at once, whatever the timeout (tortoise-orm#1675);
* when BEGIN fails it keeps its own lock and its connection swap, so that every
  later query of the process waits for ever;
* when the file cannot be opened, it keeps that lock too;
* `execute_script` inside a transaction commits it silently (Python's
  `executescript` does), so that a failed migration step could not be undone.
"""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tortoise.backends.base.client import (
    ConnectionWrapper,
    NestedTransactionContext,
    TransactionalDBClient,
    TransactionContext,
)
from tortoise.backends.sqlite.client import (
    SqliteClient,
    SqliteTransactionContext,
    SqliteTransactionWrapper,
    translate_exceptions,
)
from tortoise.connection import get_connections
from tortoise.exceptions import OperationalError

from offer.db.errors import DatabaseUnusable
from offer.db.sqlite_file import MEMORY, check_file


class ImmediateTransaction(SqliteTransactionWrapper):
    """A transaction that holds the write lock from its first moment."""

    async def begin(self) -> None:
        try:
            await self._connection.commit()
            await self._connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as fault:
            raise OperationalError(fault) from fault

    def _in_transaction(self) -> TransactionContext:
        return NestedTransactionContext(ImmediateTransaction(self))

    @translate_exceptions
    async def execute_script(self, query: str) -> None:
        async with self.acquire_connection() as connection:
            for statement in statements(query):
                await connection.execute(statement)


class ImmediateTransactionContext(SqliteTransactionContext):
    """Gives the lock back when the transaction could not begin."""

    async def __aenter__(self) -> TransactionalDBClient:
        await self._trxlock.acquire()
        token = None
        try:
            await self.ensure_connection()
            token = self.token = get_connections().set(self.connection_name, self.connection)
            await self.connection.begin()
        except BaseException:
            await self._undo()
            get_connections().reset(token)
            self._trxlock.release()
            raise
        return self.connection  # type: ignore[no-any-return]

    async def _undo(self) -> None:
        # A cancelled task may leave a BEGIN that the engine's thread did carry out.
        connection = self.connection._connection
        if connection is not None and connection.in_transaction:
            await connection.rollback()


class CarefulWrapper(ConnectionWrapper[Any]):
    """Gives the lock back when the file could not be opened."""

    async def __aenter__(self) -> Any:
        await self._lock.acquire()
        try:
            await self.ensure_connection()
        except BaseException:
            self._lock.release()
            raise
        return self.connection


class ImmediateClient(SqliteClient):
    """One SQLite connection whose transactions begin IMMEDIATE."""

    def __init__(self, file_path: str, *, create: bool = False, **settings: Any) -> None:
        super().__init__(file_path, **settings)
        self._create = create  # else a service whose file was moved away would start an empty one
        self._opened: tuple[int, int] | None = None  # device and inode of the file that is open

    async def create_connection(self, with_db: bool) -> None:
        """Opens the file; a connection whose settings could not all be made is not kept."""
        check_file(Path(self.filename), create=self._create)
        try:
            await super().create_connection(with_db)
        except UnicodeDecodeError as fault:  # SQLite quotes what is damaged, and its driver cannot read that
            await self.close()
            raise sqlite3.DatabaseError("the file is damaged") from fault
        except BaseException:
            await self.close()
            raise
        self._opened = self._identity()

    async def follow_file(self) -> None:
        """Lets go of a file that was replaced, as `local-offer restore` does, so that the new one is opened.

        Raises `DatabaseUnusable` while there is no file: SQLite itself would go on
        reading the deleted one for ever, and writing what nobody would find again.
        """
        async with self._lock:
            if self._connection is None:
                return
            try:
                moved = self._identity() != self._opened
            except DatabaseUnusable:
                await self.close()
                raise
            if moved:
                await self.close()
                check_file(Path(self.filename))

    def _identity(self) -> tuple[int, int] | None:
        try:
            found = Path(self.filename).stat()
        except FileNotFoundError:
            if self.filename == MEMORY:
                return None
            raise DatabaseUnusable(f"The database file {self.filename} is gone.", "Bring it back.") from None
        return found.st_dev, found.st_ino

    def acquire_connection(self) -> ConnectionWrapper[Any]:
        return CarefulWrapper(self._lock, self)

    def _in_transaction(self) -> TransactionContext:
        return ImmediateTransactionContext(ImmediateTransaction(self), self._lock)


def statements(script: str) -> Iterator[str]:
    """The single statements of an SQL script; a `;` inside text or a trigger does not end one."""
    held = ""
    for part in script.split(";"):
        held += part
        if held.strip() and sqlite3.complete_statement(held + ";"):
            yield held.strip()
            held = ""
        else:
            held += ";"
    if held.strip(" ;\n\t\r"):
        yield held.strip(" ;\n\t\r")


client_class: type[Any] = ImmediateClient
