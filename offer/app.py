"""The composition root: settings in, a web application out. Nothing happens at import."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Mount
from tortoise.backends.base.client import BaseDBAsyncClient

from directory.geocoder import GeocoderConfig
from directory.places import Places
from offer import api, api_reference, open_data, pages
from offer.api.open_access import OpenAccess
from offer.assets import Assets
from offer.beside import beside
from offer.catalogue.watch import Watch
from offer.clock import now
from offer.compressed import Compression
from offer.db.connections import orm
from offer.errors import Problem
from offer.fair_use.door import fairly
from offer.fair_use.forgetting import forgotten
from offer.fault_replies import on_http, on_problem
from offer.feedback.following import followed
from offer.geocoding.opening import geocoder_config, online_places
from offer.languages.middleware import InLanguage
from offer.live import Live
from offer.looking.writing import written_down
from offer.mail.post import server_of
from offer.middleware import AccessLog, CatalogueVersion, Guard, NeverKept, Surprises, Unshared
from offer.new_councils import new_councils_followed
from offer.pages import staff
from offer.pages.rendering import manifest, policy
from offer.seen.figures import Figures
from offer.seen.lag import lag_noted
from offer.seen.standing import looked_at
from offer.settings import Settings
from offer.site import site
from offer.sources_cited import sources_of
from offer.staff.council.opening import provider_of
from offer.staff.hours import published_on_their_hour
from offer.staff.sealing import seals_of
from offer.staff.upkeep import kept_up
from offer.taking_up import taking_up
from offer.visits import store
from offer.visits.live import Live as Visits


def create_app(settings: Settings) -> Starlette:
    """The whole service: pages, API, health, and the watch over the published catalogue.

    Raises PlainError where settings of the geocoder, the look, mail, keys or the council's sign-in make no
    sense.
    """
    live = Live(provider=provider_of(settings), seals=seals_of(settings))
    geocoder, ours = geocoder_config(settings), site(settings)
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
            watch = Watch(connection, taking_up(live, connection, places))
            live.health, live.watch = watch.health, watch
            with suppress(Exception):  # the watch says what is wrong, and goes on trying
                await watch.look()
            try:
                async with (
                    beside(watch.run()),
                    written_down(live.looking),
                    forgotten(live.fair_use),
                    online_places(geocoder, places, connection) as live.online,
                    _visits_followed(live.visits, connection),
                    published_on_their_hour(connection, watch.look),
                    new_councils_followed(lambda: live.edition, watch.again),
                    followed(connection, live.take_said),
                    kept_up(
                        settings, places, connection, lambda: sources_of(live.published), live.tally.mail
                    ),
                    lag_noted(live.tally.lag),
                    looked_at(live.standing, connection, settings.places_file, live.troubles),
                ):
                    yield
            finally:
                await live.warmed()

    return lifespan


def _visits_followed(visits: Visits, connection: BaseDBAsyncClient) -> AbstractAsyncContextManager[None]:
    """Hears of what other processes change in a visit, and erases visits whose time is over."""

    async def versions(watched: list[str]) -> dict[str, int]:
        return await store.versions(connection, watched, now())

    async def sweep() -> None:
        await store.sweep(connection, now())

    return visits.following(versions, sweep)
