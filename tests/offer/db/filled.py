"""A database with something in every table, written by the service's own code, and its rows for comparing."""

from datetime import UTC, datetime, timedelta
from typing import Any

from tortoise.backends.base.client import BaseDBAsyncClient

from offer.catalogue.documents import KINDS
from offer.catalogue.files import FileRecord, read_file
from offer.catalogue.publishing import publish
from offer.catalogue.revisions import Stamp, save
from offer.db.change_models import LinkCheck, StaffIdentity, StaffReminder, StaffTry, StaffTurn, YouSaid
from offer.db.models import (
    Document,
    Feed,
    Feedback,
    GeocoderAnswer,
    Helped,
    ImportedRecord,
    LookedFor,
    Opened,
    ReviewItem,
)
from offer.db.shape import RECORDS, shape_of
from offer.staff.accounts import Chosen, accept, account_of, invite
from offer.staff.audit import By
from offer.staff.change import Item, ScopeSettings
from offer.staff.changes import comment, open_change, put
from offer.staff.roles import Grant
from offer.staff.scope_settings import keep_settings
from offer.staff.sealing import SIZE, Seals
from offer.staff.sessions import begin
from offer.visits.joining import knock
from offer.visits.store import start

AT = datetime(2026, 11, 22, 7, 30, tzinfo=UTC)
SEAL = b"k" * SIZE  # seals the secret of its code app


def sample(count: int = 5) -> list[FileRecord]:
    """The first documents of the starter catalogue, of both kinds."""
    found: list[FileRecord] = []
    for kind in KINDS.values():
        for file in sorted(kind.starter.glob("*.yaml"))[:count]:
            record = read_file(kind, file)
            assert isinstance(record, FileRecord), record
            found.append(record)
    return found


async def fill(connection: BaseDBAsyncClient) -> None:
    """Two revisions and a review item for each document, two publications, and a row in every other table."""
    records = sample()
    for record in records:
        await save(record.kind, record.document, Stamp("anna", AT, "loaded"))
    await publish(at=AT, author="anna")
    for record in records:
        changed = record.document.model_copy(update={"summary": "Changed by staff."})
        await save(record.kind, changed, Stamp("ben", AT + timedelta(days=1)))
    await publish(at=AT + timedelta(days=2), author="ben")
    for document in await Document.all():
        await ReviewItem.create(
            document_id=document.id,
            body="{}",
            digest="d" * 64,
            file=f"{document.slug}.yaml",
            at=AT,
            state="open",
        )
    feed = await Feed.create(url="https://example.org/openreferral", read_at=AT)
    for document in await Document.filter(kind="service"):
        await ImportedRecord.create(
            feed=feed, kind="service", remote_id=document.slug, document_id=document.id, given="{}",
            staged="{}", first_seen=AT.date(), missed=0,
        )  # fmt: skip
    await LookedFor.create(day=AT.date(), words="removal tattoo", count=5)
    await Opened.create(day=AT.date(), kind="entitlement", slug="bus-travel", count=5)
    await Feedback.create(
        code="CDFGHJ34", slug="bus-travel", version=1, day=AT.date(), kind="wrong", text="Old.", state="new"
    )
    await Helped.create(day=AT.date(), slug="bus-travel", count=5)
    await GeocoderAnswer.create(key="0" * 64, found="[]", expires_at=1)
    by = By(None, "command line")
    invited = await invite(
        connection, "sam@council.example", "Sam", "Team", Grant("england", "admin"), by, AT
    )
    await accept(connection, Seals((SEAL,)), invited.key, Chosen("a hash", "a secret", 1), AT)
    held = await account_of(connection, invited.account)
    assert held
    await begin(connection, held, "Firefox", AT)
    await _fill_changes(connection)
    started = await start(connection, "adviser", AT)
    await knock(connection, started.visit, AT)


async def _fill_changes(connection: BaseDBAsyncClient) -> None:
    by, (kind, slug) = By(1, "Team"), ("entitlement", "bus-travel")
    change = await open_change(connection, "england", "Buses", by, AT)
    body = {"id": slug, "authority": "E92000001"}
    await put(connection, change, Item(kind, slug, "save", 1, body), by, AT)
    await comment(connection, change, "Is this right?", by, AT)
    await keep_settings(connection, ScopeSettings("england", team="Team"), by, AT)
    await StaffReminder.create(kind=kind, slug=slug, review_by=AT.date(), step=30, at=AT)
    await StaffTurn.create(name="reminders", until=AT)
    await StaffTry.create(what="0" * 64, at=AT)
    await LinkCheck.create(url="https://example.org/", checked_at=AT, status=200)
    await YouSaid.create(scope="england", slug=slug, you_said="Too old.", we_did="New.", on=AT.date())
    await StaffIdentity.create(account_id=1, issuer="https://council.example", subject="1")


async def rows(connection: BaseDBAsyncClient) -> dict[str, list[dict[str, Any]]]:
    """Every row of every table of ours, in a fixed order."""
    found = {}
    for table in await shape_of(connection):
        if table != RECORDS:
            listed = await connection.execute_query_dict(f'SELECT * FROM "{table}" ORDER BY 1')
            found[table] = [dict(row) for row in listed]
    return found
