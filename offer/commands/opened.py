"""What every command opens: the data folder, the postcode file, the edition that is published."""

from collections.abc import Callable
from pathlib import Path

from directory.places import Places, PlacesError
from offer.catalogue.reading import read_published
from offer.clock import today
from offer.db.connections import orm
from offer.errors import PlainError
from offer.published import Published, build_published
from offer.settings import Settings

Say = Callable[[str], object]
Progress = Callable[[int, int], object]
Steps = Callable[[int, int, str], None]


def make_folder(folder: Path) -> None:
    """Make the data folder, and see that it can be written. Raises PlainError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".writable"
        probe.touch()
        probe.unlink()
    except OSError as fault:
        raise PlainError(
            f"The data folder {folder} cannot be used: {fault.strerror}.",
            "Set DATA_DIR to a folder you may write.",
        ) from fault


def open_places(settings: Settings) -> Places:
    """The postcode file. Raises PlainError with the command that builds it."""
    try:
        return Places.open(settings.places_file)
    except PlacesError as fault:
        raise PlainError(fault.what, "Run: local-offer build-places") from fault


async def read_edition(settings: Settings) -> Published:
    """The published catalogue, as the service would serve it."""
    places = open_places(settings)
    async with orm(settings.database) as connection:
        documents = await read_published(connection)
    return build_published(
        documents.entitlements,
        documents.records,
        places,
        documents.version,
        documents.published_at,
        today=today(),
    )
