"""What one process holds while it runs: the edition it serves, and all that is kept beside it."""

import asyncio
from dataclasses import dataclass, field

from starlette.requests import HTTPConnection
from tortoise.backends.base.client import BaseDBAsyncClient

from offer.answer_parts import Answer
from offer.catalogue.earlier import Earlier
from offer.catalogue.watch import Health, Watch
from offer.clock import steady
from offer.errors import Problem
from offer.fair_use.door import FairUse
from offer.geocoding.lookup import OnlinePlaces
from offer.looking.counter import Looking
from offer.published import Published
from offer.same_for_all import SameForAll
from offer.seen.standing import Standing
from offer.seen.tally import Tally
from offer.seen.troubles import troubles
from offer.staff.council.opening import Provider
from offer.staff.impact_kept import Impacts
from offer.staff.passwords import Passwords
from offer.staff.sealing import Seals
from offer.staff.tries import StaffTries
from offer.staff.you_said import Said
from offer.visits.live import Live as Visits
from offer.visits.once import Once
from offer.visits.tries import Tries


@dataclass(slots=True)
class Live:
    """The edition this process serves now, and how the database looked last."""

    edition: Published | None = None
    health: Health = field(default_factory=Health)
    standing: Standing = field(default_factory=Standing)  # what slow looks found
    watch: Watch | None = None  # follows the catalogue; a process that publishes looks at once
    connection: BaseDBAsyncClient | None = None  # only for what no public page asks
    tally: Tally = field(default_factory=Tally)
    warming: asyncio.Task[None] | None = None  # the index of a whole country, built while the old one answers
    pages: SameForAll = field(default_factory=SameForAll)
    looking: Looking = field(default_factory=Looking)  # what people look for
    online: OnlinePlaces | None = None  # the geocoder, where it is on
    visits: Visits = field(default_factory=Visits)  # open pages of shared visits
    visit_answers: Once[Answer] = field(default_factory=Once)  # of the last moment, for both its pages
    tries: Tries = field(default_factory=Tries)  # wrong codes of visits
    earlier: Earlier = field(default_factory=Earlier)  # a few older editions, for who asks what we said
    passwords: Passwords = field(default_factory=Passwords)  # the work on those of staff
    seals: Seals = field(default_factory=Seals)  # of the secrets of their code apps
    provider: Provider | None = None  # a council's own sign-in, where it is set up
    you_said: tuple[Said, ...] | None = None  # what people told and what was done; None before it was read
    impacts: Impacts = field(default_factory=Impacts)  # whom the changes of staff touch
    staff_tries: StaffTries = field(default_factory=StaffTries)  # to sign in
    fair_use: FairUse = field(default_factory=FairUse)  # how often costly pages are asked for
    exchange: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(1))  # to read a sheet

    @property
    def database(self) -> BaseDBAsyncClient:
        """For the few things that are in the database only. Raises Problem 503 before it is open."""
        if self.connection is None:
            raise Problem(503, "The service is still starting. Please try again in a minute.")
        return self.connection

    def take_said(self, said: tuple[Said, ...]) -> None:
        """Keep what people told and what was done."""
        self.you_said = said

    async def warmed(self) -> None:
        """Wait for an index that is being built, if one is."""
        if self.warming is not None:
            await asyncio.gather(self.warming, return_exceptions=True)

    def troubles(self) -> tuple[str, ...]:
        """The codes of all that is wrong now."""
        return tuple(each.code for each in troubles(self.version, self.health, self.standing, steady()))

    @property
    def published(self) -> Published:
        """The edition in memory. Raises Problem 503 before the first one is there."""
        if self.edition is None:
            raise Problem(503, "The list of offers is still being read. Please try again in a minute.")
        return self.edition

    @property
    def version(self) -> int | None:
        """The number of the edition; None before the first."""
        return self.edition.version if self.edition else None


def live_of(request: HTTPConnection) -> Live:
    """What the process that answers this request holds."""
    live: Live = request.app.state.live
    return live
