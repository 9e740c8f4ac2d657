"""Who waits for news of a visit in this process, and how news comes: from here at once, from others soon.

Every process asks for the versions of the visits it has open pages of, several times a second and all
in one query. Nothing here is the only copy of anything: a page that missed some news reads the whole state.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

from offer.logs import log

_UNSEEN, _GONE = -2, -1  # in place of a version
EVERY = 0.2  # seconds between two looks for what other processes changed
SWEEP = 15.0  # seconds between two clearings of what is over
MOST_OF_ONE = 3  # open pages of one person in one visit: a tab or two left behind
MOST_OPEN = 3000  # in this process, which keeps about 60 kB for each

Versions = Callable[[list[str]], Awaitable[dict[str, int]]]


class Page:
    """One open page: wakes when its visit is at another version than it shows.

    `replaced`: a newer page of the same person has its place.
    """

    def __init__(self, who: str) -> None:
        self.who = who
        self.version = _UNSEEN
        self.replaced = False
        self._news = asyncio.Event()

    def wake(self) -> None:
        """There is something new."""
        self._news.set()

    async def news(self, within: float) -> bool:
        """Waits for something new; False when there was nothing in so many seconds."""
        try:
            async with asyncio.timeout(within):
                await self._news.wait()
        except TimeoutError:
            return False
        self._news.clear()
        return True


class Live:
    """The open pages of this process, by visit."""

    def __init__(self) -> None:
        self._pages: dict[str, list[Page]] = {}
        self.count = 0  # how many are open

    @property
    def visits(self) -> int:
        """How many visits have a page open here."""
        return len(self._pages)

    @property
    def full(self) -> bool:
        """Whether no more pages can be kept open here."""
        return self.count >= MOST_OPEN

    @contextmanager
    def page(self, visit: str, who: str) -> Iterator[Page]:
        """A page of a visit while it is open. The oldest of too many of one person is told to stop."""
        page = Page(who)
        pages = self._pages.setdefault(visit, [])
        pages.append(page)
        self.count += 1
        for old in [each for each in pages if each.who == who][:-MOST_OF_ONE]:
            old.replaced = True
            old.wake()
        try:
            yield page
        finally:
            self.count -= 1
            pages.remove(page)
            if not pages:
                del self._pages[visit]

    def wake(self, visit: str) -> None:
        """Something of this visit was changed here."""
        for page in self._pages.get(visit, ()):
            page.wake()

    async def look(self, versions: Versions) -> None:
        """Wakes the pages that show another version of their visit than there is, or one that is gone."""
        watched = list(self._pages)
        if not watched:
            return
        found = await versions(watched)
        for visit in watched:
            version = found.get(visit, _GONE)
            for page in self._pages.get(visit, ()):
                if page.version != version:
                    page.version = version
                    page.wake()

    @asynccontextmanager
    async def following(
        self, versions: Versions, sweep: Callable[[], Awaitable[object]]
    ) -> AsyncIterator[None]:
        """Looks until the service stops, and erases now and then what is over."""
        task = asyncio.create_task(self._follow(versions, sweep))
        try:
            yield
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

    async def _follow(self, versions: Versions, sweep: Callable[[], Awaitable[object]]) -> None:
        away, rounds = False, 0
        while True:
            try:
                await self.look(versions)
                if rounds % int(SWEEP / EVERY) == 0:
                    await sweep()
                away = False
            except Exception as fault:  # a database that is away is asked again
                if not away:
                    log().warning("visits cannot be followed", kind=type(fault).__name__)
                away = True
            rounds += 1
            await asyncio.sleep(EVERY)
