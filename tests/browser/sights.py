"""Every kind of page a person can be shown, by name, and how to get there."""

import os
from collections.abc import Callable, Mapping

from playwright.sync_api import Page

from tests.browser.people import LEFT_AT_18, SLEAFORD, Person, answered, say

Opener = Callable[[Page], object]

LINCOLNSHIRE, COUNTY_DURHAM = "E10000019", "E06000047"
NORTH_KESTEVEN, SWANSEA = "E07000139", "W06000011"
LIST = (
    "/my-list?things=setting-up-home-allowance,council-tax-care-leaver-discount,support-in-custody"
    f"&by={LINCOLNSHIRE}"
)
CRISIS = "kicked out and nowhere to sleep tonight"


def at(address: str) -> Opener:
    """Opens an address."""
    return lambda page: page.goto(address)


def asked(address: str, **typed: str) -> Opener:
    """Opens a page for finding, types into its fields by id, and presses its first button."""

    def go(page: Page) -> None:
        page.goto(address)
        for field, text in typed.items():
            page.fill(f"main #{field}", text)
        page.locator(f"main form[action='{address}'] button").first.click()

    return go


def search_with_fault(page: Page) -> None:
    """Searches with an age that is none."""
    page.goto("/search")
    page.locator("main summary").first.click()
    page.fill("#q", "gym")
    page.fill("#age", "nineteen and a half")
    page.get_by_role("button", name="Search").click()


def own_dates(page: Page) -> None:
    """Opens what happens when for one person, by way of the results."""
    answered(
        page, Person(born=("20", "4", "2007"), place="NG34 7EF", council="Lincolnshire", ticks=LEFT_AT_18)
    )
    page.get_by_role("button", name="What happens when").click()


def own_sheet(page: Page) -> None:
    """Opens the sheet to print, by way of the results."""
    answered(page, SLEAFORD)
    page.get_by_role("button", name="Print a sheet").click()
    page.wait_for_selector(".app-sheet")


def own_plan(page: Page) -> None:
    """Opens what to do, by when and who, by way of the sheet."""
    own_sheet(page)
    page.get_by_role("button", name="What to do, by when, and who").click()
    page.wait_for_selector("[data-sheet]")


def remembering(page: Page) -> None:
    """Thinks about remembering answers on the phone."""
    answered(page, SLEAFORD)
    page.get_by_role("button", name="Remember my answers").click()


def left_a_visit(page: Page) -> None:
    """Begins a visit with answers, and leaves it."""
    answered(page, SLEAFORD)
    page.get_by_role("button", name="Look at this together").click()
    page.get_by_role("button", name="I am the young person").click()
    page.get_by_role("button", name="Leave this visit").click()


def looked_for(page: Page) -> None:
    """Searches among one person's answers, with Enter."""
    answered(page, SLEAFORD)
    page.fill("#look", "council tax")
    page.press("#look", "Enter")
    page.wait_for_selector("#results")


def answered_one_more(page: Page) -> None:
    """Answers the next question of the results, and reads what changed."""
    answered(page, SLEAFORD)
    say(page, "University, full time")


def every_question(page: Page) -> None:
    """Opens every question that is open on one page, as an adviser may."""
    answered(page, SLEAFORD)
    page.get_by_role("button", name="Ask every question on one page").click()


def as_adviser(page: Page) -> None:
    """Answers the first questions of the adviser's page, and sends them."""
    page.goto("/adviser")
    for field, text in (("dob-day", "20"), ("dob-month", "4"), ("dob-year", "2007"), ("place", "NG34 7EF")):
        page.fill(f"#{field}", text)
    page.fill("#council", "Lincolnshire")
    page.select_option("#care_when", "left_at_18")
    page.select_option("#care_13_weeks", "true")
    page.get_by_role("button", name="Show the answer").first.click()
    page.wait_for_selector("#yes")


def adviser_compares(page: Page) -> None:
    """Sets three what-ifs beside the answer."""
    as_adviser(page)
    page.get_by_text("Change answers or the day").click()
    page.select_option("#if1-when", "21")
    page.fill("#if2-place", "Boston")
    page.select_option("#if3-course", "in_education:he_ft")
    page.get_by_role("button", name="Compare").click()
    page.wait_for_selector("section[aria-label='What if 3']")


def adviser_with_fault(page: Page) -> None:
    """Sends the adviser's questions with a day that is none."""
    page.goto("/adviser")
    page.fill("#dob-day", "31")
    page.fill("#dob-month", "2")
    page.fill("#dob-year", "2007")
    page.press("#dob-year", "Enter")
    page.wait_for_selector(".govuk-error-summary")


def told_nothing(page: Page) -> None:
    """Sends the form about a wrong page empty."""
    page.goto("/entitlements/bus-travel/feedback")
    page.get_by_role("button", name="Send").click()


def told_something(page: Page) -> None:
    """Says what is wrong with a page, and reads the code."""
    page.goto("/entitlements/bus-travel/feedback")
    page.check("#kind-different")
    page.fill("#text", "My council said that it ends at 24.")
    page.get_by_role("button", name="Send").click()


def moving_nowhere(page: Page) -> None:
    """Asks what would change in a place that is none."""
    page.goto(f"/council-tax/{NORTH_KESTEVEN}")
    page.fill("#place", "QQ1 1QQ")
    page.get_by_role("button", name="What would change?").click()


def told_us(person: Person) -> Opener:
    """Opens the answer to a person."""
    return lambda page: answered(page, person)


SIGHTS: Mapping[str, Opener] = {
    "start": at("/"),
    "start with faults": told_us(Person(born=("31", "2", "2007"), place="NG3")),
    "results": told_us(SLEAFORD),
    "results after one more answer": answered_one_more,
    "every question on one page": every_question,
    "every question for advisers": at("/adviser"),
    "every question for advisers, with a fault": adviser_with_fault,
    "answer for advisers": as_adviser,
    "what-ifs for advisers": adviser_compares,
    "starting again": at("/start-again"),
    "results that ask for the district": told_us(Person(age="19", place="NG34", council="Kent")),
    "right with local terms": at("/entitlements/setting-up-home-allowance"),
    "local right": at("/entitlements/lincolnshire-setting-up-home-grant"),
    "a few words": at("/entitlements/nhs-help-with-costs-existing/easy"),
    "sensitive right": at("/entitlements/nhs-help-with-costs-existing"),
    "telling what is wrong": at("/entitlements/bus-travel/feedback"),
    "telling with a fault": told_nothing,
    "what was told": told_something,
    "telling about a service": at("/services/housing-north-kesteven/feedback"),
    "you said, we did": at("/you-said"),
    "code of what was told": at("/feedback"),
    "thanks": at("/feedback/thanks"),
    "what happens when": at("/what-happens-when"),
    "what happens when for somebody": own_dates,
    "search": at("/search"),
    "search results": at(f"/search?q=driving+lessons&by={LINCOLNSHIRE}"),
    "search among somebody's answers": looked_for,
    "search that found nothing": at("/search?q=xylophone+zzyzx"),
    "search in a crisis": asked("/search", q=CRISIS),
    "search with a fault": search_with_fault,
    "my list, empty": at("/my-list"),
    "a list from a link": at(LIST),
    "sharing a list": at(LIST.replace("?", "/share?")),
    "what there is to print": at("/print"),
    "a list on paper": at(LIST.replace("/my-list", "/print")),
    "results on paper": own_sheet,
    "what to do, on paper": own_plan,
    "one page for prison": at(f"/print/custody?by={COUNTY_DURHAM}"),
    "compare": at("/compare"),
    "councils side by side": at(f"/compare?councils={COUNTY_DURHAM},{LINCOLNSHIRE}"),
    "languages": at("/languages"),
    "topics": at("/topics"),
    "topic": at(f"/topics/housing?by={LINCOLNSHIRE}"),
    "topic with much in it": at(f"/topics/money?by={LINCOLNSHIRE}"),
    "topic across others": at("/topics/seeking-asylum"),
    "homes by district": at("/housing"),
    "homes by district, one county": at(f"/housing?council={LINCOLNSHIRE}"),
    "homes by district with a fault": asked("/housing", place="QQ1 1QQ"),
    "a home in one district": at(f"/housing/{NORTH_KESTEVEN}"),
    "a home where little is known": at("/housing/E09000007"),
    "a home in Wales": at(f"/housing/{SWANSEA}"),
    "ways to work and study": at("/routes"),
    "council tax": at("/council-tax"),
    "council tax with a fault": asked("/council-tax", place="QQ1 1QQ"),
    "map of a county": at(f"/council-tax/map/{LINCOLNSHIRE}"),
    "map of a council and next door": at(f"/council-tax/map/{COUNTY_DURHAM}"),
    "map of England": at("/council-tax/map"),
    "district": at(f"/council-tax/{NORTH_KESTEVEN}"),
    "district with its neighbours": at(f"/council-tax/{COUNTY_DURHAM}"),
    "district, moving to a place that is none": moving_nowhere,
    "two districts, if somebody moved": at(
        f"/council-tax/{COUNTY_DURHAM}/compare?with={NORTH_KESTEVEN}&age=22"
    ),
    "district in Wales": at(f"/council-tax/{SWANSEA}"),
    "help nearby": at("/help-nearby"),
    "help near a postcode": asked("/help-nearby", place="DH1 5UL"),
    "how far hubs are": at("/coverage"),
    "how far hubs are in one county": at(f"/coverage?council={LINCOLNSHIRE}"),
    "help now": at("/help-now"),
    "help now from one council": at(f"/help-now?by={LINCOLNSHIRE}"),
    "help near a district, narrowed": at("/help-nearby?in=E07000139&topic=housing&open=yes"),
    "services of an area": at("/services?in=E06000047"),
    "organisation": at("/organisations/durham-county-council"),
    "service with hours": at("/services/housing-north-kesteven"),
    "service at private places": at("/services/framework-lincs"),
    "service": at("/services/durham-care-leavers-service"),
    "beginning a visit": at("/visit"),
    "joining a visit": at("/join"),
    "remembering answers": remembering,
    "a visit that was left": left_a_visit,
    "a visit that is over": at("/visit/none"),
    "caseload": at("/caseload"),
    "no signal": at("/no-signal"),
    "saved list, with nothing saved": at("/saved-list"),
    "about": at("/about"),
    "privacy": at("/privacy"),
    "cookies": at("/cookies"),
    "accessibility statement": at("/accessibility"),
    "words": at("/words"),
    "documents": at("/docs"),
    "document": at("/docs/using-the-api"),
    "what changed": at("/what-changed"),
    "what changed in one council": at(f"/what-changed/{LINCOLNSHIRE}"),
    "not found": at("/nowhere"),
}
NOT_FOUND = ("not found",)

# One of each kind of page: what is looked at on these only holds for the rest, which share their parts.
# EVERY_SIGHT=1 looks at all.
KINDS = tuple(
    SIGHTS
    if os.environ.get("EVERY_SIGHT")
    else (
        "start", "start with faults", "results", "every question for advisers", "what-ifs for advisers",
        "right with local terms", "telling what is wrong",
        "what happens when for somebody", "search results", "search in a crisis", "a list from a link",
        "results on paper", "one page for prison", "councils side by side", "topic",
        "a home in one district", "ways to work and study", "map of a county", "district with its neighbours",
        "help near a postcode", "help now", "service with hours", "beginning a visit", "privacy", "document",
    )
)  # fmt: skip
