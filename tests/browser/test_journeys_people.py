"""Two people from the first page to the last: a young person on a phone, an adviser on a laptop."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import DESK, NewContext
from tests.browser.people import SLEAFORD, answered, entries, question, say, send, told

SCRIPT = pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
FIRST_RIGHT = ".app-group--yes .app-items h4"
ONE_SCREEN = 800  # pixels of a small phone


@SCRIPT
def test_a_young_person_from_four_answers_to_a_sheet_on_paper(new_context: NewContext, script: bool) -> None:
    page = new_context(java_script_enabled=script).new_page()
    answered(page, SLEAFORD)
    assert the_top_of(page, FIRST_RIGHT) < ONE_SCREEN, "results come first"
    say(page, "University, full time")
    changed = page.locator("#changed")
    expect(changed).to_be_focused()
    expect(changed).to_contain_text("more things you should be able to get")
    assert 0 <= changed.evaluate("section => section.getBoundingClientRect().top") < 400, "no jump to the top"
    say(page, "I do not know")  # several in a row, without opening anything
    page.get_by_role("link", name="Stop here and see my results").click()
    expect(page.locator("#yes")).to_be_in_viewport()
    page.locator(FIRST_RIGHT).first.get_by_role("link" if script else "button").click()
    for heading in ("How to get it", "Who decides", "What to say", "If you are told no"):
        expect(page.get_by_role("heading", name=heading)).to_be_visible()
    if script:
        page.get_by_role("button", name="Keep").click()
        expect(page.get_by_role("link", name="See my list")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Print a sheet").click()
    page.emulate_media(media="print")
    expect(page.locator(".app-sheet")).to_contain_text("Your own adviser")
    assert page.locator("form:visible, nav:visible").count() == 0


def the_top_of(page: Page, selector: str) -> float:
    """Pixels from the top of the page to the first such element."""
    found: float = page.locator(selector).first.evaluate("e => e.getBoundingClientRect().top + scrollY")
    return found


@SCRIPT
def test_an_answer_is_changed_with_two_presses(new_context: NewContext, script: bool) -> None:
    page = answered(new_context(java_script_enabled=script).new_page(), SLEAFORD)
    page.locator(".app-told__row", has_text="Aged 19").locator("> summary").click()
    page.fill("#age_years", "22")
    page.locator("details[open] .app-told__fields").get_by_role("button", name="Show my results").click()
    assert told(page, "Your age") == "Aged 22"
    expect(page.locator("#changed")).to_contain_text("no longer certain")


@SCRIPT
@pytest.mark.parametrize("word", ["I do not know", "I would rather not say"])
def test_each_of_the_first_questions_can_be_put_aside_and_is_not_asked_again(
    new_context: NewContext, script: bool, word: str
) -> None:
    page = new_context(java_script_enabled=script).new_page()
    page.goto("/")
    for box in page.get_by_label(word, exact=True).all():
        box.check(force=True)
    page.select_option("#responsible_authority", label=word)
    send(page)
    asked = set[str]()
    for _ in range(4):
        asked.add(question(page).locator("#ask-label").inner_text())
        say(page, word)
    assert len(asked) == 4
    assert not {question for question in asked if "live now" in question or "birth" in question}
    assert entries(page, "no") == set()


@SCRIPT
def test_an_adviser_has_every_question_and_all_the_law_on_one_page(
    new_context: NewContext, script: bool
) -> None:
    page = answered(new_context(DESK, java_script_enabled=script).new_page(), SLEAFORD)
    page.get_by_role("button", name="Ask every question on one page").click()
    expect(page.get_by_role("heading", name="Everything else that could matter")).to_be_visible()
    page.get_by_label("Are you learning or training now?").select_option(label="University, full time")
    page.get_by_label("Do you get Universal Credit?").select_option(label="No")
    send(page)
    expect(page.locator("#changed")).to_contain_text("more things you should be able to get")
    page.get_by_role("button", name="show every reason with its law").click()
    expect(page.locator("main")).to_contain_text("Every reason stands here with its law.")
    expect(page.locator(".app-group--yes small").first).to_contain_text("Act")
    assert told(page, "Where you live") == "Living in North Kesteven"


def test_a_young_person_with_the_keyboard_alone(page: Page) -> None:
    """Nothing but keys: two answers, one question, the first right, and back."""
    page.goto("/")
    tab_to(page, "#age_years")
    page.keyboard.type("17")
    page.keyboard.press("Enter")
    page.wait_for_url("**/results")
    tab_to(page, "#ask > summary")
    page.keyboard.press("Enter")
    tab_to(page, "#ask button")
    page.keyboard.press("Enter")
    page.wait_for_url("**/results#changed")
    expect(page.locator("#changed")).to_be_focused()
    tab_to(page, ".app-group--yes h4 a")  # what changed and the next question lie before it
    page.keyboard.press("Enter")
    page.wait_for_url("**/entitlements/**")
    page.go_back()
    expect(page.locator("h1")).to_have_text("What you can get")


def tab_to(page: Page, reached: str, most: int = 90) -> None:
    """Press Tab until the element with focus answers to a selector."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", reached):
            return
    raise AssertionError(f"Tab never reached {reached}")


@SCRIPT
def test_text_twice_as_large_scrolls_one_way_only(new_context: NewContext, script: bool) -> None:
    page = answered(new_context(java_script_enabled=script).new_page(), SLEAFORD)
    say(page, "I do not know")
    page.locator(".app-told__row > summary").first.click()
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
