"""Who waits for news of a visit in this process, and how news comes: from here at once, from others soon.

Every process asks for the versions of the visits it has open pages of, several times a second and all
in one query. Nothing here is the only copy of anything: a page that missed some news reads the whole state.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager

from offer.logs import log

EVERY = 0.3  # seconds between two looks for what other processes changed
SWEEP = 15.0  # seconds between two clearings of what is over
MOST_PAGES = 6  # open pages of one visit in one process: two people, each with a tab or two left behind

Versions = Callable[[list[str]], Awaitable[dict[str, int]]]


class Page:
    """One open page: wakes when its visit changes. `replaced`: a newer page has its place."""

    def __init__(self) -> None:
        self._news = asyncio.Event()
        self.replaced = False

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
        self._seen: dict[str, int] = {}

    @contextmanager
    def page(self, visit: str) -> Iterator[Page]:
        """A page of a visit while it is open. The oldest of too many is told to stop."""
        page = Page()
        pages = self._pages.setdefault(visit, [])
        pages.append(page)
        for old in pages[:-MOST_PAGES]:
            old.replaced = True
            old.wake()
        try:
            yield page
        finally:
            pages.remove(page)
            if not pages and self._pages.get(visit) is pages:
                del self._pages[visit]
                self._seen.pop(visit, None)

    def wake(self, visit: str) -> None:
        """Something of this visit was changed here."""
        for page in self._pages.get(visit, ()):
            page.wake()

    @property
    def count(self) -> int:
        """How many pages are open."""
        return sum(len(pages) for pages in self._pages.values())

    async def look(self, versions: Versions) -> None:
        """Wakes the pages of every visit whose version is another than last time, or which is gone."""
        watched = list(self._pages)
        if not watched:
            return
        found = await versions(watched)
        for visit in watched:
            version = found.get(visit, -1)
            if self._seen.get(visit) != version and visit in self._pages:
                self._seen[visit] = version
                self.wake(visit)

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
