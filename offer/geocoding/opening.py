"""The geocoder from the settings: checked at the start, opened and closed with the service."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version

from tortoise.backends.base.client import BaseDBAsyncClient

from directory.geocoder import GeocoderConfig, Misconfigured, config_of
from directory.geocoder.found import DistrictsAt
from directory.places import Places
from offer.beside import beside
from offer.clock import today
from offer.errors import PlainError
from offer.geocoding.lookup import DATABASE_SECONDS, OnlinePlaces
from offer.geocoding.store import GeocoderStore
from offer.logs import log
from offer.settings import Settings

HOUR = 3600.0


def geocoder_config(settings: Settings) -> GeocoderConfig | None:
    """What the settings say; None = off. Raises PlainError naming the setting that is wrong."""
    if settings.geocoder == "off":
        return None
    try:
        return config_of(
            settings.geocoder,
            settings.geocoder_url,
            settings.geocoder_contact,
            version("local-offer"),
            settings.geocoder_seconds,
        )
    except Misconfigured as fault:
        raise PlainError(str(fault), "Or leave GEOCODER out: places are then read offline.") from None


@asynccontextmanager
async def online_places(
    config: GeocoderConfig | None, places: Places, connection: BaseDBAsyncClient
) -> AsyncIterator[OnlinePlaces | None]:
    """The online look-up while the service runs; None, and no line to anywhere, where it is off."""
    store = GeocoderStore(connection)
    await _tidy(store, keep=config is not None)
    async with beside(_tidy_each_hour(store, keep=config is not None)):
        if config is None:
            yield None
            return
        from directory.geocoder.provider import Geocoder  # with it comes aiohttp

        async with Geocoder(config) as geocoder:
            yield OnlinePlaces(places, geocoder, store, _districts_at(places))


def _districts_at(places: Places) -> DistrictsAt:
    """The districts of a point: two or three near a border, none where no home is near."""
    return lambda lat, lon: [match.district.gss for match in places.at(lat, lon, today()).matches]


async def _tidy_each_hour(store: GeocoderStore, *, keep: bool) -> None:
    """For ever; until it has worked once where the geocoder is off."""
    while keep or not await _tidy(store, keep=False):
        await asyncio.sleep(HOUR)
        if keep:
            await _tidy(store, keep=True)


async def _tidy(store: GeocoderStore, *, keep: bool) -> bool:
    """Deletes what has expired, or everything where the geocoder is off; whether the database was there."""
    try:
        async with asyncio.timeout(DATABASE_SECONDS):
            await (store.forget_expired() if keep else store.forget_all())
    except Exception as fault:  # a database that is away: the next round does it
        log().debug("geocoder rows not tidied", kind=type(fault).__name__)
        return False
    return True
