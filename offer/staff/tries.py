"""How often a password may be tried, counted in the database, so that every process knows of every try.

Nobody can lock somebody else out. What is refused is one place for one account, and one place for all.
A browser in which the account was signed in during the last month is known by a cookie, and counts apart
from its place: an attacker beside it in the same office, or behind the same proxy, does not shut it out.
Wrong tries from many places only make an account slower, and not for a known browser.

A try is kept as a hash of what was tried, and when: neither the email address nor the network address. It
goes after a quarter of an hour.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.expressions import Q
from tortoise.transactions import in_transaction

from offer.db.change_models import StaffTry
from offer.staff.codes import fingerprint

MINUTES = 15
OF_ACCOUNT_HERE = 5
FROM_HERE = 60  # a whole office may sit behind one address
OF_ACCOUNT_ANYWHERE = 20
SLOW = 3.0  # seconds
LOCK = 7_310_405  # our number among PostgreSQL's advisory locks
_SPAN = timedelta(minutes=MINUTES)


@dataclass(frozen=True, slots=True)
class Trier:
    """Who tries: the email address as typed, the network address, and the key of a known browser or ""."""

    email: str
    place: str
    known: str = ""

    @property
    def of_account_here(self) -> str:
        """What is counted for this account from here."""
        return _hash("account", self.email, f"known {self.known}" if self.known else f"at {self.place}")

    @property
    def from_here(self) -> str:
        """What is counted from here, whatever the account; a known browser has a count of its own."""
        return _hash("here", f"known {self.known}" if self.known else f"at {self.place}")

    @property
    def of_account(self) -> str:
        """What is counted for this account from everywhere but its known browsers."""
        return _hash("account", self.email)


def _hash(*parts: str) -> str:
    return fingerprint("\n".join(parts))


@dataclass(frozen=True, slots=True)
class StaffTries:
    """Tries to sign in. `slow`: how many seconds a try waits once too many were made for an account."""

    slow: float = SLOW

    async def take(self, connection: BaseDBAsyncClient, who: Trier, at: datetime) -> bool:
        """Whether one more try may be made. Counted before it is looked at: many at once count too."""
        return await _hit(connection, who.from_here, FROM_HERE, at) and await _hit(
            connection, who.of_account_here, OF_ACCOUNT_HERE, at
        )

    async def arrive(self, connection: BaseDBAsyncClient, place: str, at: datetime) -> bool:
        """Whether one more may come back from the council's sign-in, which counts wrong tries itself."""
        return await _hit(connection, Trier("", place).from_here, FROM_HERE, at)

    async def pause(self, connection: BaseDBAsyncClient, who: Trier, at: datetime) -> float:
        """How many seconds to wait before looking at a try."""
        if who.known or await _hit(connection, who.of_account, OF_ACCOUNT_ANYWHERE, at):
            return 0.0
        return self.slow

    async def right(self, connection: BaseDBAsyncClient, who: Trier) -> None:
        """Somebody signed in: their slips count no more."""
        keys = (who.of_account_here, who.of_account)
        await StaffTry.filter(what__in=keys).using_db(connection).delete()


async def prove(connection: BaseDBAsyncClient, account: int, state: str, at: datetime) -> None:
    """Keeps for a quarter of an hour that the owner of an account has shown who they are, for one journey."""
    await StaffTry.create(using_db=connection, what=_hash("proved", str(account), state), at=at)


async def was_proved(connection: BaseDBAsyncClient, account: int, state: str, at: datetime) -> bool:
    """Whether that was kept; it counts once. What a browser brings proves nothing: anybody can write it."""
    held = StaffTry.filter(what=_hash("proved", str(account), state), at__gt=at - _SPAN)
    return bool(await held.using_db(connection).delete())


async def _hit(connection: BaseDBAsyncClient, what: str, most: int, at: datetime) -> bool:
    """Whether fewer than `most` were counted in the last quarter of an hour; if so this one is.

    One at a time, so that of many at once none is overlooked. A try that is refused is not kept: whoever
    goes on trying neither fills the table nor waits for ever.
    """
    async with in_transaction(connection.connection_name) as transaction:
        if transaction.capabilities.dialect != "sqlite":  # whose transaction holds the lock by itself
            await transaction.execute_query(f"SELECT pg_advisory_xact_lock({LOCK})")
        past = Q(at__lte=at - _SPAN) | Q(at__gt=at + _SPAN)  # or of a clock that was set back since
        await StaffTry.filter(past).using_db(transaction).delete()
        if await StaffTry.filter(what=what).using_db(transaction).count() >= most:
            return False
        await StaffTry.create(using_db=transaction, what=what, at=at)
    return True
