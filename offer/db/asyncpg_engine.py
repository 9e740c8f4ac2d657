"""The PostgreSQL engine: Tortoise's own, whose pool outlives a server that went away.

The module's name must contain "asyncpg": Tortoise picks the migration dialect by
it. When BEGIN fails on a connection that died, stock Tortoise 1.1.9 never gives
that connection back, so five failures empty the pool for good.
"""

from collections.abc import Sequence
from typing import Any

import asyncpg
from tortoise.backends.asyncpg.client import AsyncpgDBClient, TransactionWrapper
from tortoise.backends.base.client import TransactionalDBClient, TransactionContext, TransactionContextPooled
from tortoise.connection import get_connections


class PooledTransactionContext(TransactionContextPooled):
    """Gives the connection back to the pool when the transaction could not begin."""

    async def __aenter__(self) -> TransactionalDBClient:
        await self.ensure_connection()
        client: Any = self.client
        client._connection = await client._parent._pool.acquire()
        self.token = get_connections().set(self.connection_name, client)
        try:
            await client.begin()
        except BaseException:
            get_connections().reset(self.token)
            await client._parent._pool.release(client._connection)
            raise
        return self.client


class PooledClient(AsyncpgDBClient):
    """A pool of PostgreSQL connections. `hosts`: (name, port) of each, of which one is written to."""

    def __init__(self, *, hosts: Sequence[tuple[str, int]] = (), **given: Any) -> None:
        super().__init__(**given)
        self.hosts = tuple(hosts) or ((self.host, self.port),)

    def addressed(self) -> dict[str, Any]:
        """What `asyncpg.connect` wants to know of where the server is and who we are."""
        named = {"user": self.user, "password": self.password, "database": self.database}
        names = ("ssl", "target_session_attrs")
        kept: dict[str, Any] = {name: self.extra[name] for name in names if name in self.extra}
        return {**named, **kept, **self._where()}

    def _where(self) -> dict[str, Any]:
        (host, port), *more = self.hosts
        if not more:
            return {"host": host, "port": port}
        return {"host": [host for host, _ in self.hosts], "port": [port for _, port in self.hosts]}

    async def create_pool(self, **given: Any) -> asyncpg.Pool:
        return await super().create_pool(**{**given, **self._where()})

    def _in_transaction(self) -> TransactionContext:
        return PooledTransactionContext(TransactionWrapper(self), self._pool_init_lock)


client_class: type[Any] = PooledClient
