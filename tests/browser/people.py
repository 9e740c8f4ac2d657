"""The people who walk through the pages, and how they fill in the form."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

ENTRY = "/entitlements/"


@dataclass(frozen=True, slots=True)
class Person:
    """What somebody answers on the start page. `ticks` are radios by name; "" and {} are skipped."""

    age: str = ""
    born: tuple[str, str, str] | None = None
    place: str = ""
    council: str = ""
    ticks: Mapping[str, str] = field(default_factory=dict)


LEFT_AT_18 = {"care_when": "left_at_18", "care_13_weeks": "true"}
SLEAFORD = Person(age="19", place="NG34 7EF", council="Lincolnshire", ticks=LEFT_AT_18)
DURHAM = Person(age="19", place="DH1 5UL", council="Durham (County Durham)", ticks=LEFT_AT_18)


def fill(page: Page, person: Person) -> None:
    """Fill in the form of the start page that is open."""
    for part, text in zip(("day", "month", "year"), person.born or (), strict=False):
        page.fill(f"#dob-{part}", text)
    for name, text in (("#age_years", person.age), ("#place", person.place)):
        if text:
            page.fill(name, text)
    if person.council:
        page.select_option("#responsible_authority", label=person.council)
    for name, value in person.ticks.items():
        page.check(f"input[name={name}][value={value}]", force=True)


def send(page: Page) -> None:
    """Press the button of the start page."""
    page.get_by_role("button", name="Show what I can get").click()


def answered(page: Page, person: Person) -> Page:
    """From the start page to the answer."""
    page.goto("/")
    fill(page, person)
    send(page)
    return page


def entries(page: Page, group: str) -> set[str]:
    """The slugs of the entries named in a group of the results: "yes", "might" or "no".

    A name is a link; where no script runs it is a button that takes the answers along.
    """
    within = f"section[aria-labelledby={group}]"
    named = page.locator(f"{within} a[href^='{ENTRY}'], {within} button[formaction^='{ENTRY}']")
    found: list[str] = named.evaluate_all(
        "names => names.map(name => name.getAttribute('href') ?? name.getAttribute('formaction'))"
    )
    return {href.removeprefix(ENTRY) for href in found}


def block(page: Page, slug: str) -> str:
    """Everything the results say of an entry and of the council terms inside it, shown or folded."""
    item = page.locator(
        f"xpath=//main//h4[*[@href='{ENTRY}{slug}' or @formaction='{ENTRY}{slug}']]/ancestor::li[1]"
    )
    return item.text_content() or ""


def question(page: Page) -> Locator:
    """The next question of the results, opened where it is folded."""
    asked = page.locator("details#ask")
    if asked.get_attribute("open") is None:
        asked.locator("summary").first.click()
    return asked


def say(page: Page, answer: str) -> None:
    """Answer the next question of the results with one press."""
    question(page).get_by_role("button", name=answer, exact=True).click()


def told(page: Page, label: str) -> str:
    """What the results say was told, by its label."""
    about = page.locator(".app-told__label", has_text=label)
    row = page.locator(".app-told__row, .app-told__line", has=about).last
    return row.locator("> summary .app-told__value").text_content() or ""
