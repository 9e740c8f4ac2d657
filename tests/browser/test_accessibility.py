"""What a machine can tell about access: axe-core's rules, and the barriers that axe-core does not see."""

import re
from itertools import pairwise
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, NewContext
from tests.browser.sights import KINDS, SIGHTS

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text("utf-8")
BARRIERS = Path(__file__).with_name("barriers.js").read_text("utf-8")
AXE_RUN = """async (rules) => {
  const only = rules ? {runOnly: {type: 'rule', values: rules}} : {}
  const found = await axe.run(document, {resultTypes: ['violations'], ...only})
  return found.violations.map(
    rule => rule.id + ': ' + rule.nodes.map(node => node.html.slice(0, 120)).join(' | '))
}"""
_ENLARGED = "document.documentElement.style.fontSize = '200%'"
SCHEMES: dict[str, dict[str, Any]] = {
    "in the dark": {"color_scheme": "dark"},
    "with more contrast": {"contrast": "more"},
}


def resized(page: Page, width: int, height: int) -> None:
    """Give the page another size."""
    page.set_viewport_size({"width": width, "height": height})


@pytest.mark.parametrize("sight", SIGHTS)
def test_no_barrier_on_a_phone_on_a_desk_or_much_enlarged(page: Page, sight: str) -> None:
    """One visit of each page: our checks, axe-core at both widths, 320 pixels, and words twice as large."""
    SIGHTS[sight](page)
    page.evaluate(BARRIERS)
    assert page.evaluate("barriers.all()") == {}
    page.evaluate("barriers.open()")
    page.evaluate(AXE)
    for size in (PHONE, DESK):
        resized(page, *size)
        assert page.evaluate(AXE_RUN) == [], size
        assert page.evaluate("barriers.jumble()") == [], size
    resized(page, 320, 640)
    assert page.evaluate("barriers.sideways()") == []
    page.evaluate(_ENLARGED)
    for size in (PHONE, DESK):
        resized(page, *size)
        assert page.evaluate("[...barriers.sideways(), ...barriers.jumble()]") == [], size


@pytest.mark.parametrize("sight", KINDS)
def test_every_colour_can_be_read_in_the_dark_and_with_more_contrast(page: Page, sight: str) -> None:
    page.emulate_media(color_scheme="dark")
    SIGHTS[sight](page)
    page.evaluate(AXE)
    for name, scheme in SCHEMES.items():  # tests/templates/test_palette.py works out every pair besides
        page.emulate_media(**({"color_scheme": "light", "contrast": "no-preference"} | scheme))
        assert page.evaluate(AXE_RUN, ["color-contrast", "link-in-text-block"]) == [], name


HINDRANCES = """<h6>Too deep</h6><button></button><p><a href="/elsewhere">x</a></p><input id="nameless">
<p><a href="/elsewhere">Start</a></p><div role="button" tabindex="1">press</div><p>العربية 27</p>
<img src="/x" alt="photo.png"><svg viewBox="0 0 9 9"></svg>"""


def test_the_checks_see_barriers_that_are_there(page: Page) -> None:
    page.goto("/about")
    page.evaluate("html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", HINDRANCES)
    page.evaluate("document.querySelector('header').remove()")
    page.evaluate(BARRIERS)
    page.evaluate(AXE)
    found = page.evaluate("barriers.all()")
    assert any(rule.startswith("button-name") for rule in page.evaluate(AXE_RUN))
    assert set(found) == {
        "headings", "smallTargets", "equalNames", "emptyWords", "handmade", "unmarkedLanguages", "pictures",
        "helpMoved", "fields",
    }  # fmt: skip
    assert found["equalNames"] == ["start"]
    assert {each.split(":")[0] for each in found["unmarkedLanguages"]} == {"no lang", "no dir"}


def test_the_checks_see_words_cut_off_and_words_on_each_other(page: Page) -> None:
    page.goto("/about")
    page.evaluate(BARRIERS)
    page.evaluate("""() => {
      const main = document.querySelector('main')
      main.insertAdjacentHTML(
        'beforeend', '<p id="cut">Too long for its box</p><p id="low">One</p><p id="up">Two</p>')
      const cut = document.querySelector('#cut')
      Object.assign(cut.style, {width: '40px', overflow: 'hidden', whiteSpace: 'nowrap'})
      document.querySelector('#up').style.marginTop = '-40px'
    }""")
    found = "\n".join(page.evaluate("barriers.jumble()"))
    assert "cut: Too long" in found
    assert "“One” on “Two”" in found or "“Two” on “One”" in found
    page.evaluate("document.querySelector('#up').style.width = '3000px'")
    assert page.evaluate("barriers.sideways()") != []


@pytest.mark.parametrize("sight", KINDS)
def test_the_keyboard_reaches_every_control_in_order_and_one_sees_where_it_is(page: Page, sight: str) -> None:
    SIGHTS[sight](page)
    page.evaluate(BARRIERS)
    page.evaluate("document.activeElement.blur(); document.body.focus(); getSelection().removeAllRanges()")
    wanted = min(page.evaluate("barriers.reachable()"), 45)
    places: list[int] = []
    faults: list[str] = []
    for _ in range(wanted):
        page.keyboard.press("Tab")
        now = page.evaluate("barriers.focused()")
        places.append(now["at"])
        faults += now["faults"]
    assert faults == []
    turns = sum(later < earlier for earlier, later in pairwise(places))
    assert turns <= 1  # a page that set the focus itself comes round once
    assert len(set(places)) == wanted


# Without what only a script can do, such as a phone that tells where it is: hidden until one shows it,
# or made by one.
_NOTE_HIDDEN = """
let parsed = false
const note = changes => {
  for (const {addedNodes} of changes) for (const node of addedNodes) if (node.nodeType === 1) {
    for (const part of [node, ...node.querySelectorAll('[hidden]')]) part.wasHidden ||= parsed || part.hidden
  }
}
const watching = new MutationObserver(note)
watching.observe(document, {childList: true, subtree: true})
document.addEventListener('readystatechange', () => { note(watching.takeRecords()); parsed = true })"""
TEXT = """() => {
  document.querySelectorAll('.app-copy__line, .app-code').forEach(part => part.remove())
  document.querySelectorAll('*').forEach(part => { if (part.wasHidden) part.style.display = 'none' })
  return document.querySelector('main').innerText.replace(/\\s+/g, ' ').trim()
}"""
# Of a list from a link the script says besides whether it is the one kept on this phone.
NEEDS_SCRIPT = {"search among somebody's answers", "a list from a link"}


@pytest.mark.parametrize("sight", [name for name in KINDS if name not in NEEDS_SCRIPT])
def test_forced_colours_and_no_script_show_the_same_text(new_context: NewContext, sight: str) -> None:
    shown = []
    for options in ({}, {"forced_colors": "active"}, {"java_script_enabled": False}):
        context = new_context(**options)
        context.add_init_script(_NOTE_HIDDEN)
        page = context.new_page()
        SIGHTS[sight](page)
        page.wait_for_selector("main")
        shown.append(page.evaluate(TEXT))
    assert shown[0] == shown[1] == shown[2]


@pytest.mark.parametrize("sight", KINDS)
def test_forced_colours_leave_every_button_and_field_an_edge(new_context: NewContext, sight: str) -> None:
    page = new_context(forced_colors="active").new_page()
    SIGHTS[sight](page)
    edged = page.locator(
        "main :is(.govuk-button, .app-call, select, textarea,"
        " input:not([type=radio], [type=checkbox])):visible"
    )
    bare = """nodes => nodes.filter(node => {
      const look = getComputedStyle(node)
      return !parseFloat(look.borderTopWidth) && !parseFloat(look.outlineWidth)
    }).map(node => node.outerHTML.slice(0, 120))"""
    assert edged.evaluate_all(bare) == []


@pytest.mark.parametrize("sight", KINDS)
def test_print_keeps_all_that_was_found(page: Page, sight: str) -> None:
    """On paper nothing is folded away and no form is in the way."""
    SIGHTS[sight](page)
    wanted = page.locator("main :is(h1, h2, h3, h4):not(form *)").evaluate_all(
        """headings => headings.filter(heading => !heading.closest('nav, .app-no-print, .app-ask, .app-hero'))
                               .filter(heading => heading.checkVisibility() || heading.closest('details'))
                               .map(heading => heading.textContent.trim())"""
    )
    page.emulate_media(media="print")
    printed = page.evaluate("document.querySelector('main').innerText")
    assert [words for words in wanted if "".join(words.split()) not in "".join(printed.split())] == []
    assert page.locator("nav:visible, form:visible, .app-header:visible").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


FAULTY = [sight for sight in SIGHTS if "with a fault" in sight or "with faults" in sight]


@pytest.mark.parametrize("sight", FAULTY)
def test_an_error_is_told_in_the_title_and_its_links_lead_to_the_fields(page: Page, sight: str) -> None:
    SIGHTS[sight](page)
    assert page.title().startswith("Error: ")
    summary = page.locator(".govuk-error-summary")
    assert summary.evaluate("summary => summary.contains(document.activeElement) || summary.autofocus")
    assert not re.search(r"\b[45]\d\d\b|error code|invalid|exception", summary.inner_text(), re.I)
    links = summary.locator("a")
    assert links.count() > 0
    for link in links.all():
        link.click()
        assert page.evaluate("document.activeElement.matches('input, select, textarea')")


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
