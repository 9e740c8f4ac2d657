"""What is on this machine: Python, styles, postcodes, room, settings."""

import shutil
import sys

from directory.places import Places, PlacesError
from directory.places.edition import moved_on
from offer.clock import today
from offer.doctor.finding import Finding
from offer.errors import PlainError
from offer.pages.rendering import manifest
from offer.settings import Settings, secrets_in_environment

ROOM = 500 * 2**20  # bytes: a migration copies the database first, and the postcode file is built beside


def of_machine(settings: Settings) -> list[Finding]:
    """Everything that needs neither the database nor another machine."""
    own = [_python(), _styles(), _node(), _folder(settings)]
    return [*own, _places(settings), _settings(settings), _secrets()]


def _python() -> Finding:
    return Finding("python", "ok", f"Python {sys.version.split()[0]}")


def _styles() -> Finding:
    try:
        return Finding("styles", "ok", f"styles built ({len(manifest())} files)")
    except PlainError as fault:
        return Finding("styles", "missing", fault.message, fault.cure)


def _node() -> Finding:
    """Node is needed only to build styles; behind a network that inspects TLS it needs one more setting."""
    if shutil.which("npm"):
        return Finding("npm", "ok", "npm")
    cure = "(behind a TLS proxy set NODE_EXTRA_CA_CERTS)"
    return Finding("npm", "ok", "no npm: it is fetched as a Python package", cure)


def _folder(settings: Settings) -> Finding:
    """Whether DATA_DIR can be written, and how much room its disk has."""
    folder = settings.data_dir
    probe = folder / ".writable"
    try:
        probe.write_bytes(b"0" * 4096)
        probe.unlink()
        free = shutil.disk_usage(folder).free
    except FileNotFoundError:
        return Finding("folder", "missing", f"There is no folder {folder}.", "Run: local-offer ready")
    except OSError as fault:
        says = f"DATA_DIR {folder} cannot be written: {fault.strerror}."
        return Finding("folder", "broken", says, "Make room, or give the folder to the service's user.")
    if free < ROOM:
        says = f"The disk of {folder} has {free // 2**20} MB left."
        return Finding(
            "folder", "broken", says, "Make room: move old copies (*.before-*, offer-before-*) away."
        )
    return Finding("folder", "ok", f"{folder} can be written, {free // 2**20:,} MB free")


def _places(settings: Settings) -> Finding:
    cure = "Run: local-offer build-places"
    try:
        places = Places.open(settings.places_file)
    except PlacesError as fault:
        return Finding("places", "missing", fault.what, cure)
    if why := moved_on(places.store.header):
        return Finding("places", "old", why, cure)
    count = len(places.districts(today()))
    return Finding("places", "ok", f"postcodes of {places.edition}, {count} districts")


def _settings(settings: Settings) -> Finding:
    """What may be forgotten where the public can reach the service."""
    public = settings.public_url or ""
    if public.startswith("https://") and not settings.https:
        says = "PUBLIC_URL begins with https, and HTTPS is not set: staff cannot sign in from other machines."
        return Finding("settings", "missing", says, "Set HTTPS=true.")
    if settings.https and not public:
        says = "HTTPS is set without PUBLIC_URL: letters and printed codes name no address."
        return Finding("settings", "missing", says, "Set PUBLIC_URL=https://your.address")
    return Finding("settings", "ok", f"the service is to be found at {settings.address}")


def _secrets() -> Finding:
    """Whether passwords and keys are told in files that the service alone can read."""
    if told := secrets_in_environment():
        says = f"{', '.join(told)} stands in the environment, which whoever sees the process can read."
        return Finding("secrets", "due", says, "Put it into a file: see offer/pages/docs/running.md")
    return Finding("secrets", "ok", "no secret stands in the environment")
