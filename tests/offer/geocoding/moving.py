"""A clock that the test moves, and a geocoder that answers as the test says."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from directory.geocoder import GeocoderConfig, LookupFailed, Spot, config_of
from offer.clock import now
from offer.db.connections import orm
from offer.db.migrate import migrate
from offer.geocoding.store import GeocoderStore

START = 1_800_000_000_000


@dataclass
class Clock:
    """Milliseconds, moved by hand or by sleeping."""

    ms: int = START

    async def moment(self) -> int:
        return self.ms

    def seconds(self) -> float:
        return self.ms / 1000

    async def sleep(self, seconds: float) -> None:
        self.ms += int(seconds * 1000)


@dataclass
class Said:
    """Answers each question with the next of `answers`; the last again and again."""

    answers: list[tuple[Spot, ...] | LookupFailed]
    asked: list[str] = field(default_factory=list)
    config: GeocoderConfig = field(
        default_factory=lambda: config_of("nominatim", "http://127.0.0.1", "people@example.org", "1")
    )

    async def search(self, query: str) -> tuple[Spot, ...]:
        self.asked.append(query)
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        if isinstance(answer, LookupFailed):
            raise answer
        return answer


@asynccontextmanager
async def store_on(url: str, clock: Clock) -> AsyncIterator[GeocoderStore]:
    """A store on a fresh database whose clock is ours."""
    await migrate(url, at=now())
    async with orm(url) as connection:
        yield GeocoderStore(connection, clock.moment)
