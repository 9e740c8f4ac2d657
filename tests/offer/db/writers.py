"""One of several processes that read a number and write it back plus one. See test_sqlite_engine.py."""

import asyncio
import sys

from tortoise.transactions import in_transaction

from offer.db.connections import orm
from offer.db.models import CatalogueVersion


async def main(url: str, times: int) -> None:
    """Adds one, `times` times; any refused transaction ends the process with a trace."""
    async with orm(url):
        for _ in range(times):
            async with in_transaction():
                row = await CatalogueVersion.get(id=1)
                await CatalogueVersion.filter(id=1).update(number=row.number + 1)


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
