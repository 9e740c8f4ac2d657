"""What is missing on this machine, and the command that mends it."""

import asyncio
import shutil
import sys

from directory.places import Places, PlacesError
from directory.places.edition import moved_on
from offer.catalogue.reading import version
from offer.clock import today
from offer.db.connections import orm
from offer.errors import PlainError
from offer.geocoding.opening import geocoder_config
from offer.pages.rendering import manifest
from offer.settings import Settings
from offer.staff.audit import standing


async def examine(settings: Settings) -> tuple[list[str], bool]:
    """A line for each part, and whether all is well."""
    found = [
        _python(),
        _assets(),
        _places(settings),
        await _database(settings),
        await _audit(settings),
        _node(),
        await _geocoder(settings),
    ]
    return [line for line, _ in found], all(well for _, well in found)


def _python() -> tuple[str, bool]:
    return f"ok       Python {sys.version.split()[0]}", True


def _assets() -> tuple[str, bool]:
    try:
        return f"ok       styles built ({len(manifest())} files)", True
    except PlainError as fault:
        return f"missing  {fault}", False


def _places(settings: Settings) -> tuple[str, bool]:
    try:
        places = Places.open(settings.places_file)
    except PlacesError as fault:
        return f"missing  {fault}", False
    if why := moved_on(places.store.header):
        return f"old      {why} Run: local-offer build-places", False
    return f"ok       postcodes of {places.edition}, {len(places.districts(today()))} districts", True


async def _database(settings: Settings) -> tuple[str, bool]:
    try:
        async with orm(settings.database) as connection:
            number = await version(connection)
    except PlainError as fault:
        return f"missing  {fault}", False
    if number == 0:
        return "missing  nothing is published. Run: local-offer load, then: local-offer publish", False
    return f"ok       catalogue version {number}", True


async def _audit(settings: Settings) -> tuple[str, bool]:
    """Whether every row of the audit log is as it was written, and still guarded."""
    try:
        async with orm(settings.database) as connection:
            stands = await standing(connection)
    except PlainError as fault:
        return f"missing  {fault}", False
    if stands.broken is not None:
        words = "is not as it was written: somebody changed the database past this service"
        return f"broken   row {stands.broken} of the audit log {words}. Keep a copy of it.", False
    if not stands.guarded:
        return "missing  the triggers that guard the audit log. Run: local-offer staff guard", False
    return f"ok       audit log of {stands.rows} rows, its last seal {stands.last[:12]}", True


def _node() -> tuple[str, bool]:
    """Node is needed only to build styles; behind a network that inspects TLS it needs one more setting."""
    if shutil.which("npm"):
        return "ok       npm", True
    return (
        "ok       no npm: it is fetched as a Python package (behind a TLS proxy set NODE_EXTRA_CA_CERTS)",
        True,
    )


async def _geocoder(settings: Settings) -> tuple[str, bool]:
    """Whether it is on, and whether its server lets itself be reached; no place is asked about."""
    try:
        config = geocoder_config(settings)
    except PlainError as fault:
        return f"missing  {fault}", False
    if config is None:
        return "ok       places are read offline (GEOCODER is off)", True
    port = config.port
    try:
        async with asyncio.timeout(settings.geocoder_seconds):
            _, line = await asyncio.open_connection(config.host, port)
        line.close()
    except (OSError, TimeoutError):
        cure = "Places that only it knows are not found until it can be (or is this machine behind a proxy?)."
        return f"away     {config.provider} at {config.host}, port {port}, cannot be reached. {cure}", True
    return f"ok       {config.provider} at {config.host} can be reached, as {config.user_agent}", True
