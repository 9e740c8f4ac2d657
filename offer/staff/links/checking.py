"""One round of looks: what is cited is followed, what is due is asked, what came of it is kept."""

from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from tortoise.backends.base.client import BaseDBAsyncClient

from offer.logs import log
from offer.staff.links import rows
from offer.staff.links.seen import Seen
from offer.staff.turn import give_turn_back, take_turn

TURN, LASTS = "links", timedelta(hours=1)
MOST = 40  # addresses a round

Progress = Callable[[int, int], object]
Look = Callable[[str], Awaitable[Seen]]


@dataclass(frozen=True, slots=True)
class Looks:
    """What a round did."""

    asked: int
    troubled: int


async def check_links(
    connection: BaseDBAsyncClient,
    cited: Collection[str],
    look: Look,
    at: datetime,
    *,
    most: int = MOST,
    progress: Progress = lambda done, total: None,
) -> Looks | None:
    """Looks at what is due, at most `most`; None while another process does."""
    if not await take_turn(connection, TURN, at, LASTS):
        return None
    try:
        await rows.follow(connection, cited)
        urls, troubled = await rows.due(connection, at, most), 0
        for done, url in enumerate(urls, 1):
            seen = await look(url)
            await rows.keep(connection, url, seen, at)
            troubled += bool(seen.problem)
            progress(done, len(urls))
    finally:
        await give_turn_back(connection, TURN, at)
    if urls:
        log().info("sources asked", asked=len(urls), troubled=troubled)
    return Looks(len(urls), troubled)
