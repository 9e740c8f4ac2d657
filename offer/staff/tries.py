"""How often a password may be tried. Counted in memory only, by where it comes from.

Nobody can lock somebody else out: what is refused is this address for this account,
and this address for all. Wrong tries from many places only make an account slower.
"""

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

MINUTES = 15
OF_ACCOUNT_HERE = RateLimitItemPerMinute(5, MINUTES)
FROM_HERE = RateLimitItemPerMinute(60, MINUTES)  # a whole office may sit behind one address
OF_ACCOUNT_ANYWHERE = RateLimitItemPerMinute(20, MINUTES)
SLOW = 3.0  # seconds


class StaffTries:
    """Tries to sign in to this process."""

    def __init__(self, slow: float = SLOW) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())
        self._slow = slow

    async def take(self, email: str, place: str) -> bool:
        """Whether one more try may be made. Counted before it is looked at: many at once count too."""
        return await self._limiter.hit(FROM_HERE, "staff", place) and await self._limiter.hit(
            OF_ACCOUNT_HERE, "staff", email, place
        )

    async def arrive(self, place: str) -> bool:
        """Whether one more may come back from the council's sign-in, which counts wrong tries itself."""
        return await self._limiter.hit(FROM_HERE, "staff", place)

    async def pause(self, email: str) -> float:
        """How many seconds to wait before looking at a try."""
        free = await self._limiter.hit(OF_ACCOUNT_ANYWHERE, "staff", email)
        return 0.0 if free else self._slow

    async def right(self, email: str, place: str) -> None:
        """Somebody signed in: their slips count no more."""
        await self._limiter.clear(OF_ACCOUNT_HERE, "staff", email, place)
        await self._limiter.clear(OF_ACCOUNT_ANYWHERE, "staff", email)
