"""Publishing and importing, killed at every moment: exactly the old or exactly the new is left."""

import json
from datetime import timedelta

from tortoise.backends.base.client import BaseDBAsyncClient

from offer.catalogue.files import write_file
from offer.catalogue.revisions import Stamp, save
from offer.clock import now
from offer.db.change_models import StaffChange
from offer.db.connections import orm
from offer.staff import changes
from offer.staff.audit import By
from offer.staff.change import Item
from offer.staff.change_rows import newest_of
from offer.staff.versions import body_of_version
from tests.faults.house import House
from tests.faults.killing import Act, Forge, survives
from tests.offer.db.filled import sample
from tests.offer.openreferral.test_importing import service

ANNA, BEN = By(1, "Leaving care"), By(2, "Leaving care")
ENTRIES = [record.document.id for record in sample() if record.kind == "entitlement"]  # type: ignore[attr-defined]
SLUG = ENTRIES[0]


async def approved(connection: BaseDBAsyncClient) -> int:
    """A change of three entries that somebody approved; its number."""
    change = await changes.open_change(connection, "england", "Three at once", ANNA, now())
    for slug in ENTRIES[:3]:
        base = await newest_of(connection, "entitlement", slug)
        body = await body_of_version(connection, "entitlement", slug, base)
        item = Item("entitlement", slug, "save", base, {**(body or {}), "summary": "Changed together."})
        await changes.put(connection, change, item, ANNA, now())
    await changes.submit(connection, change, ANNA, now())
    await changes.approve(connection, change, BEN, now())
    return change


async def test_publishing(either_lived_in: House, forged: Forge) -> None:
    lived_in = either_lived_in
    async with orm(lived_in.url):
        for record in sample():
            changed = record.document.model_copy(update={"summary": "Waits to be published."})
            if record.kind == "entitlement":  # what the others lead to is not all here
                await save(record.kind, changed, Stamp("anna", now()))
    act = Act("publishing the catalogue", ("publish", "--note", "Why"), told="published version")
    await survives(lived_in, forged, act, many=15, slug=SLUG)


async def test_a_change_of_staff(lived_in: House, forged: Forge) -> None:
    async with orm(lived_in.url) as connection:
        number = await approved(connection)
    act = Act("publishing a change of staff", ("act-change", str(number)))
    await survives(lived_in, forged, act, many=15, slug=SLUG)


async def test_on_its_hour_in_two_processes(lived_in: House, forged: Forge) -> None:
    """The one that is not killed publishes it, once."""
    async with orm(lived_in.url) as connection:
        number = await approved(connection)
        rows = StaffChange.filter(id=number).using_db(connection)
        await rows.update(publish_at=now() - timedelta(seconds=1))
    act = Act("two processes publish on the hour, one of them", ("act-hour",), times=2)
    await survives(lived_in, forged, act, many=15)


async def test_still_right(lived_in: House, forged: Forge) -> None:
    act = Act("somebody says that an entry is still right", ("act-right", "entitlement", SLUG))
    await survives(lived_in, forged, act, many=15)


async def test_going_back(lived_in: House, forged: Forge) -> None:
    act = Act("somebody brings an earlier version back", ("act-back", "entitlement", SLUG))
    await survives(lived_in, forged, act, many=15)


async def test_a_sheet_of_staff(lived_in: House, forged: Forge) -> None:
    act = Act("bringing in a sheet of staff", ("act-sheet", ",".join(ENTRIES)))
    await survives(lived_in, forged, act, many=15)


async def test_loading_files(lived_in: House, forged: Forge) -> None:
    for record in sample(8):  # five that are there, three that are new
        folder = (
            lived_in.data
            / "catalogue"
            / ("entitlements" if record.kind == "entitlement" else f"{record.kind}s")
        )
        folder.mkdir(parents=True, exist_ok=True)
        write_file(folder, record.document.model_copy(update={"summary": "Written in a file."}))
    act = Act("loading files", ("load", str(lived_in.data / "catalogue")), told=" new, ")
    await survives(lived_in, forged, act, many=15)


async def test_importing_a_feed(lived_in: House, forged: Forge) -> None:
    """More than is written by one statement."""
    services = [service(f"Drop in {number}") for number in range(60)]
    (lived_in.data / "feed.json").write_text(json.dumps(services))
    act = Act(
        "importing an Open Referral feed",
        ("import", "oruk", str(lived_in.data / "feed.json")),
        told="wait as drafts",
    )
    await survives(lived_in, forged, act, many=15, slug=SLUG)
