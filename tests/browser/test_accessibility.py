"""What a machine can tell about access: axe-core's rules, and the barriers that axe-core does not see."""

from itertools import pairwise
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, NewContext
from tests.browser.sights import SIGHTS

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js")
_AXE_RUN = """async () => {
  const found = await axe.run(document, {resultTypes: ['violations']})
  return found.violations.map(
    rule => rule.id + ': ' + rule.nodes.map(node => node.html.slice(0, 120)).join(' | '))
}"""
_HEADINGS = """() => [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')]
  .map(heading => Number(heading.tagName[1]))"""
# A target may be smaller than 24 px where it stands inside a sentence, or where the same target stands
# elsewhere on the page, as each district of a map does in its table (WCAG 2.2, 2.5.8; tested below).
_SMALL_TARGETS = """() => [...document.querySelectorAll('a, button, summary, select, input')]
  .filter(target => target.checkVisibility() && !target.matches('.govuk-skip-link, svg a'))
  .filter(target => {
    const box = target.getBoundingClientRect()
    if (box.width >= 24 && box.height >= 24) return false
    const around = [...target.parentElement.childNodes]
      .filter(node => node.nodeType === 3 && /[a-z]{2}/i.test(node.textContent))
    return around.length === 0
  })
  .map(target => target.outerHTML.slice(0, 140))"""
_EQUAL_NAMES = """() => {
  const targets = {}
  for (const link of document.querySelectorAll('a[href]')) {
    const said = link.getAttribute('aria-label') || link.textContent
    const name = said.trim().replace(/\\s+/g, ' ').toLowerCase()
    ;(targets[name] = targets[name] || new Set()).add(link.href.baseVal ?? link.href)
  }
  return Object.entries(targets).filter(([, hrefs]) => hrefs.size > 1).map(([name]) => name)
}"""
_NAMES_THAT_SAY_NOTHING = {"here", "click here", "ok", "more", "read more", "link", "this", ""}
# A data block (JSON-LD) is never run.
_UNNAMED_OR_HANDMADE = """() => [
  ...[...document.querySelectorAll('[style], [onclick], style')],
  ...[...document.querySelectorAll('script:not([src], [type="application/ld+json"])')],
  ...[...document.querySelectorAll('[role=button], [tabindex]')]
    .filter(node => node.tabIndex > 0 || (node.matches('[role=button]') && !node.matches('button, a'))),
].map(node => node.outerHTML.slice(0, 120))"""
# Where the focused box is, and whether something else is drawn over its middle (WCAG 2.2, 2.4.11).
_FOCUS_COVERED = """() => {
  const now = document.activeElement
  if (!now || now === document.body || now.matches('.govuk-radios__input')) return ''
  const box = now.getClientRects()[0]
  if (!box || !box.width) return ''
  const x = box.left + Math.min(box.width / 2, 40), y = box.top + box.height / 2
  const what = now.outerHTML.slice(0, 120)
  if (x < 0 || y < 0 || x > innerWidth || y > innerHeight) return 'off the screen: ' + what
  const top = document.elementFromPoint(x, y)
  const fine = !top || now.contains(top) || top.contains(now)
  return fine ? '' : `${what} under ${top.outerHTML.slice(0, 80)}`
}"""


@pytest.mark.parametrize("sight", SIGHTS)
def test_no_barrier_on_a_phone_on_a_desk_or_much_enlarged(page: Page, sight: str) -> None:
    """One visit of each page: our own checks, then axe-core at both widths, then 320 pixels."""
    SIGHTS[sight](page)
    assert page.locator("h1").count() == 1
    levels: list[int] = page.evaluate(_HEADINGS)
    assert [(before, after) for before, after in pairwise(levels) if after > before + 1] == []
    assert page.evaluate(_SMALL_TARGETS) == []
    assert page.evaluate(_EQUAL_NAMES) == []
    assert not _NAMES_THAT_SAY_NOTHING & {
        name.strip().lower() for name in page.locator("a").all_text_contents()
    }
    assert page.evaluate(_UNNAMED_OR_HANDMADE) == []
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
    page.evaluate(AXE.read_text("utf-8"))
    for width, height in (PHONE, DESK):
        page.set_viewport_size({"width": width, "height": height})
        assert page.evaluate(_AXE_RUN) == [], f"{width} pixels wide"
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


BARRIERS = """<h6>Too deep</h6><button></button><p><a href="/elsewhere">x</a></p>
<p><a href="/elsewhere">Start</a></p><div role="button" tabindex="1">press</div>"""


def test_the_checks_see_barriers_that_are_there(page: Page) -> None:
    page.goto("/about")
    page.evaluate("html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", BARRIERS)
    page.evaluate(AXE.read_text("utf-8"))
    assert any(found.startswith("button-name") for found in page.evaluate(_AXE_RUN))
    levels: list[int] = page.evaluate(_HEADINGS)
    assert (2, 6) in pairwise(levels)
    assert any("elsewhere" in target for target in page.evaluate(_SMALL_TARGETS))
    assert page.evaluate(_EQUAL_NAMES) == ["start"]
    assert len(page.evaluate(_UNNAMED_OR_HANDMADE)) == 1


FOCUSED_SIGHTS = (
    "start",
    "results",
    "search in a crisis",
    "council tax with a fault",
    "help near a postcode",
)


@pytest.mark.parametrize("sight", FOCUSED_SIGHTS)
def test_the_focused_control_is_never_covered(page: Page, sight: str) -> None:
    SIGHTS[sight](page)
    covered = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        covered.add(page.evaluate(_FOCUS_COVERED))
    assert covered <= {""}


# Without what only a script can do: a phone that tells where it is, a list kept on it.
TEXT = """() => {
  document.querySelectorAll('[data-locate], .app-keep').forEach(part => { part.hidden = true })
  return document.querySelector('main').innerText.replace(/\\s+/g, ' ').trim()
}"""
READ_SIGHTS = (
    "map of a county",
    "start",
    "results",
    "right with local terms",
    "search in a crisis",
    "district",
    "help now",
)


@pytest.mark.parametrize("sight", READ_SIGHTS)
def test_forced_colours_and_no_script_show_the_same_text(new_context: NewContext, sight: str) -> None:
    shown = []
    for options in ({}, {"forced_colors": "active"}, {"java_script_enabled": False}):
        page = new_context(**options).new_page()
        SIGHTS[sight](page)
        shown.append(page.evaluate(TEXT))
    assert shown[0] == shown[1] == shown[2]


@pytest.mark.parametrize(
    "sight", ["results", "right with local terms", "district", "map of a county", "help near a postcode"]
)
def test_print_keeps_all_that_was_found(page: Page, sight: str) -> None:
    """On paper nothing is folded away and no form is in the way."""
    SIGHTS[sight](page)
    wanted = page.locator("main :is(h1, h2, h3, h4):not(form *)").evaluate_all(
        """headings => headings.filter(heading => !heading.closest('.app-no-print, .app-ask'))
                               .map(heading => heading.textContent.trim())"""
    )
    page.emulate_media(media="print")
    printed = page.evaluate(TEXT)
    assert [words for words in wanted if "".join(words.split()) not in "".join(printed.split())] == []
    assert page.locator("nav:visible, form:visible, .app-header:visible").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


MAPS = ("map of a county", "map of a council and next door", "map of England")
_ADDRESSES = (
    """where => [...new Set([...document.querySelectorAll(where)].map(link => link.getAttribute('href')))]"""
)


@pytest.mark.parametrize("sight", MAPS)
def test_each_district_of_a_map_is_a_link_that_stands_beside_it_too(page: Page, sight: str) -> None:
    SIGHTS[sight](page)
    drawn, beside = page.evaluate(_ADDRESSES, "figure svg a"), page.evaluate(_ADDRESSES, "main :not(svg) > a")
    assert len(drawn) > 5
    assert set(drawn) <= set(beside)


@pytest.mark.parametrize("sight", MAPS[:2])
def test_a_district_of_a_map_is_reached_by_keyboard_and_seen_to_be(page: Page, sight: str) -> None:
    SIGHTS[sight](page)
    look = "link => getComputedStyle(link.querySelector('path')).fill"
    first = page.locator("figure svg a").first
    before = first.evaluate(look)
    first.focus()
    assert page.evaluate("document.activeElement.matches('figure svg a')")
    assert first.evaluate(look) != before
    leads_to = first.get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{leads_to}")
