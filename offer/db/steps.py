"""Which steps of migration the database has, beside those that this code knows."""

from dataclasses import dataclass
from functools import cache
from pkgutil import iter_modules

from tortoise.backends.base.client import BaseDBAsyncClient

from offer.db import migrations
from offer.db.shape import RECORDS

_APP = "catalogue"


@dataclass(frozen=True, slots=True)
class Steps:
    """`missing`: known here, not run there. `unknown`: run there by a newer version of this service."""

    missing: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@cache
def known() -> frozenset[str]:
    """The steps of this code."""
    return frozenset(each.name for each in iter_modules(migrations.__path__))


async def steps_of(connection: BaseDBAsyncClient) -> Steps:
    """One question to the database. Raises what the driver raises, also where nothing was migrated yet."""
    rows = await connection.execute_query_dict(f"SELECT name FROM \"{RECORDS}\" WHERE app = '{_APP}'")  # noqa: S608 - ours
    ran = {str(row["name"]) for row in rows}
    return Steps(tuple(sorted(known() - ran)), tuple(sorted(ran - known())))
