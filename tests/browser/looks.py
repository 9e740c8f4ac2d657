"""How a page is looked over: axe-core's rules, and the barriers that axe-core does not see (barriers.js)."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
BARRIERS = Path(__file__).with_name("barriers.js").read_text("utf-8")
# Every style sheet is our own, so none has to be fetched again (preload).
AXE_RUN = """async (rules) => {
  const only = rules ? {runOnly: {type: 'rule', values: rules}} : {}
  const found = await axe.run(document, {resultTypes: ['violations'], preload: false, ...only})
  return found.violations.map(
    rule => rule.id + ': ' + rule.nodes.map(node => node.html.slice(0, 120)).join(' | '))
}"""
OF_COLOUR = ("color-contrast", "link-in-text-block")
PLAIN: dict[str, Any] = {
    "media": "screen",
    "color_scheme": "light",
    "contrast": "no-preference",
    "forced_colors": "none",
}
_TWICE = "document.documentElement.style.fontSize = '200%'"
_ONCE = "document.documentElement.removeAttribute('style')"


def axe(page: Page, rules: Sequence[str] | None = None) -> list[str]:
    """What axe-core finds on the page as it is now, a line for each rule; of some rules where told."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    found: list[str] = page.evaluate(AXE_RUN, rules)
    return found


def resized(page: Page, width: int, height: int) -> None:
    """Give the page another size."""
    page.set_viewport_size({"width": width, "height": height})


def as_found(page: Page) -> None:
    """A phone's screen in daylight, as every page is opened."""
    page.emulate_media(**PLAIN)
    resized(page, *PHONE)


def barriers(page: Page) -> dict[str, list[str]]:
    """What stands in somebody's way, by where it was seen; opens all that is folded. {} where nothing does.

    On a phone in daylight and on a desk in the dark (tests/templates/test_palette.py works out every pair
    of colours besides), at 320 pixels, and with words twice as large.
    """
    page.evaluate(BARRIERS)
    seen: dict[str, list[str]] = page.evaluate("barriers.all()")
    page.evaluate("barriers.open()")
    seen["on a phone"] = [*axe(page), *page.evaluate("barriers.jumble()")]
    resized(page, *DESK)
    page.emulate_media(color_scheme="dark")
    seen["on a desk in the dark"] = [*axe(page), *page.evaluate("barriers.jumble()")]
    page.emulate_media(**PLAIN)
    resized(page, 320, 640)
    seen["at 320 pixels"] = page.evaluate("barriers.sideways()")
    page.evaluate(_TWICE)
    for size in (PHONE, DESK):
        resized(page, *size)
        found = page.evaluate("[...barriers.sideways(), ...barriers.jumble()]")
        seen[f"twice as large at {size[0]} pixels"] = found
    page.evaluate(_ONCE)
    resized(page, *PHONE)
    return {where: found for where, found in seen.items() if found}
