"""What is looked at every few seconds, so that neither /readyz nor /metrics asks the database anything."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from tortoise.backends.base.client import BaseDBAsyncClient

from directory.places.store import PackedStore, PlacesError
from offer.beside import beside
from offer.clock import now
from offer.db.change_models import StaffChange
from offer.db.connections import AWAY
from offer.db.steps import Steps, steps_of
from offer.logs import log

EVERY = 10.0  # seconds between two looks
LONGEST = 5.0  # seconds that one may wait for the database

_Mark = tuple[int, int, int]  # of a file: its number, size and time of change


@dataclass(slots=True)
class Standing:
    """How this process stands beside its database and its files. None: not known, the database is away."""

    stopping: bool = False  # told to stop; still answering while the balancer turns to others
    steps: Steps | None = None
    newer_at_start: bool = False  # a newer version had changed the database before this process began
    places_damaged: bool = False  # in place, so that what is read here may be wrong
    places_unusable: bool = False  # the file that the next start would open
    overdue: float | None = None  # seconds by which a change has missed its hour of publication
    refused: int | None = None  # changes that could not be published on their hour and wait for somebody
    told: set[str] = field(default_factory=set)  # what the log was told is wrong


class Places:
    """The postcode file as it was when this process opened and checked it, and what became of it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._opened = self._seen = mark_of(path)

    def look(self, standing: Standing) -> None:
        """Reads it through (22 MB) only when it is another than at the look before."""
        mark = mark_of(self._path)
        if mark == self._seen:
            return
        self._seen = mark
        standing.places_unusable = mark is None or not _is_whole(self._path)
        same_file = mark is not None and self._opened is not None and mark[0] == self._opened[0]
        standing.places_damaged = standing.places_unusable and same_file


def mark_of(path: Path) -> _Mark | None:
    """What tells whether a file was changed; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _is_whole(path: Path) -> bool:
    try:
        PackedStore(path)
    except PlacesError:
        return False
    return True


async def look(standing: Standing, connection: BaseDBAsyncClient, at: datetime) -> None:
    """Asks the database for its steps and for what should be public by now. Raises nothing."""
    try:
        async with asyncio.timeout(LONGEST):
            steps = await steps_of(connection)
            changes = StaffChange.filter(state="approved").using_db(connection)
            late = await changes.filter(publish_at__lte=at).order_by("publish_at").first()
            refused = await changes.exclude(refused="").count()
    except AWAY:
        standing.steps = standing.overdue = standing.refused = None
        return
    standing.steps, standing.refused = steps, refused
    standing.overdue = (at - late.publish_at).total_seconds() if late and late.publish_at else 0.0


@asynccontextmanager
async def looked_at(
    standing: Standing,
    connection: BaseDBAsyncClient,
    places_file: Path,
    wrong: Callable[[], Iterable[str]],
    *,
    every: float = EVERY,
) -> AsyncIterator[None]:
    """While it is entered it is looked at. `wrong`: the codes of all that is wrong now, for the log."""
    places = Places(places_file)

    async def once() -> None:
        await look(standing, connection, now())
        await asyncio.to_thread(places.look, standing)
        _tell(standing, set(wrong()))

    await once()
    standing.newer_at_start = bool(standing.steps and standing.steps.unknown)

    async def run() -> None:
        while True:
            await asyncio.sleep(every)
            try:
                await once()
            except Exception as fault:  # no fault ends it
                log().error("could not be looked at", kind=type(fault).__name__)

    async with beside(run()):
        yield


def _tell(standing: Standing, wrong: set[str]) -> None:
    """One line when something goes wrong, and one when it is well again."""
    for code in sorted(wrong - standing.told):
        log().error("trouble", code=code)
    for code in sorted(standing.told - wrong):
        log().info("trouble over", code=code)
    standing.told = wrong
