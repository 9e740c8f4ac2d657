"""Bad input: a sentence says what is wrong and what to do, what was typed stays, nothing breaks."""

import re
from dataclasses import dataclass, replace

import pytest
from playwright.sync_api import Page, expect

from tests.browser.people import LEFT_AT_18, SLEAFORD, Person, answered, entries, fill, question, send, told

ERROR = re.compile("^Error: ")


@dataclass(frozen=True, slots=True)
class Slip:
    """Something typed wrongly: the field to mend, and a word the sentence must hold."""

    person: Person
    field: str
    says: str


SLIPS = {
    "a day that no month has": Slip(Person(born=("31", "2", "2007")), "dob-day", "date"),
    "no 29 February": Slip(Person(born=("29", "2", "2007")), "dob-day", "date"),
    "a month that is none": Slip(Person(born=("1", "13", "2007")), "dob-day", "month"),
    "words for a date": Slip(Person(born=("first", "of", "May")), "dob-day", "date"),
    "half a date": Slip(Person(born=("14", "", "")), "dob-day", "date"),
    "a birthday to come": Slip(Person(born=("1", "1", "2090")), "dob-day", "future"),
    "an age that is none": Slip(Person(age="nineteen and a bit"), "age_years", "19"),
    "a postcode that is none": Slip(Person(place="ZZ99 9ZZ"), "place", "postcode"),
    "an armed forces postcode": Slip(Person(place="BF1 4AX"), "place", "forces"),
    "hostile text": Slip(Person(place="<script>alert(1)</script>"), "place", "postcode"),
    "17 and out of care at 18": Slip(Person(age="17", ticks=LEFT_AT_18), "care_when", "17"),
}


@pytest.mark.parametrize("case", SLIPS)
def test_a_slip_is_named_beside_its_field_and_nothing_is_lost(page: Page, case: str) -> None:
    slip = SLIPS[case]
    page.goto("/")
    fill(page, replace(slip.person, council="Lincolnshire"))
    with page.expect_response("**/results") as reply:
        send(page)
    assert reply.value.status == 422
    expect(page).to_have_title(ERROR)
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    link = summary.locator(f"a[href='#{slip.field}']").first
    assert slip.says in link.inner_text()
    link.click()
    expect(page.locator(f"#{slip.field}")).to_be_focused()
    expect(page.locator(f"#{slip.field}-error")).to_contain_text(link.inner_text())
    assert typed(page) == replace(slip.person, council="Lincolnshire")


def typed(page: Page) -> Person:
    """What stands in the form that is open."""
    values: dict[str, str] = page.locator("#answers").evaluate(
        "form => Object.fromEntries([...new FormData(form)].filter(([, value]) => value))"
    )
    born = tuple(values.get(f"dob-{part}", "") for part in ("day", "month", "year"))
    return Person(
        age=values.get("age_years", ""),
        born=(born[0], born[1], born[2]) if any(born) else None,
        place=values.get("place", ""),
        council=page.locator("#responsible_authority option:checked").inner_text(),
        ticks={name: values[name] for name in ("care_when", "care_13_weeks") if name in values},
    )


def test_every_fault_is_named_at_once(page: Page) -> None:
    answered(page, Person(born=("31", "2", "2007"), place="ZZ99 9ZZ"))
    links = page.locator(".govuk-error-summary a")
    assert links.evaluate_all("links => links.map(link => link.getAttribute('href'))") == [
        "#dob-day",
        "#place",
    ]


def test_a_slip_mended_leads_to_the_answer(page: Page) -> None:
    answered(page, replace(SLEAFORD, place="NG34 7"))
    if page.title().startswith("Error: "):
        page.fill("#place", "NG34 7EF")
        send(page)
    expect(page.locator("h1")).to_have_text("What you can get")


def test_a_letter_o_for_a_nought_is_read_and_said(page: Page) -> None:
    answered(page, replace(SLEAFORD, place="DH1 5UL".replace("1", "I")))
    if page.title().startswith("Error: "):
        assert "DH1 5UL" in page.locator(".govuk-error-summary").inner_text()
    else:
        assert told(page, "Where you live") == "Living in County Durham"
    answered(page, replace(SLEAFORD, place="LN1O 6AA"))
    expect(page.locator("main")).to_contain_text("LN10")


def test_half_a_postcode_is_asked_about(page: Page) -> None:
    answered(page, replace(SLEAFORD, place="NG34"))
    expect(question(page).get_by_role("group", name="Which of these do you live in?")).to_be_visible()
    expect(page.locator("h1")).to_have_text("What you can get")


@pytest.mark.parametrize("age", ["9", "60"])
def test_a_child_of_9_and_a_person_of_60_are_answered(page: Page, age: str) -> None:
    ticks = {"care_when": "still_in_care"} if age == "9" else {"care_when": "left_at_16_or_17"}
    answered(page, Person(age=age, place="NG34 7EF", council="Lincolnshire", ticks=ticks))
    expect(page.locator("h1")).to_have_text("What you can get")
    assert told(page, "Your age") == f"Aged {age}"
    assert "access-to-care-records" in entries(page, "yes")
    assert "personal-adviser-to-21" not in entries(page, "yes") | entries(page, "might")


ABROAD = {
    "Scotland": "EH1 1YZ",
    "Wales": "CF10 1EP",
    "Northern Ireland": "BT1 5GS",
    "Jersey": "JE2 3AB",
    "Guernsey": "GY1 1AA",
}


@pytest.mark.parametrize("nation", ABROAD)
def test_somebody_living_outside_england_is_answered_and_told_what_that_changes(
    page: Page, nation: str
) -> None:
    answered(page, replace(SLEAFORD, place=ABROAD[nation]))
    expect(page.locator("h1")).to_have_text("What you can get")
    said = page.locator("main p:visible").all_inner_texts()
    assert any(nation in sentence and "England" in sentence for sentence in said)
    assert {"personal-adviser-to-21", "pathway-plan"} <= entries(page, "yes")
    assert "council-tax-north-kesteven" not in entries(page, "yes") | entries(page, "might")


@pytest.mark.parametrize("address", ["/council-tax", "/help-nearby"])
@pytest.mark.parametrize("place", ["ZZ99 9ZZ", "BF1 4AX", "", "x" * 400])
def test_the_other_place_fields_keep_what_was_typed(page: Page, address: str, place: str) -> None:
    page.goto(address)
    page.locator("#place").evaluate("(field, text) => { field.value = text }", place)
    page.locator(f"form[action='{address}'] button").first.click()
    expect(page).to_have_title(ERROR)
    expect(page.locator(".govuk-error-summary")).to_be_focused()
    page.locator(".govuk-error-summary a").first.click()
    expect(page.locator("#place")).to_be_focused()
    assert place.startswith(page.input_value("#place")[:60])


def test_a_search_with_an_age_that_is_none_keeps_the_words(page: Page) -> None:
    page.goto("/search")
    page.locator("main summary").first.click()
    page.fill("#q", "gym")
    page.fill("#age", "old enough")
    page.get_by_role("button", name="Search").click()
    expect(page).to_have_title(ERROR)
    assert page.input_value("#q") == "gym"
    assert page.input_value("#age") == "old enough"


@pytest.mark.parametrize("address", ["/nowhere", "/entitlements/none", "/services/none", "/topics/none"])
def test_a_page_that_is_not_there_shows_the_way_back(page: Page, address: str) -> None:
    reply = page.goto(address)
    assert reply is not None and reply.status == 404
    expect(page.locator("h1")).to_have_text("Page not found")
    assert page.locator("main a[href='/']").count() == 1
    assert page.locator("main a[href='/help-now']").count() == 1
