"""What was kept by an older release or sealed with an older key, kept as it would be today."""

import asyncio
from dataclasses import dataclass
from datetime import datetime

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.expressions import Q
from tortoise.queryset import QuerySet
from tortoise.transactions import in_transaction

from offer.db.staff_models import StaffAccount, StaffRecoveryCode
from offer.staff import audit
from offer.staff.audit import COMMAND_LINE
from offer.staff.recovery import is_plain, stretched
from offer.staff.sealing import Kept, Seals


@dataclass(frozen=True, slots=True)
class Standing:
    """How secrets are kept. `readable`: code apps in the open; `older`: of an older key or release.

    `lost`: sealed with a key that is not among the settings. `codes`: recovery codes with a plain hash.
    """

    apps: int
    readable: int
    older: int
    lost: int
    codes: int


async def standing(connection: BaseDBAsyncClient, seals: Seals) -> Standing:
    """Looks at every account."""
    rows = [(row.id, Kept(row.totp, row.sealed)) for row in await _with_app(connection)]
    codes = await StaffRecoveryCode.all().using_db(connection)
    lost = sum(seals.opened(account, kept) is None for account, kept in rows)
    return Standing(
        apps=len(rows),
        readable=sum(kept.totp is not None for _, kept in rows),
        older=sum(not seals.is_newest(kept) for _, kept in rows) - lost,
        lost=lost,
        codes=sum(is_plain(each.code) for each in codes),
    )


async def seal_again(connection: BaseDBAsyncClient, seals: Seals, at: datetime) -> tuple[int, int]:
    """How many code apps and recovery codes are kept anew. What cannot be opened stays as it is."""
    apps = sum([await _seal(connection, seals, row) for row in await _with_app(connection)])
    codes = 0
    for account in await StaffAccount.all().using_db(connection):
        codes += await _stretch(connection, account.id)
    if apps or codes:
        told = {"apps": str(apps), "codes": str(codes)}
        async with in_transaction(connection.connection_name) as transaction:
            await audit.append(transaction, COMMAND_LINE, "sealed again", "accounts", at, told)
    return apps, codes


def _with_app(connection: BaseDBAsyncClient) -> QuerySet[StaffAccount]:
    has_app = Q(totp__isnull=False) | Q(sealed__isnull=False)
    return StaffAccount.filter(has_app).using_db(connection).order_by("id")


async def _seal(connection: BaseDBAsyncClient, seals: Seals, row: StaffAccount) -> bool:
    """One account, unless its owner took another app meanwhile."""
    kept = Kept(row.totp, row.sealed)
    secret = seals.opened(row.id, kept)
    if secret is None or seals.is_newest(kept):
        return False
    new = seals.kept(row.id, secret)
    same = StaffAccount.filter(id=row.id, totp=kept.totp, sealed=kept.sealed).using_db(connection)
    return bool(await same.update(totp=new.totp, sealed=new.sealed))


async def _stretch(connection: BaseDBAsyncClient, account: int) -> int:
    """The codes of one account that a release before 0.7.0 made; one that is used meanwhile is gone."""
    rows = await StaffRecoveryCode.filter(account_id=account).using_db(connection)
    plain = [row for row in rows if is_plain(row.code)]
    kept = await asyncio.to_thread(stretched, [row.code for row in plain])
    for row, code in zip(plain, kept, strict=True):
        await StaffRecoveryCode.filter(id=row.id, code=row.code).using_db(connection).update(code=code)
    return len(plain)
