"""Making a machine ready, serving from it, and saying what is wrong with it."""

import json

from directory.places import Places, PlacesError
from offer.catalogue import commands as catalogue
from offer.clock import now
from offer.commands.opened import Progress, Say, Steps, make_folder
from offer.doctor import as_data, examine, findings
from offer.errors import PlainError
from offer.serving import serve as serve_app
from offer.settings import Settings


def serve(settings: Settings) -> None:
    """Serve until stopped."""
    serve_app(settings)


def ready_places(settings: Settings, progress: Steps, say: Say) -> None:
    """Build the postcode file unless a sound one of the installed edition is there; says why it does."""
    make_folder(settings.data_dir)
    try:
        Places.open_or_build(settings.places_file, progress, say)
    except PlacesError as fault:
        raise PlainError(fault.what, fault.cure or "Run: local-offer build-places") from fault


def build_places(settings: Settings, progress: Steps) -> None:
    """Build the postcode file; takes about half a minute."""
    from directory.places.build import build_places as build_file  # numpy: only where it is needed

    make_folder(settings.data_dir)
    try:
        build_file(settings.places_file, progress)
    except PlacesError as fault:
        raise PlainError(fault.what, fault.cure) from fault


async def ready_catalogue(settings: Settings, say: Say, progress: Progress) -> list[str]:
    """Migrate, and fill and publish an empty database."""
    make_folder(settings.data_dir)
    done = await catalogue.set_up(settings.database, at=now(), say=say, progress=progress)
    reports = [report for report in (done.loaded, done.published) if report is not None]
    return [line for report in reports for line in report.lines()]


async def doctor(settings: Settings, *, as_json: bool) -> tuple[list[str], bool]:
    """What is missing here, as lines or as JSON; the second value tells whether all is well."""
    if not as_json:
        return await examine(settings)
    found = as_data(await findings(settings))
    return [json.dumps(found, indent=2, ensure_ascii=False)], bool(found["well"])
