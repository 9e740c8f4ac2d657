"""Finding: search, topics, council tax by district, help nearby, an entry's page, help now."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.sights import CRISIS, LINCOLNSHIRE, NORTH_KESTEVEN


def search(page: Page, words: str) -> None:
    """Type into the search page and send."""
    page.goto("/search")
    page.fill("main #q", words)
    page.locator("main form[action='/search'] button").first.click()


def query(page: Page) -> dict[str, str]:
    """What the address carries."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def found(page: Page) -> list[str]:
    """Where the first results lead."""
    links: list[str] = page.locator("main .app-rows .app-row__title a").evaluate_all(
        "links => links.slice(0, 10).map(link => link.getAttribute('href'))"
    )
    return links


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_words_of_a_crisis_bring_help_before_everything(new_context: NewContext, script: bool) -> None:
    page = new_context(java_script_enabled=script).new_page()
    search(page, CRISIS)
    alarm = page.locator(".app-alarm")
    expect(alarm).to_be_in_viewport()
    first = alarm.locator("a[href^='tel:']").first
    assert re.fullmatch(r"tel:\+?[0-9]{3,}", first.get_attribute("href") or "")
    above = page.evaluate(
        """() => document.querySelector('.app-alarm').getBoundingClientRect().top
                 < document.querySelector('main h1').getBoundingClientRect().top"""
    )
    assert above
    assert urlsplit(page.url).query == ""


def test_the_crisis_words_of_the_start_page_work_too(page: Page) -> None:
    page.goto("/")
    page.fill("#q", "i want to die")
    page.locator("form[role=search] button").click()
    expect(page.locator(".app-alarm")).to_contain_text("999")


def test_a_misspelt_word_is_mended_and_said(page: Page) -> None:
    search(page, "drivng lesons")
    expect(page.locator("main")).to_contain_text("Showing results for driving lessons")
    assert any("driving" in href for href in found(page))
    page.get_by_role("link", name=re.compile("Search instead for")).click()
    assert query(page)["q"] == "drivng lesons"


def test_a_postcode_among_the_words_becomes_its_district(page: Page) -> None:
    search(page, "council tax NG34 7EF")
    assert query(page) == {"q": "council tax", "lives_in": NORTH_KESTEVEN}
    assert "/entitlements/council-tax-north-kesteven" in found(page)
    expect(page.locator("main .app-chips--off")).to_contain_text("North Kesteven")


def test_a_filter_is_taken_off_again(page: Page) -> None:
    page.goto(f"/search?q=gym&by={LINCOLNSHIRE}")
    page.locator(".app-chips--off a").first.click()
    assert query(page) == {"q": "gym"}


def test_nothing_found_ends_at_a_person(page: Page) -> None:
    search(page, "xylophone zzyzx")
    expect(page.locator("main")).to_contain_text("We found nothing for these words")
    expect(page.locator("main")).to_contain_text("Ask your adviser")


def test_browsing_by_topic_leads_to_an_entry(page: Page) -> None:
    page.goto("/topics")
    page.locator("main a[href='/topics/housing']").click()
    page.locator("main a[href^='/entitlements/']").first.click()
    expect(page.locator("main h2", has_text="How to get it")).to_be_visible()


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_council_tax_of_a_postcode(new_context: NewContext, script: bool) -> None:
    page = new_context(java_script_enabled=script).new_page()
    page.goto("/council-tax")
    page.fill("#place", "NG34 7EF")
    page.locator("form[action='/council-tax'] button").first.click()
    assert urlsplit(page.url).path == f"/council-tax/{NORTH_KESTEVEN}"
    assert "NG34" not in page.url
    expect(page.locator("h1")).to_contain_text("North Kesteven")
    expect(page.locator(".app-panel").first).to_contain_text("Source")
    expect(page.locator("main")).to_contain_text("Is your name on it?", ignore_case=True)


def test_council_tax_of_a_town_in_two_districts_is_chosen(page: Page) -> None:
    page.goto("/council-tax")
    page.fill("#place", "NG34")
    page.locator("form[action='/council-tax'] button").first.click()
    page.get_by_label("North Kesteven", exact=True).check(force=True)
    page.locator("form[action='/council-tax'] button").first.click()
    assert urlsplit(page.url).path == f"/council-tax/{NORTH_KESTEVEN}"


def test_help_nearby_says_how_far_in_a_straight_line(page: Page) -> None:
    page.goto("/help-nearby")
    page.fill("#place", "DH1 5UL")
    page.locator("form[action='/help-nearby'] button").first.click()
    expect(page.locator("h1")).to_contain_text("County Durham")
    said = page.locator(".app-miles").all_text_contents()
    miles = [float(match[1]) for text in said[:3] if (match := re.search(r"([\d.]+) miles?", text))]
    assert miles and miles == sorted(miles)
    assert all("straight line" in text for text in said)
    boxes = page.locator(".app-row", has_text=re.compile(r"PO Box", re.I))
    assert boxes.locator(".app-miles").count() == 0


def test_help_nearby_by_district_has_an_address_to_share(page: Page) -> None:
    page.goto("/help-nearby")
    page.fill("#place", "North Kesteven")
    page.locator("form[action='/help-nearby'] button").first.click()
    assert query(page) == {"in": NORTH_KESTEVEN}
    assert page.locator("main .app-row a[href^='tel:']").count() > 0


def test_help_now_puts_the_councils_own_team_first(page: Page) -> None:
    page.goto("/help-now")
    page.select_option("#by", label="Lincolnshire")
    page.locator("form[action='/help-now'] button").click()
    assert query(page) == {"by": LINCOLNSHIRE}
    expect(page.locator(".app-line--local").first).to_contain_text("Lincolnshire")


def test_an_entry_says_all_of_it(page: Page) -> None:
    page.goto("/entitlements/setting-up-home-allowance")
    expect(page.locator("h1")).to_have_text("Money to set up your first home")
    main = page.locator("main")
    for heading in ("How to get it", "Who it is for"):
        expect(main.get_by_role("heading", name=heading).first).to_be_visible()
    expect(main).to_contain_text("Children Act 1989")
    expect(main).to_contain_text("checked", ignore_case=True)
    assert main.locator("a[href^='http']").count() > 0


def test_the_entry_of_a_councils_terms_names_its_source(page: Page) -> None:
    page.goto("/entitlements/council-tax-north-kesteven")
    expect(page.locator("main")).to_contain_text("North Kesteven")
    assert page.locator("main a[href*='n-kesteven'], main a[href*='lincolnshire']").count() > 0


def test_the_menu_marks_where_you_are_and_help_is_always_one_tap_away(page: Page) -> None:
    for address in ("/", "/search", "/topics", "/council-tax", "/help-nearby"):
        page.goto(address)
        assert page.locator("nav [aria-current=page]").get_attribute("href") == address
        assert page.locator("header a[href='/help-now']").count() == 1
