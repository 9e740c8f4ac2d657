"""What is done on the command line is in the log of staff too: what, to what, and which version."""

import json
from datetime import UTC, datetime
from pathlib import Path

from offer.catalogue import commands
from offer.db.connections import orm
from offer.db.models import Revision
from offer.db.staff_models import AuditRow
from offer.openreferral.shelf import Action, write
from offer.staff import audit

AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


async def rows(database: str) -> list[tuple[int | None, str, str, str, dict[str, str]]]:
    async with orm(database) as connection:
        assert (await audit.standing(connection)).broken is None
        held = await AuditRow.all().using_db(connection).order_by("id")
    return [(row.account, row.team, row.act, row.about, json.loads(row.detail)) for row in held]


async def test_loading_publishing_and_importing_are_logged_once_they_are_done(tmp_path: Path) -> None:
    database, folder = f"sqlite://{tmp_path / 'offer.sqlite3'}", tmp_path / "catalogue"
    await commands.set_up(database, at=AT)
    await commands.dump(database, folder)
    before = await rows(database)
    await commands.load(database, folder, at=AT)
    await commands.publish(database, at=AT, author="command line")
    assert await rows(database) == before, "nothing was changed, so nothing was done"

    file = next((folder / "entitlements").glob("*.yaml"))
    file.write_text(file.read_text("utf-8").replace("summary: ", "summary: Now ", 1), "utf-8")
    await commands.load(database, folder, at=AT, dry_run=True)
    assert await rows(database) == before, "a dry run is no act"
    await commands.load(database, folder, at=AT)
    done = await commands.publish(database, at=AT, author="command line", note="why")
    async with orm(database):
        held = (
            await Revision.filter(document__kind="service")
            .order_by("-number")
            .first()
            .select_related("document")
        )
        assert held
        seen = Action("service", "1", held.document.slug, "{}", "{}", None, held.number, AT.date())
        await write("https://feed.example", [seen], AT)
    assert (await rows(database))[len(before) :] == [
        (None, "command line", "loaded files", "catalogue", {"changed": "1"}),
        (None, "command line", "published", f"catalogue version {done.version}", {"changed": "1"}),
        (None, "command line", "imported", "directory 1", {"records": "1"}),
    ]
