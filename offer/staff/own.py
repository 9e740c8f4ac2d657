"""One's own password or code app, renewed: every other browser is signed out, the recovery codes are new."""

from dataclasses import dataclass
from datetime import datetime

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from offer.db.staff_models import StaffAccount, StaffSession
from offer.staff import audit
from offer.staff.accounts import renew_codes
from offer.staff.recovery import new_codes
from offer.staff.sealing import Seals
from offer.staff.sessions import Person


@dataclass(frozen=True, slots=True)
class NewPassword:
    """The hash of a new password."""

    hash: str


@dataclass(frozen=True, slots=True)
class NewApp:
    """The secret of a new code app, and the half minute of the code that proved it."""

    secret: str
    step: int


async def renew(
    connection: BaseDBAsyncClient, seals: Seals, me: Person, new: NewPassword | NewApp, at: datetime
) -> tuple[str, ...]:
    """Puts it in the place of the old; the new recovery codes, which are nowhere else."""
    act = "changed own password" if isinstance(new, NewPassword) else "changed own code app"
    codes = await new_codes()
    async with in_transaction(connection.connection_name) as transaction:
        await StaffAccount.filter(id=me.account).using_db(transaction).update(**_fields(seals, me, new))
        others = StaffSession.filter(account_id=me.account, ended_at=None).exclude(id=me.session)
        ended = await others.using_db(transaction).update(ended_at=at)
        await renew_codes(transaction, me.account, codes)
        detail = {"signed out": str(ended)}
        await audit.append(transaction, me.by, act, f"account {me.account}", at, detail)
    return codes.shown


def _fields(seals: Seals, me: Person, new: NewPassword | NewApp) -> dict[str, object]:
    """The columns of the account that become others."""
    if isinstance(new, NewPassword):
        return {"password": new.hash}
    kept = seals.kept(me.account, new.secret)
    return {"totp": kept.totp, "sealed": kept.sealed, "totp_step": new.step}
