"""What sheets, feeds and copies ask of a database, on both engines."""

import io
import zipfile
from dataclasses import replace

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient

from offer.catalogue.commands import set_up
from offer.clock import now
from offer.db.change_models import StaffChange
from offer.db.connections import orm
from offer.db.errors import Refused
from offer.db.staff_models import AuditRow
from offer.sheets.documents import Held
from offer.staff.audit import By
from offer.staff.change import Item
from offer.staff.exchange import earlier, elsewhere, held_of, make_change
from offer.staff.feeds import came
from offer.staff.full_copy import full_copy

OURS, THEIRS = "E10000019", "E06000047"
SLUG = "lincolnshire-college-bursary"


async def counts(connection: BaseDBAsyncClient) -> tuple[int, int]:
    """How many changes there are, and how many rows of the log."""
    rows = AuditRow.all().using_db(connection)
    return await StaffChange.all().using_db(connection).count(), await rows.count()


async def test_one_change_is_made_whole_or_not_at_all_and_a_copy_is_whole(database_url: str) -> None:
    await set_up(database_url, at=now())
    async with orm(database_url) as connection:
        ours, theirs = await held_of(connection, OURS), await held_of(connection, THEIRS)
        assert ("entitlement", SLUG) in ours and not ours.keys() & theirs.keys()
        kind, slug = next(iter(theirs))
        named = {(kind, slug), ("entitlement", SLUG), ("service", "nowhere")}
        assert await elsewhere(connection, named, ours.keys()) == {(kind, slug): THEIRS}
        assert list(await earlier(connection, [("entitlement", SLUG, 1)])) == [("entitlement", SLUG, 1)]
        before, by = await counts(connection), By(1, "T")
        mine = [_item(held) for key, held in list(ours.items())[:3]]
        changed = {**_item(theirs[kind, slug]).body, "checked_on": "2026-01-02", "review_by": "2027-01-02"}
        foreign = [*mine, replace(_item(theirs[kind, slug]), body=changed)]
        for items in (foreign, [*mine, replace(mine[0], slug="new-one", base=7)]):
            with pytest.raises(Refused):
                await make_change(connection, OURS, "From a sheet", items, by, now())
            assert await counts(connection) == before, "nothing of it, not even in the log"
        await make_change(connection, OURS, "From a sheet", mine, by, now())
        assert (await counts(connection))[0] == before[0] + 1
        assert await came(connection, [OURS]) == []
        copy = b"".join([piece async for piece in full_copy(connection, OURS, now())])
        assert zipfile.ZipFile(io.BytesIO(copy)).testzip() is None


def _item(held: Held) -> Item:
    body = held.document.model_dump(mode="json")
    return Item(held.kind, held.slug, "save", held.number, body)
