"""What the geocoder shares between all processes: its turn, and what it answered.

Kept of an answer: the SHA-256 of the provider and the words asked for, the districts
found, each with a point rounded to about a kilometre, and the day it expires. No words,
no street, no person. Whoever holds the database and guesses the words can still find out
that somebody asked for them, not who: so rows go after 30 days (nothing found: one day).
"""

import json
import time
from collections.abc import Awaitable, Callable
from hashlib import sha256

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.expressions import Q

from directory.geocoder import FoundPlace, GeocoderConfig
from offer.db.models import THE_ROW, GeocoderAnswer, GeocoderTurn

DAY = 24 * 3600 * 1000  # milliseconds
KEPT_FOUND, KEPT_NOTHING = 30 * DAY, DAY
MOST_ROWS = 20_000  # about 3 MB
FARTHEST_TURN = 2 * DAY  # a turn farther ahead was set by a clock that was wrong

Moment = Callable[[], Awaitable[int]]


def key_of(config: GeocoderConfig, query: str) -> str:
    """The key of an answer; another provider's answers have other keys."""
    return sha256(f"{config.provider}\0{config.domain}\0{query}".encode()).hexdigest()


class GeocoderStore:
    """One database of one deployment. Lets every fault of the database through."""

    def __init__(self, connection: BaseDBAsyncClient, moment: Moment | None = None) -> None:
        """`moment` tells milliseconds since 1970; without it the clock that all processes share."""
        self._connection = connection
        self._moment = moment or self._shared_clock

    async def _shared_clock(self) -> int:
        """PostgreSQL's own clock, so that the clocks of several machines do not matter."""
        if self._connection.capabilities.dialect == "sqlite":
            return int(time.time() * 1000)
        query = "SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS moment"
        rows = await self._connection.execute_query_dict(query)
        return int(rows[0]["moment"])

    async def take_turn(self, lease: int) -> int | None:
        """Takes the deployment's one turn for at most `lease` ms; the turn's token, or None: it is not free.

        One UPDATE that compares and sets: of any number of processes one gets it.
        """
        now = await self._moment()
        token = now + lease
        free = Q(free_at__lte=now) | Q(free_at__gt=now + FARTHEST_TURN)
        turns = GeocoderTurn.filter(free, id=THE_ROW).using_db(self._connection)
        return token if await turns.update(free_at=token) else None

    async def give_turn_back(self, token: int, pause: int) -> None:
        """Nobody may ask for `pause` ms from now. Does nothing where the turn ran out and is another's."""
        now = await self._moment()
        turns = GeocoderTurn.filter(id=THE_ROW, free_at=token).using_db(self._connection)
        await turns.update(free_at=now + pause)

    async def known(self, key: str) -> tuple[FoundPlace, ...] | None:
        """A kept answer, the empty one included; None where there is none or it has expired."""
        now = await self._moment()
        rows = GeocoderAnswer.filter(key=key, expires_at__gt=now).using_db(self._connection)
        row = await rows.first()
        return tuple(FoundPlace(*each) for each in json.loads(row.found)) if row else None

    async def keep(self, key: str, found: tuple[FoundPlace, ...]) -> None:
        """Keeps an answer over any before it, and deletes what has expired or is too much."""
        now = await self._moment()
        expires = now + (KEPT_FOUND if found else KEPT_NOTHING)
        text = json.dumps([[place.district, place.lat, place.lon] for place in found])
        await GeocoderAnswer.bulk_create(
            [GeocoderAnswer(key=key, found=text, expires_at=expires)],
            on_conflict=["key"],
            update_fields=["found", "expires_at"],
            using_db=self._connection,
        )
        await self.forget_expired()

    async def forget_expired(self) -> None:
        """Deletes what has expired, and what would expire first where there are too many rows."""
        now = await self._moment()
        rows = GeocoderAnswer.all().using_db(self._connection)
        await rows.filter(expires_at__lte=now).delete()
        over = await rows.order_by("-expires_at").offset(MOST_ROWS).first()
        if over:
            await rows.filter(expires_at__lte=over.expires_at).delete()

    async def forget_all(self) -> None:
        """Deletes every kept answer: the geocoder is off."""
        await GeocoderAnswer.all().using_db(self._connection).delete()
