"""What comes out of the printer: Chromium's own PDF, its pages counted, with a script and without."""

import re

import pytest
from playwright.sync_api import Page, expect

from directory.places import Places
from tests.browser.conftest import NewContext
from tests.browser.people import DURHAM, SLEAFORD, Person, answered, fill
from tests.browser.sights import LIST

SHORT = 2  # sheets of A4
NONE_HELD, UNKNOWN = "E10000016", ""
COUNCILS = (
    *("E06000047", "E10000019", "E08000024", "E08000037", "E06000005", "E06000017", "E06000013"),
    *("E10000024", "E06000004", "E06000031", "E08000023", "E06000001", NONE_HELD, UNKNOWN),
)


def papers(page: Page) -> int:
    """How many sheets of A4 it takes."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True)))


def own_sheet(page: Page, person: Person) -> Page:
    answered(page, person)
    page.get_by_role("button", name="Print a sheet").click()
    expect(page.locator(".app-sheet")).to_be_visible()
    return page


@pytest.mark.parametrize("council", COUNCILS)
def test_the_page_for_prison_is_one_page(page: Page, council: str) -> None:
    page.goto(f"/print/custody?by={council}")
    assert papers(page) == 1


def test_every_council_we_hold_is_among_them(page: Page, places: Places) -> None:
    page.goto("/my-list")
    links = page.locator(".app-chips a").evaluate_all("links => links.map(link => link.href)")
    held = {href.partition("by=")[2] for href in links}
    assert held - {""} <= set(COUNCILS)


@pytest.mark.parametrize("person", [SLEAFORD, DURHAM])
def test_with_answers_it_is_one_page_too(page: Page, person: Person) -> None:
    own_sheet(page, person)
    page.get_by_role("button", name="Put my answers on it").click()
    expect(page.locator(".app-sheet-told")).to_be_visible()
    page.get_by_role("button", name="One page for prison").click()
    expect(page.locator(".app-sheet--one .app-sheet-told")).to_be_visible()
    assert papers(page) == 1
    page.get_by_role("button", name="Leave my answers off").click()
    expect(page.locator(".app-sheet-told")).to_have_count(0)
    assert papers(page) == 1


@pytest.mark.parametrize("script", [True, False])
def test_from_the_results_to_paper_and_back(new_context: NewContext, script: bool) -> None:
    page = own_sheet(new_context(java_script_enabled=script).new_page(), SLEAFORD)
    assert page.get_by_role("button", name="Print this").count() == int(script)
    assert "choose Print" in page.locator("main").inner_text()
    assert papers(page) <= 8
    page.get_by_role("button", name="Shorter").click()
    expect(page.get_by_role("button", name="Longer")).to_be_visible()
    assert papers(page) <= SHORT
    page.get_by_role("button", name="My results").click()
    assert page.locator("h1").inner_text() == "What you can get"
    assert "19" in page.locator(".app-told").inner_text()


@pytest.mark.parametrize("person", [SLEAFORD, DURHAM], ids=["Sleaford", "Durham"])
@pytest.mark.parametrize("language", ["", "/so"], ids=["English", "Somali"])
def test_the_short_sheet_is_two_pages_with_answers_and_without(
    page: Page, person: Person, language: str
) -> None:
    page.goto(f"{language}/")
    fill(page, person)
    page.locator(".app-go").click()
    page.locator("button[formaction$='/print']").click()
    page.locator("button[name=sheet][value=short]").click()
    expect(page.locator(".app-sheet-left")).to_be_visible()
    assert page.locator(".app-sheet-list > li").count() >= 5
    assert papers(page) <= SHORT
    page.locator("button[name=answers][value=with]").click()
    expect(page.locator(".app-sheet-told")).to_be_visible()
    assert papers(page) <= SHORT


def test_the_button_prints(page: Page) -> None:
    page.add_init_script("window.print = () => { window.printed = true }")
    page.goto(LIST.replace("/my-list", "/print"))
    page.get_by_role("button", name="Print this").click()
    assert page.evaluate("window.printed")
    assert page.evaluate("location.host") in page.locator(".app-sheet").inner_text(), "addresses in full"


@pytest.mark.parametrize("opened", [LIST.replace("/my-list", "/print"), "/print/custody?by=E06000047"])
def test_on_paper_stand_no_forms_links_to_tap_or_menus(page: Page, opened: str) -> None:
    page.goto(opened)
    paper = page.locator(".app-sheet").inner_text()
    page.emulate_media(media="print")
    assert (
        page.locator("nav:visible, form:visible, button:visible, header:visible, footer:visible").count() == 0
    )
    assert page.locator(".app-sheet a").count() == 0
    assert "".join(page.locator(".app-sheet").inner_text().split()) == "".join(paper.split())
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("language", ["ar", "so"])
@pytest.mark.parametrize("council", ["E06000047", "E10000019"])
def test_in_another_language_it_is_one_page_too(page: Page, language: str, council: str) -> None:
    page.goto(f"/{language}/print/custody?by={council}")
    assert papers(page) == 1


def test_what_happens_when_is_printed_whole(page: Page) -> None:
    page.goto("/what-happens-when")
    titles = page.locator(".app-when ul a").all_text_contents()
    page.emulate_media(media="print")
    printed = page.locator("main").inner_text()
    assert len(titles) > 40
    assert [title for title in titles if title not in printed] == []
    page.emulate_media(media="null")
    assert papers(page) <= 8
