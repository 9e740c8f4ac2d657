"""Pictures of the main pages, on a phone and on a desk, to be looked at: `make screenshots`.

They go to var/screenshots/<page>-<width>.png, and the first screen of the results on a
phone to templates/pictures/results-phone.png, which the README shows.
"""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from playwright.sync_api import Page, ViewportSize, sync_playwright

from directory.places import Places
from tests.browser.conftest import CHROMIUM_ARGUMENTS, DESK, PHONE, ROOT, chromium_path
from tests.browser.people import SLEAFORD, answered
from tests.browser.serving import serving
from tests.browser.sights import SIGHTS

OUT = ROOT / "var" / "screenshots"
PICTURE = ROOT / "templates" / "pictures" / "results-phone.png"
PICTURE_HEIGHT = 1080  # pixels: tall enough to show the first rights
LARGEST_PICTURE = 150_000  # bytes
SHOWN: Mapping[str, str] = {
    "start": "start",
    "start-with-faults": "start with faults",
    "results": "results",
    "results-ask-district": "results that ask for the district",
    "entry": "right with local terms",
    "search": "search results",
    "search-crisis": "search in a crisis",
    "topics": "topics",
    "topic": "topic",
    "home-in-a-district": "a home in one district",
    "ways": "ways to work and study",
    "council-tax": "council tax",
    "council-tax-map": "map of a county",
    "council-tax-england": "map of England",
    "council-tax-district": "district",
    "help-nearby": "help near a postcode",
    "help-now": "help now",
}


def main() -> None:
    """Take every picture. Raises SystemExit with one plain line where Chromium is missing."""
    if chromium_path() is None:
        raise SystemExit("Chromium is not installed: apt-get install chromium")
    packed = ROOT / "var" / "test-places" / "places.bin"
    packed.parent.mkdir(parents=True, exist_ok=True)
    Places.open_or_build(packed)
    OUT.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as data,
        serving(Path(data), packed) as server,
        sync_playwright() as play,
    ):
        browser = play.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
        tall: ViewportSize = {"width": PHONE[0], "height": PICTURE_HEIGHT}
        phone = browser.new_context(base_url=server.address, viewport=tall, device_scale_factor=1.25)
        _picture(phone.new_page())
        phone.close()
        for width, height in (PHONE, DESK):
            context = browser.new_context(
                base_url=server.address, viewport={"width": width, "height": height}, locale="en-GB"
            )
            page = context.new_page()
            for name, sight in SHOWN.items():
                SIGHTS[sight](page)
                _take(page, f"{name}-{width}")
            context.close()
        browser.close()


def _take(page: Page, name: str) -> None:
    """The first screen and the whole page."""
    page.evaluate("document.activeElement?.blur(); scrollTo(0, 0)")
    page.screenshot(path=OUT / f"{name}.png")
    page.screenshot(path=OUT / f"{name}-whole.png", full_page=True)
    print(OUT / f"{name}.png", flush=True)


def _picture(page: Page) -> None:
    """The README's picture: what a 19-year-old from Sleaford sees first."""
    answered(page, SLEAFORD)
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=PICTURE)
    size = PICTURE.stat().st_size
    if size > LARGEST_PICTURE:
        raise SystemExit(f"{PICTURE.name} has {size} bytes, more than {LARGEST_PICTURE}.")
    print(PICTURE, flush=True)


if __name__ == "__main__":
    main()
