"""Writes the text of a database that the code in the working folder makes and fills. See README.md."""

import asyncio
import sqlite3
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path.cwd()))


async def fill_here(url: str) -> None:
    """Migrates and fills a database, with two documents of each kind: enough, and small."""
    from offer.db.connections import orm
    from offer.db.migrate import migrate
    from tests.offer.db import filled

    filled.sample.__defaults__ = (2,)
    await migrate(url, at=filled.AT)
    async with orm(url) as connection:
        await filled.fill(connection)


def main(commit: str) -> None:
    """Prints it, with the commit in the first line."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "offer.sqlite3")
        asyncio.run(fill_here(f"sqlite://{file}"))
        print(f"-- made by the code of commit {commit}")
        with closing(sqlite3.connect(file)) as connection:
            print("\n".join(connection.iterdump()))


if __name__ == "__main__":
    main(sys.argv[1])
