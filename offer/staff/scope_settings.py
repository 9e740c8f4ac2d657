"""What a council, or England, has set for its own pages and people."""

from dataclasses import asdict
from datetime import datetime

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from offer.db.change_models import StaffScope
from offer.staff import audit
from offer.staff.audit import By
from offer.staff.change import ScopeSettings


async def settings_of(connection: BaseDBAsyncClient, scope: str) -> ScopeSettings:
    """What a scope has set, or the defaults."""
    row = await StaffScope.get_or_none(scope=scope, using_db=connection)
    if row is None:
        return ScopeSettings(scope)
    return ScopeSettings(
        scope, row.four_eyes, row.team, row.mail or "", row.escalate_mail or "", row.colour,
        row.words, row.started_at,
    )  # fmt: skip


async def keep_settings(connection: BaseDBAsyncClient, settings: ScopeSettings, by: By, at: datetime) -> None:
    """Keeps what a scope set; the audit log names what changed, not to what."""
    async with in_transaction(connection.connection_name) as transaction:
        before = await settings_of(transaction, settings.scope)
        values = asdict(settings)
        changed = sorted(name for name, value in values.items() if getattr(before, name) != value)
        del values["scope"]
        values |= {"mail": settings.mail or None, "escalate_mail": settings.escalate_mail or None}
        await StaffScope.update_or_create(values, using_db=transaction, scope=settings.scope)
        detail = {"changed": ", ".join(changed)}
        await audit.append(transaction, by, "changed settings", f"scope {settings.scope}", at, detail)
