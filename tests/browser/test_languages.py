"""Arabic in a real browser: turned round, nothing cut off, no barrier, and answers that go along."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import DESK, PHONE, NewContext
from tests.browser.looks import axe, resized
from tests.browser.people import SLEAFORD, Person, fill
from tests.browser.sights import Opener
from tests.browser.weighing import HTML_OF_START, LATER_PAGE, RESULTS, documents, loading, weigh

GO = ".app-go"  # the button of the form, whatever its language
_WIDER = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Text in Latin letters whose nearest language is Arabic: a screen reader would read it as Arabic.
_UNTOLD = """() => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), found = []
  while (walker.nextNode()) {
    const at = walker.currentNode.parentElement
    if (at.closest('script, style, template, noscript') || !/[A-Za-z]/.test(walker.currentNode.data)) continue
    if (at.closest('[lang]').lang === 'ar') found.push(walker.currentNode.data.trim())
  }
  return found
}"""


def answered(page: Page, language: str, person: Person) -> None:
    """From the start page of a language to the answer."""
    page.goto(f"/{language}/")
    fill(page, person)
    page.locator(GO).click()


def sent(person: Person) -> Opener:
    return lambda page: answered(page, "ar", person)


def opened(address: str) -> Opener:
    return lambda page: page.goto(address)


SIGHTS: dict[str, Opener] = {
    "start": opened("/ar/"),
    "start with faults": sent(Person(born=("31", "2", "2007"), place="NG3")),
    "results": sent(SLEAFORD),
    "results that ask for the district": sent(Person(age="19", place="NG34", council="Kent")),
    "right with local terms": opened("/ar/entitlements/setting-up-home-allowance"),
    "search results": opened("/ar/search?q=driving+lessons"),
    "topic": opened("/ar/topics/housing"),
    "what happens when": opened("/ar/what-happens-when"),
    "district": opened("/ar/council-tax/E07000139"),
    "help now": opened("/ar/help-now"),
    "not found": opened("/ar/nothing-here"),
}
LARGER = {"results", "results that ask for the district", "start", "start with faults", "what happens when"}


@pytest.mark.parametrize("sight", SIGHTS)
def test_no_barrier_from_right_to_left(page: Page, sight: str) -> None:
    SIGHTS[sight](page)
    assert page.evaluate("[document.documentElement.lang, document.documentElement.dir]") == ["ar", "rtl"]
    assert page.evaluate("getComputedStyle(document.querySelector('main')).direction") == "rtl"
    page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
    assert page.evaluate(_UNTOLD) == []
    for size in (PHONE, DESK):
        resized(page, *size)
        assert axe(page) == [], f"{sight} at {size[0]}"
    for width in (360, 320):
        page.set_viewport_size({"width": width, "height": 640})
        assert page.evaluate(_WIDER) <= 0, f"{sight} is wider than {width} pixels"


@pytest.mark.parametrize("language", ["ar", "ti"])  # of all: tests/offer/pages/test_weight_of_languages.py
def test_the_weight_of_a_language(page: Page, language: str) -> None:
    for address, limit in (("/", HTML_OF_START), ("/help-now", LATER_PAGE), ("/topics/money", LATER_PAGE)):
        requests = loading(page)
        page.goto(f"/{language}{address}")
        assert 0 < weigh(documents(requests)[-1:]).of() <= limit, address
    page.goto(f"/{language}/")
    fill(page, SLEAFORD)
    requests = loading(page)
    page.locator(GO).click()
    assert 0 < weigh(documents(requests)[-1:]).of() <= RESULTS


def test_a_radio_stands_on_the_right_and_its_words_beside_it(page: Page) -> None:
    page.goto("/ar/")
    radio = page.locator(".govuk-radios__input").first.bounding_box()
    label = page.locator(".govuk-radios__label").first.bounding_box()
    assert radio and label and radio["x"] > label["x"] + label["width"] / 2


@pytest.mark.parametrize("script", [True, False])
def test_answers_go_along_into_another_language(new_context: NewContext, script: bool) -> None:
    page = new_context(java_script_enabled=script).new_page()
    page.goto("/")
    fill(page, SLEAFORD)
    page.locator(GO).click()
    counts = page.locator(".app-tally b").all_text_contents()
    page.locator(".app-langs summary").click()
    page.locator(".app-langs button[lang=ar]").click()
    assert page.url.endswith("/ar/results")
    assert page.locator(".app-tally b").all_text_contents() == counts
    page.locator(".app-langs summary").click()
    page.locator(".app-langs button[lang=en]").click()
    assert page.url.endswith("/results") and "/ar/" not in page.url
    assert page.locator(".app-tally b").all_text_contents() == counts


def test_by_keyboard_alone_somebody_finds_their_language(page: Page) -> None:
    page.goto("/help-now")
    summary = page.locator(".app-langs summary")
    for _ in range(20):
        page.keyboard.press("Tab")
        if summary.evaluate("node => node === document.activeElement"):
            break
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/ar/help-now")
    assert page.locator("h1").inner_text() == "مساعدة الآن"
