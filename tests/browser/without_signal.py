"""The list saved for no signal, as tests use it: saved, answered from, and what a phone still holds."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.people import Person

APP = "[data-app]:not([hidden])"
LEFT_BEHIND = """async () => [
  ...(await caches.keys()), ...Object.keys({...localStorage}),
  ...Object.keys({...sessionStorage}).filter(key => !["clock", "wiped"].includes(key)),
  ...(await indexedDB.databases()).map(base => base.name),
  ...(await navigator.serviceWorker.getRegistrations()).map(each => each.scope),
]"""
Phone = Callable[..., BrowserContext]


def save(page: Page, language: str = "") -> None:
    """Tap "Save for no signal" and wait until it is saved. `language`: "/ar", or "" for English."""
    page.goto(f"{language}/no-signal")
    page.locator("[data-do=save]").click()
    expect(page.locator("[data-kept]")).to_be_visible()
    page.wait_for_function("() => navigator.serviceWorker.controller !== null")


def shown(page: Page) -> dict[str, set[str]]:
    """The slugs of the results on the phone, by group."""
    return {
        group: {
            href.removeprefix("#about-")
            for href in page.locator(f"[data-results] .app-group--{group} a").evaluate_all(
                "links => links.map(link => link.getAttribute('href'))"
            )
        }
        for group in ("yes", "might", "no")
    }


def choose(page: Page, person: Person, district: str) -> None:
    """Answer the four questions of the saved list."""
    page.locator("[data-go=answers]").click()
    page.fill("#age_years", person.age)
    page.fill("#filter", district[:5])
    page.select_option("#lives_in", label=district)
    page.select_option("#responsible_authority", label=person.council)
    for name, value in person.ticks.items():
        page.check(f"#answers input[name={name}][value={value}]", force=True)
    page.locator("#answers .app-go").click()
    expect(page.locator("[data-view=results]")).to_be_visible()
