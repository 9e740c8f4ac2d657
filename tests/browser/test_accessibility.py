"""That the checks of test_sights.py see what is there, and what only some pages have: errors, maps."""

import re

import pytest
from playwright.sync_api import Page

from tests.browser.looks import BARRIERS, axe
from tests.browser.sights import SIGHTS

HINDRANCES = """<h6>Too deep</h6><button></button><p><a href="/elsewhere">x</a></p><input id="nameless">
<p><a href="/elsewhere">Start</a></p><div role="button" tabindex="1">press</div><p>العربية 27</p>
<img src="/x" alt="photo.png"><svg viewBox="0 0 9 9"></svg>"""


def test_the_checks_see_barriers_that_are_there(page: Page) -> None:
    page.goto("/about")
    page.evaluate("html => document.querySelector('main').insertAdjacentHTML('beforeend', html)", HINDRANCES)
    page.evaluate("document.querySelector('header').remove()")
    page.evaluate(BARRIERS)
    found = page.evaluate("barriers.all()")
    assert any(rule.startswith("button-name") for rule in axe(page))
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
