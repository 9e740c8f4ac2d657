"""One's own password or code app, renewed: every other browser is signed out, the recovery codes are new."""

from dataclasses import dataclass
from datetime import datetime

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from offer.db.staff_models import StaffAccount, StaffSession
from offer.staff import audit
from offer.staff.accounts import renewed_codes
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
    connection: BaseDBAsyncClient, me: Person, new: NewPassword | NewApp, at: datetime
) -> tuple[str, ...]:
    """Puts it in the place of the old; the new recovery codes, which are nowhere else."""
    fields: dict[str, object] = (
        {"password": new.hash}
        if isinstance(new, NewPassword)
        else {"totp": new.secret, "totp_step": new.step}
    )
    act = "changed own password" if isinstance(new, NewPassword) else "changed own code app"
    async with in_transaction(connection.connection_name) as transaction:
        await StaffAccount.filter(id=me.account).using_db(transaction).update(**fields)
        others = StaffSession.filter(account_id=me.account, ended_at=None).exclude(id=me.session)
        ended = await others.using_db(transaction).update(ended_at=at)
        codes = await renewed_codes(transaction, me.account)
        detail = {"signed out": str(ended)}
        await audit.append(transaction, me.by, act, f"account {me.account}", at, detail)
    return codes
