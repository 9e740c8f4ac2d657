"""What the public sees of a council's settings: its colour, and that it has begun to write its own offer.

Read with each new edition. A change of them is a publication of its own (see `publish_settings` in
offer/catalogue/publishing.py), so that every process takes it up at once, by the one version number.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from tortoise.backends.base.client import BaseDBAsyncClient

from offer.db.change_models import StaffScope


@dataclass(frozen=True, slots=True)
class PublicScope:
    """`colour` as "#6b2c91", or "" for ours. `begun`: it is writing its own offer here."""

    colour: str = ""
    begun: bool = False


Scopes = Mapping[str, PublicScope]  # by the GSS code of a council, or "england"


async def read_public_scopes(connection: BaseDBAsyncClient) -> Scopes:
    """What councils have set."""
    rows = await StaffScope.all().using_db(connection)
    return {row.scope: PublicScope(row.colour, row.started_at is not None) for row in rows}
