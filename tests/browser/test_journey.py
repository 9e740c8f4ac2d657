"""The main journey: a few answers, then what somebody can get, might get and cannot get now."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.people import DURHAM, SLEAFORD, Person, answered, block, entries, question, say, send, told

SURE = {"personal-adviser-to-21", "pathway-plan", "advocacy"}
OPEN = {
    "setting-up-home-allowance",
    "council-tax-care-leaver-discount",
    "higher-education-bursary",
    "apprenticeship-care-leavers-bursary",
}
# person, the district and council named back, the council's own terms of two rights
PEOPLE = {
    "Sleaford": (
        SLEAFORD,
        "Living in North Kesteven",
        "Looked after by Lincolnshire",
        {"lincolnshire-setting-up-home-grant", "council-tax-north-kesteven"},
    ),
    "Durham": (
        DURHAM,
        "Living in County Durham",
        "Looked after by Durham (County Durham)",
        {"durham-setting-up-home-allowance", "durham-council-tax-care-leavers"},
    ),
}


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize("who", PEOPLE)
def test_from_four_answers_to_three_groups(new_context: NewContext, who: str, script: bool) -> None:
    person, district, council, terms = PEOPLE[who]
    page = answered(new_context(java_script_enabled=script).new_page(), person)
    expect(page.locator("h1")).to_have_text("What you can get")
    assert told(page, "Where you live") == district
    assert told(page, "Who looked after you") == council
    assert told(page, "Your age") == "Aged 19"
    assert entries(page, "yes") >= SURE
    assert entries(page, "might") >= OPEN | terms
    assert not entries(page, "no") & (SURE | OPEN | terms)
    assert "Are you moving into your first own home" in block(page, "setting-up-home-allowance")
    assert "Is your name on the council tax bill?" in block(page, "council-tax-care-leaver-discount")
    for bursary in ("higher-education-bursary", "apprenticeship-care-leavers-bursary"):
        assert "Are you learning or training now?" in block(page, bursary)


def test_every_block_ends_at_a_person_to_ask(page: Page) -> None:
    answered(page, SLEAFORD)
    unasked = page.locator("main li:has(> h4)").evaluate_all(
        "items => items.filter(item => !/Ask [^.]{4,}/.test(item.textContent)).map(item => item.textContent)"
    )
    assert unasked == []
    assert page.locator("section[aria-labelledby=who] a[href^='tel:']").count() > 0


@pytest.mark.parametrize("who", PEOPLE)
def test_a_skipped_care_question_rules_none_of_them_out(page: Page, who: str) -> None:
    person, _, _, terms = PEOPLE[who]
    answered(page, replace(person, ticks={}))
    assert not entries(page, "no") & (SURE | OPEN | terms)
    assert entries(page, "yes") | entries(page, "might") >= SURE | OPEN


def test_nothing_answered_at_all_is_an_answer(page: Page) -> None:
    answered(page, Person())
    expect(page.locator("h1")).to_have_text("What you can get")
    assert entries(page, "no") == set()
    assert len(entries(page, "might")) > 40


def test_the_next_question_is_answered_and_settles_something(page: Page) -> None:
    answered(page, SLEAFORD)
    expect(question(page).get_by_role("group", name="Are you learning or training now?")).to_be_visible()
    before = len(entries(page, "might"))
    say(page, "University, full time")
    expect(page.locator(".app-told")).to_contain_text("University, full time")
    assert "higher-education-bursary" in entries(page, "yes") | entries(page, "might")
    assert "apprenticeship-care-leavers-bursary" in entries(page, "no")
    assert len(entries(page, "might")) < before
    expect(page.locator("details#ask")).not_to_contain_text("learning or training")


def test_a_question_put_aside_is_not_asked_again_and_rules_nothing_out(page: Page) -> None:
    answered(page, SLEAFORD)
    before, words = entries(page, "no"), question(page).locator("#ask-label").inner_text()
    say(page, "I would rather not say")
    assert question(page).locator("#ask-label").inner_text() != words
    assert entries(page, "no") == before


def test_one_answer_is_changed_and_the_rest_stays(page: Page) -> None:
    answered(page, SLEAFORD)
    row = page.locator(".app-told__row", has_text="Your age")
    row.locator("summary").click()
    row.get_by_label("How old are you?").fill("22")
    row.get_by_role("button", name="Show my results again").click()
    assert told(page, "Your age") == "Aged 22"
    assert told(page, "Where you live") == "Living in North Kesteven"
    assert told(page, "Leaving care") == "In care until 18"
    assert "personal-adviser-to-21" in entries(page, "no")
    assert "personal-adviser-21-to-25" in entries(page, "yes") | entries(page, "might")


def test_start_again_forgets_everything(page: Page) -> None:
    answered(page, SLEAFORD)
    page.get_by_role("link", name="Start again").click()
    expect(page.locator("h1")).to_have_text("What can you get as a care leaver?")
    filled = page.locator("#answers").evaluate(
        """form => [...new FormData(form)]
             .filter(([name, value]) => value && name !== 'seen' && !name.endsWith('-kind'))"""
    )
    assert filled == []


def test_back_from_an_entry_shows_the_results_again(page: Page) -> None:
    answered(page, SLEAFORD)
    page.locator("section[aria-labelledby=yes] a[href='/entitlements/pathway-plan']").click()
    expect(page.locator("h1")).to_contain_text("pathway plan")
    page.go_back()
    expect(page.locator("h1")).to_have_text("What you can get")
    assert entries(page, "yes") >= SURE


def test_a_town_in_several_districts_is_asked_about_never_guessed(page: Page) -> None:
    answered(page, replace(SLEAFORD, place="NG34"))
    asked = question(page)
    expect(asked).to_contain_text("Which of these do you live in?")
    assert "council-tax-north-kesteven" not in entries(page, "yes") | entries(page, "no")
    say(page, "North Kesteven")
    assert told(page, "Where you live") == "Living in North Kesteven"
    assert "council-tax-north-kesteven" in entries(page, "might")


def test_a_council_whose_offer_we_do_not_hold_is_named_without_a_number(page: Page) -> None:
    answered(page, replace(SLEAFORD, place="ME14 1XQ", council="Kent"))
    note = page.get_by_text("We do not have Kent’s own offer yet.")
    expect(note).to_be_visible()
    expect(page.locator("main")).to_contain_text("Kent County Council’s leaving care team")
    assert page.locator("section[aria-labelledby=who] a[href*='kent' i]").count() == 0


def tab_to(page: Page, reached: str, most: int = 90) -> None:
    """Press Tab until the element with focus answers to a selector."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("wanted => document.activeElement.matches(wanted)", reached):
            return
    raise AssertionError(f"Tab never reached {reached}")


def test_the_whole_journey_with_the_keyboard_alone(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the main part"
    tab_to(page, "#age_years")
    page.keyboard.type("19")
    tab_to(page, "#place")
    page.keyboard.type("NG34 7EF")
    tab_to(page, "#responsible_authority")
    page.keyboard.type("Lincolnshire")
    tab_to(page, "[name=care_when]")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    tab_to(page, "[name=care_13_weeks]")
    page.keyboard.press("Space")
    tab_to(page, ".app-go")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("What you can get")
    assert told(page, "Where you live") == "Living in North Kesteven"
    assert told(page, "Leaving care") == "In care until 18"
    assert entries(page, "yes") >= SURE
    tab_to(page, "#ask > summary")
    page.keyboard.press("Enter")
    tab_to(page, "#ask .app-answer")
    page.keyboard.press("Enter")
    assert told(page, "Are you learning or training now?") != ""


def test_enter_in_a_field_sends_the_form(page: Page) -> None:
    page.goto("/")
    page.fill("#age_years", "19")
    page.press("#age_years", "Enter")
    expect(page.locator("h1")).to_have_text("What you can get")
    expect(page).to_have_url(re.compile("/results$"))  # and not another language's


def test_half_told_can_be_sent_from_a_form_already_answered(page: Page) -> None:
    """Nothing is lost where the same form is sent twice: a person presses Back and sends again."""
    answered(page, SLEAFORD)
    page.go_back()
    send(page)
    assert told(page, "Where you live") == "Living in North Kesteven"
