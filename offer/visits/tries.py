"""How often a code may be tried: wrong ones are counted by where they come from, in memory only."""

from limits import RateLimitItemPerMinute
from limits.aio.storage import MemoryStorage
from limits.aio.strategies import MovingWindowRateLimiter

FROM_ONE_PLACE = RateLimitItemPerMinute(60, 10)  # a whole hostel, or part of a mobile network, may be one
FROM_ANYWHERE = RateLimitItemPerMinute(2000, 10)  # of 113 million codes


class Tries:
    """Wrong codes tried in this process. The addresses are kept in memory only, and no longer than that."""

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def allowed(self, place: str) -> bool:
        """Whether one more code may be tried from here."""
        here = await self._limiter.test(FROM_ONE_PLACE, "wrong code", place)
        return here and await self._limiter.test(FROM_ANYWHERE, "wrong code")

    async def wrong(self, place: str) -> None:
        """One more wrong code."""
        await self._limiter.hit(FROM_ONE_PLACE, "wrong code", place)
        await self._limiter.hit(FROM_ANYWHERE, "wrong code")
