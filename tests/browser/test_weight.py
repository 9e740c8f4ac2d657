"""What a page costs somebody who pays for data, in compressed bytes; each later page: test_sights.py."""

from playwright.sync_api import Page

from tests.browser.people import SLEAFORD, fill, send
from tests.browser.sights import SIGHTS
from tests.browser.weighing import (
    CSS,
    FIRST_REQUESTS,
    FIRST_VISIT,
    HTML_OF_START,
    LATER,
    MAP_OF_ENGLAND,
    RESULTS,
    SCRIPT_OF_START,
    WITH_A_MAP,
    documents,
    loading,
    replies_to,
    weigh,
)  # fmt: skip


def test_the_first_visit(page: Page) -> None:
    requests = loading(page)
    page.goto("/", wait_until="networkidle")
    load = weigh(replies_to(requests))
    assert 0 < load.of("document") <= HTML_OF_START
    assert 0 < load.of("stylesheet") <= CSS
    assert load.of("script") <= SCRIPT_OF_START
    assert load.of() <= FIRST_VISIT
    assert len(load.kinds) <= FIRST_REQUESTS
    assert load.of("image", "font", "media") == 0
    later = [
        page.request.get(page.locator(f"link[rel={kind}]").get_attribute("href") or "") for kind in LATER
    ]
    assert all(reply.ok for reply in later)
    assert load.of() + sum(len(reply.body()) for reply in later) <= FIRST_VISIT
    assert len(load.kinds) + len(later) <= FIRST_REQUESTS


def test_the_results_and_their_second_visit(page: Page) -> None:
    page.goto("/")
    fill(page, SLEAFORD)
    requests = loading(page)
    send(page)
    load = weigh(replies_to(requests))
    assert 0 < load.of("document") <= RESULTS
    assert load.of("stylesheet", "font", "image") == 0


def test_the_map_of_england_fetches_nothing_but_itself(page: Page) -> None:
    page.goto("/council-tax", wait_until="networkidle")  # the tab's picture comes late
    requests = loading(page)
    SIGHTS["map of England"](page)
    load = weigh(replies_to(requests))
    assert 0 < load.of("document") <= MAP_OF_ENGLAND
    assert load.of() == load.of("document")


def test_a_list_of_help_with_its_map(page: Page) -> None:
    requests = loading(page)
    SIGHTS["help near a postcode"](page)
    assert 0 < weigh(documents(requests)[-1:]).of() <= WITH_A_MAP
