"""The composition root: settings in, a web application out. Nothing happens at import."""

import asyncio
import gc
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount
from tortoise.backends.base.client import BaseDBAsyncClient

from directory.geocoder import GeocoderConfig
from directory.places import Places
from offer import api, api_reference, open_data, pages
from offer.answer_parts import Answer
from offer.api.open_access import OpenAccess
from offer.assets import Assets
from offer.catalogue.earlier import Earlier
from offer.catalogue.history import History, read_history
from offer.catalogue.reading import PublishedDocuments
from offer.catalogue.watch import Health, Watch
from offer.clock import now, today
from offer.compressed import Compression
from offer.db.connections import orm
from offer.errors import Problem
from offer.fair_use.door import FairUse, fairly
from offer.fair_use.forgetting import forgotten
from offer.fault_replies import on_http, on_problem
from offer.feedback.following import followed
from offer.geocoding.lookup import OnlinePlaces
from offer.geocoding.opening import geocoder_config, online_places
from offer.languages.middleware import InLanguage
from offer.looking.counter import Looking
from offer.looking.writing import written_down
from offer.mail.post import server_of
from offer.middleware import AccessLog, CatalogueVersion, Guard, NeverKept, Surprises, Unshared
from offer.pages import staff
from offer.pages.rendering import manifest, policy
from offer.public_scopes import Scopes, read_public_scopes
from offer.published import Published, build_published
from offer.seen.figures import Figures
from offer.seen.lag import lag_noted
from offer.seen.standing import Standing, looked_at
from offer.seen.tally import Tally
from offer.seen.troubles import troubles
from offer.settings import Settings
from offer.site import site
from offer.sources_cited import sources_of
from offer.staff.council.opening import Provider, provider_of
from offer.staff.hours import published_on_their_hour
from offer.staff.impact_kept import Impacts
from offer.staff.passwords import Passwords
from offer.staff.tries import StaffTries
from offer.staff.upkeep import kept_up
from offer.staff.you_said import Said
from offer.visits import store
from offer.visits.live import Live as Visits
from offer.visits.once import Once
from offer.visits.tries import Tries
from offer.what_changed.reading import read_changes
from offer.what_changed.told import Changes


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
    looking: Looking = field(default_factory=Looking)  # what people look for
    online: OnlinePlaces | None = None  # the geocoder, where it is on
    visits: Visits = field(default_factory=Visits)  # open pages of shared visits
    visit_answers: Once[Answer] = field(default_factory=Once)  # of the last moment, for both its pages
    tries: Tries = field(default_factory=Tries)  # wrong codes of visits
    earlier: Earlier = field(default_factory=Earlier)  # a few older editions, for who asks what we said
    passwords: Passwords = field(default_factory=Passwords)  # the work on those of staff
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

    def troubles(self) -> tuple[str, ...]:
        """The codes of all that is wrong now."""
        return tuple(each.code for each in troubles(self.version, self.health, self.standing, now()))

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


def create_app(settings: Settings) -> Starlette:
    """The whole service: pages, API, health, and the watch over the published catalogue.

    Raises PlainError where settings of the geocoder, the look, mail or the council's sign-in make no sense.
    """
    live, geocoder, ours = Live(provider=provider_of(settings)), geocoder_config(settings), site(settings)
    server_of(settings)  # so that odd settings are told at once
    app = Starlette(
        routes=_routes(),
        middleware=_middleware(settings, live),
        exception_handlers={Problem: on_problem, HTTPException: on_http},
        lifespan=_lifespan(live, settings, geocoder),
    )
    live.tally.registry.register(Figures(live, settings.data_dir))
    app.state.live = live
    app.state.settings = settings
    app.state.site = ours
    app.state.geocoder_host = geocoder.host if geocoder else ""
    return app


def _routes() -> list[BaseRoute]:
    every: list[BaseRoute] = [
        *api.routes(),  # tried one after another: first what programs ask for by the thousand
        *pages.routes(),
        *open_data.routes(),
        api_reference.ROUTE,
        Mount("/assets", Assets()),
        *staff.routes(),
    ]
    return [fairly(route) for route in every]


def _middleware(settings: Settings, live: Live) -> list[Middleware]:
    return [
        Middleware(AccessLog, count=live.tally.add),
        Middleware(OpenAccess),
        Middleware(NeverKept, below="/staff"),
        Middleware(Unshared),
        Middleware(Guard, policy=policy, https=settings.https),
        Middleware(CatalogueVersion, version=lambda: live.version),
        Middleware(Compression, minimum_size=600),
        Middleware(InLanguage),
        Middleware(Surprises),
    ]


def _lifespan(
    live: Live, settings: Settings, geocoder: GeocoderConfig | None
) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    """Opens the places file and the database, reads the catalogue once, then follows it."""

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        manifest()
        places = Places.open(settings.places_file)
        async with orm(settings.database, everywhere=True, reach=False) as connection:
            live.connection = connection

            async def take(documents: PublishedDocuments) -> None:
                before = live.edition if live.edition and documents.since == live.edition.version else None
                history = await read_history(
                    connection,
                    documents.version,
                    known=before.history if before else None,
                    after=before.version if before else 0,
                )
                shown = (*documents.entitlements, *documents.records)
                known = before.changes if before else None
                changes = await read_changes(connection, documents.version, known, shown)
                scopes = await read_public_scopes(connection)
                build = partial(_build, documents, places, live.edition, history, changes, scopes)
                live.edition = await asyncio.to_thread(build)
                await asyncio.to_thread(_settle)
                if live.edition.finder.is_large:
                    live.warming = asyncio.create_task(asyncio.to_thread(live.edition.finder.warm))

            def take_said(said: tuple[Said, ...]) -> None:
                live.you_said = said

            watch = Watch(connection, take)
            live.health, live.watch = watch.health, watch
            with suppress(Exception):  # the watch says what is wrong, and goes on trying
                await watch.look()
            following = asyncio.create_task(watch.run())
            try:
                async with (
                    written_down(live.looking),
                    forgotten(live.fair_use),
                    online_places(geocoder, places, connection) as live.online,
                    _visits_followed(live.visits, connection),
                    published_on_their_hour(connection, watch.look),
                    followed(connection, take_said),
                    kept_up(
                        settings, places, connection, lambda: sources_of(live.published), live.tally.mail
                    ),
                    lag_noted(live.tally.lag),
                    looked_at(live.standing, connection, settings.places_file, live.troubles),
                ):
                    yield
            finally:
                following.cancel()
                await asyncio.gather(following, *filter(None, (live.warming,)), return_exceptions=True)

    return lifespan


def _visits_followed(visits: Visits, connection: BaseDBAsyncClient) -> AbstractAsyncContextManager[None]:
    """Hears of what other processes change in a visit, and erases visits whose time is over."""

    async def versions(watched: list[str]) -> dict[str, int]:
        return await store.versions(connection, watched, now())

    async def sweep() -> None:
        await store.sweep(connection, now())

    return visits.following(versions, sweep)


def _settle() -> None:
    """Clear the edition before, and spare this one the collector's rounds, which make everybody wait."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()


def _build(
    documents: PublishedDocuments,
    places: Places,
    previous: Published | None,
    history: History,
    changes: Changes,
    scopes: Scopes,
) -> Published:
    edition = build_published(
        documents.entitlements,
        documents.records,
        places,
        version=documents.version,
        published_at=documents.published_at,
        today=today(),
        previous=previous,
        history=history,
        changes=changes,
        scopes=scopes,
    )
    if not edition.finder.is_large:
        edition.finder.warm()  # so that the first search waits for nothing
    edition.open_referral  # noqa: B018 - nor the first harvester
    return edition
