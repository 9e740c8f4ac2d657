"""The PostgreSQL engine: Tortoise's own, whose pool outlives a server that went away.

The module's name must contain "asyncpg": Tortoise picks the migration dialect by
it. When BEGIN fails on a connection that died, stock Tortoise 1.1.9 never gives
that connection back, so five failures empty the pool for good.
"""

from typing import Any

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
    """A pool of PostgreSQL connections."""

    def _in_transaction(self) -> TransactionContext:
        return PooledTransactionContext(TransactionWrapper(self), self._pool_init_lock)


client_class: type[Any] = PooledClient
