"""A real server, a real Chromium, and pages that are watched for whatever they do unseen.

Playwright's blocking interface keeps an event loop running in this thread until it is
stopped, so it lives for one module at a time: the asyncio tests of other folders never meet it.
"""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Locator, Page, expect, sync_playwright

from templates.build import Node
from tests.browser.outage import Outage, outage
from tests.browser.serving import Server, serving
from tests.browser.sights import SIGHTS
from tests.browser.validator import PROGRAM, Validator, validating
from tests.browser.watching import Watch

ROOT = Path(__file__).resolve().parent.parent.parent
PHONE, DESK = (360, 800), (1280, 900)
CHROMIUM_ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PATIENCE = 30_000  # milliseconds: a machine of a CI may be slow, and nothing waits without a reason

NewContext = Callable[..., BrowserContext]
expect.set_options(timeout=PATIENCE)


def chromium_path() -> str | None:
    """The Chromium of this machine; nothing is downloaded.

    The headless shell is the same engine without the window around it: twice as quick.
    """
    names = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")
    return next((found for name in names if (found := shutil.which(name))), None)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder drives a browser; those of one sight stand together, to share its tabs."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
    order = list(SIGHTS)
    places = [place for place, item in enumerate(items) if item.path.name == "test_sights.py"]
    of_sights = sorted((items[place] for place in places), key=lambda item: order.index(_sight(item)))
    for place, item in zip(places, of_sights, strict=True):
        items[place] = item


def _sight(item: pytest.Item) -> str:
    """The name of the sight that a test of test_sights.py looks at."""
    assert isinstance(item, pytest.Function)
    return str(item.callspec.params["sight"])


@pytest.fixture(scope="session", autouse=True)
def _clicks_wait_for_the_page() -> Iterator[None]:
    """A click that sends a form returns once the new page has begun: wait until it is all there.

    What looks at the page at once, such as a count of headings, would see half of it.
    """
    plain = Locator.click

    def click(self: Locator, **options: Any) -> None:
        plain(self, **options)
        self.page.locator("[data-sending]").first.wait_for(state="detached")  # asks first if anybody answers
        self.page.wait_for_load_state("load")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Locator, "click", click)
        yield


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory, places_file: Path) -> Iterator[Server]:
    """The service with the starter catalogue, started once."""
    if chromium_path() is None:
        pytest.skip("Chromium is not installed: these tests drive it")
    with serving(tmp_path_factory.mktemp("served"), places_file) as running:
        yield running


@pytest.fixture(scope="session")
def validator(node_here: Node) -> Iterator[Validator]:
    """html-validate, started once."""
    if not PROGRAM.is_file():
        pytest.skip("html-validate is not here: python -m tests.browser.validator fetches it")
    with validating(node_here) as running:
        yield running


@pytest.fixture(scope="module")
def chromium(server: Server) -> Iterator[Browser]:
    """One browser for a module."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_path(), args=CHROMIUM_ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def watch(server: Server) -> Iterator[Watch]:
    """Fails the test whose pages complained on the console or asked another host."""
    watch = Watch(urlsplit(server.address).netloc)
    yield watch
    assert watch.complaints == []


@pytest.fixture
def new_context(chromium: Browser, server: Server, watch: Watch) -> Iterator[NewContext]:
    """Opens contexts (a phone unless told otherwise) that share nothing, closed when the test ends."""
    opened: list[BrowserContext] = []

    def make(size: tuple[int, int] = PHONE, **options: object) -> BrowserContext:
        viewport = {"width": size[0], "height": size[1]}
        settings = {"base_url": server.address, "service_workers": "block", "locale": "en-GB"}
        context = chromium.new_context(viewport=viewport, **settings | options)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        watch.over(context)
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()


@pytest.fixture
def context(new_context: NewContext) -> BrowserContext:
    """A phone's browser with nothing in it."""
    return new_context()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    """A tab on a phone."""
    return context.new_page()


@pytest.fixture
def road(server: Server) -> Iterator[Outage]:
    """The way to the server, which a test may cut."""
    with outage(server.address) as relay:
        yield relay


@pytest.fixture
def phone(chromium: Browser, road: Outage) -> Iterator[NewContext]:
    """A phone whose service workers are not blocked, with its errors gathered."""
    opened: list[BrowserContext] = []
    faults: list[str] = []

    def make(**options: object) -> BrowserContext:
        settings = {"base_url": road.address, "locale": "en-GB", "timezone_id": "Europe/London"}
        viewport = {"width": PHONE[0], "height": PHONE[1]}
        context = chromium.new_context(viewport=viewport, **settings | options)  # type: ignore[arg-type]
        context.set_default_timeout(PATIENCE)
        context.on("weberror", lambda error: faults.append(str(error.error)))
        opened.append(context)
        return context

    yield make
    for context in opened:
        context.close()
    assert faults == []
