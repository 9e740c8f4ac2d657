"""The saved list in a real browser: the server gone, the phone offline, hardly any signal; all taken away."""

import json
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote_plus

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import PATIENCE, PHONE
from tests.browser.looks import axe, resized
from tests.browser.outage import Outage
from tests.browser.people import DURHAM, LEFT_AT_18, SLEAFORD, Person, answered, entries, fill, send
from tests.browser.serving import serving
from tests.browser.without_signal import APP, LEFT_BEHIND, Phone, choose, save, shown

BUDGET = 120_000  # bytes on the wire for saving England and two councils
KENT = Person(age="17", place="Canterbury", council="Kent", ticks={"care_when": "left_at_16_or_17"})
SAVED = """async () => {
  const kept = await caches.open("saved")
  const pairs = (await kept.keys()).map(async key => [key.url, await (await kept.match(key)).text()])
  return Object.fromEntries(await Promise.all(pairs))
}"""

PEOPLE = {
    "living in Lincolnshire": (SLEAFORD, "North Kesteven"),
    "living in Durham": (DURHAM, "Durham (County Durham)"),
    "in Kent, 17": (KENT, "Canterbury"),
}


@pytest.mark.parametrize("name", PEOPLE)
def test_with_the_server_dead_the_phone_says_what_the_server_said(
    phone: Phone, road: Outage, name: str
) -> None:
    person, district = PEOPLE[name]
    page = phone().new_page()
    answered(page, person)
    online = {group: entries(page, group) for group in ("yes", "might", "no")}
    tally = page.locator(".app-tally b").all_inner_texts()
    assert online["yes"] | online["might"]
    save(page)
    road.cut()
    page.goto("/")
    page.wait_for_selector(APP)
    page.locator("[data-forget]").click()  # nothing is taken over: every question is answered here
    choose(page, person, district)
    assert shown(page) == online
    assert page.locator("[data-results] .app-tally b").all_inner_texts() == tally
    expect(page.locator("[data-when]")).to_contain_text("Worked out on this phone from the list saved on")


def test_offline_nothing_is_asked_of_anybody_and_no_address_holds_a_fact(phone: Phone, road: Outage) -> None:
    context = phone()
    page = context.new_page()
    answered(page, SLEAFORD)
    save(page)
    context.set_offline(True)
    page.goto("/entitlements/setting-up-home-allowance")
    expect(page.locator("[data-entry] h3")).to_have_text("Money to set up your first home")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    addresses = []
    for view in ("results", "answers", "places", "find", "help"):
        page.locator(f"[data-go={view}]").click()
        expect(page.locator(f"[data-view={view}]")).to_be_visible()
        addresses.append(unquote_plus(page.url))
    choose(page, DURHAM, "Durham (County Durham)")
    addresses.append(unquote_plus(page.url))
    assert [url for url in asked if "/assets/icon." not in url] == []
    parts = [address.split("/", 3)[3].lower() for address in addresses]
    for secret in ("19", "ng34", "e0", "e1", "left_at", "durham", "kesteven"):
        assert not [part for part in parts if secret in part]


def test_my_list_is_there_without_signal_with_numbers_and_hours(phone: Phone, road: Outage) -> None:
    page = phone().new_page()
    answered(page, SLEAFORD)
    save(page)
    page.goto("/services/housing-north-kesteven")
    page.get_by_role("button", name="Keep").click()
    page.evaluate(
        "localStorage.setItem('list', JSON.stringify("
        "['setting-up-home-allowance', ...JSON.parse(localStorage.list), 'gone-for-good']))"
    )
    road.cut()
    page.goto("/my-list")
    view = page.locator("[data-view=list]")
    expect(view.get_by_role("link", name="Money to set up your first home")).to_be_visible()
    expect(view.locator("a[href^='tel:01529']").first).to_be_visible()
    expect(view).to_contain_text("NG34 7EF")
    expect(view).to_contain_text("Monday to Thursday")
    expect(view).to_contain_text("On your list, but not saved on this phone: 1.")


def test_the_next_question_is_asked_and_answered_on_the_phone(phone: Phone, road: Outage) -> None:
    page = phone().new_page()
    answered(page, SLEAFORD)
    save(page)
    road.cut()
    page.goto("/results")
    asked = page.locator("#next legend, #next label").first.text_content() or ""
    before = shown(page)
    page.locator("#next summary").first.click()
    page.locator("#next input[type=radio]").first.check(force=True)
    page.get_by_role("button", name="Update my results").click()
    expect(page.locator("#next legend, #next label").first).not_to_have_text(asked)
    assert set().union(*shown(page).values()) == set().union(*before.values())
    page.go_back()
    page.go_forward()
    assert "answers" in page.evaluate("Object.keys({...sessionStorage})")


def test_signal_lost_in_mid_answer_with_a_list_saved(phone: Phone, road: Outage) -> None:
    page = phone().new_page()
    save(page)
    page.goto("/")
    fill(page, Person(age="19", place="North Kesteven", council="Lincolnshire", ticks=LEFT_AT_18))
    road.cut()
    page.get_by_role("button", name="Show what I can get").click()
    page.wait_for_selector(APP)
    expect(page.locator("[data-view=results]")).to_be_visible()
    found = shown(page)
    assert found["yes"]
    page.go_back()
    expect(page.locator("#age_years")).to_have_value("19")
    road.state = "open"
    page.goto("/")
    fill(page, SLEAFORD)
    send(page)
    assert entries(page, "yes") >= found["yes"] - {"council-tax-north-kesteven"}


def test_a_postcode_typed_without_signal_leads_to_the_list_of_districts(phone: Phone, road: Outage) -> None:
    page = phone().new_page()
    save(page)
    page.goto("/")
    fill(page, SLEAFORD)
    road.cut()
    page.get_by_role("button", name="Show what I can get").click()
    page.wait_for_selector(APP)
    expect(page.locator("#answers [data-faults]")).to_contain_text("we cannot read a postcode")
    assert page.input_value("#age_years") == "19"
    page.fill("#filter", "north kes")
    expect(page.locator("#lives_in option:checked")).to_have_text("North Kesteven")
    page.get_by_role("button", name="Show what I can get").click()
    assert shown(page)["yes"]


def test_signal_lost_in_mid_answer_with_nothing_saved(phone: Phone, road: Outage) -> None:
    page = phone().new_page()
    page.goto("/")
    fill(page, SLEAFORD)
    road.cut()
    page.get_by_role("button", name="Show what I can get").click()
    said = page.get_by_role("alert")
    expect(said).to_contain_text("Nothing is lost")
    expect(said.locator("a[href='tel:999']")).to_be_visible()
    assert (page.input_value("#age_years"), page.input_value("#place")) == ("19", "NG34 7EF")
    assert said.evaluate("said => said.nextElementSibling.matches('.app-go')")  # where it was pressed
    assert axe(page) == []
    road.state = "open"
    page.get_by_role("button", name="Show what I can get").click()
    expect(page.locator("h1")).to_have_text("What you can get")


FORMS = {
    "/entitlements/bus-travel/feedback": ("#text", "My council said that it ends at 24.", "Send"),
    "/search": ("#q", "kicked out tonight", "Search"),
    "/help-nearby": ("#place", "DH1 5UL", "Show help"),
    "/council-tax": ("#place", "DH1 5UL", "Find my rule"),
    "/housing": ("#place", "DH1 5UL", "Show my district"),
    "/join": ("#code", "C4H K9T", "Ask to join"),
}


ANSWERED = ("/search", "/help-nearby")  # by the phone itself, where a list is saved


@pytest.mark.parametrize("saved", [False, True], ids=["nothing saved", "a list saved"])
def test_what_was_typed_anywhere_stays_where_nobody_answers(phone: Phone, road: Outage, saved: bool) -> None:
    page = phone().new_page()
    if saved:
        page.goto("/")
        save(page)
    for address, (field, words, button) in FORMS.items():
        if saved and address in ANSWERED:
            continue
        road.state = "open"
        page.goto(address)
        page.fill(field, words)
        road.cut()
        page.get_by_role("main").get_by_role("button", name=button, exact=True).click()
        said = page.locator("[data-lost-said]")
        expect(said).to_contain_text("Nothing is lost")
        expect(said).to_be_focused()
        assert page.input_value(field) == words
        assert (said.locator("a[href='tel:999']").count() == 1) == (address in ANSWERED)
        assert page.evaluate("sessionStorage.getItem('sent')") is None


def test_a_search_sent_as_the_signal_went_is_answered_from_the_saved_list(phone: Phone, road: Outage) -> None:
    page = phone().new_page()
    page.goto("/")
    save(page)
    page.goto("/search")
    page.fill("#q", "prescriptions")
    road.cut()
    page.press("#q", "Enter")
    page.wait_for_selector(APP)
    found = page.locator("[data-view=find]")
    expect(found.locator("input[type=search], input[name=q]").first).to_have_value("prescriptions")
    expect(found).to_contain_text("prescriptions")


def test_a_phone_that_knows_it_has_no_network_never_leaves_the_page(phone: Phone) -> None:
    page = phone().new_page()
    answered(page, SLEAFORD)
    page.context.set_offline(True)
    for name in ("Print a sheet", "Print a sheet", "What happens when"):
        page.get_by_role("button", name=name).click()
        expect(page.locator("[data-lost-said]")).to_be_focused()
        assert page.locator("[data-lost-said]").count() == 1
    page.context.set_offline(False)
    page.get_by_role("button", name="What happens when").click()
    expect(page.locator("h1")).to_have_text("What happens when for you")
    page.context.set_offline(True)
    page.get_by_role("button", name="My results").click()
    expect(page.locator("[data-lost-said]")).to_be_focused()


def test_on_a_slow_line_the_button_shows_that_it_was_pressed(phone: Phone, road: Outage) -> None:
    page = phone().new_page()
    page.goto("/")
    fill(page, SLEAFORD)
    go = page.get_by_role("button", name="Show what I can get")
    road.slow()
    go.press("Enter")
    expect(go).to_have_attribute("data-pressed", "")
    expect(page.get_by_role("alert")).to_contain_text("Nothing is lost")
    expect(go).not_to_have_attribute("data-pressed", "")


def test_with_hardly_any_signal_the_saved_list_comes_after_a_few_seconds_then_at_once(
    phone: Phone, road: Outage
) -> None:
    page = phone().new_page()
    answered(page, SLEAFORD)
    save(page)
    road.slow()
    page.goto("/topics/money", wait_until="commit")
    page.wait_for_selector(APP)  # long before the server's reply
    expect(page.locator("[data-view=find]")).to_be_visible()
    asked = road.asked
    for address in ("/help-now", "/results"):
        page.goto(address, wait_until="commit")
        page.wait_for_selector(APP)
    assert road.asked == asked, "after one time-out nobody waits again"
    road.state = "open"
    page.locator("[data-try]").click()
    expect(page.locator("h1")).not_to_have_text("Your saved list")


def test_one_button_takes_everything_away(phone: Phone, road: Outage) -> None:
    page = phone().new_page()
    answered(page, SLEAFORD)
    save(page)
    assert len(page.evaluate(LEFT_BEHIND)) >= 3
    page.get_by_role("button", name="Remove it from this phone").click()
    expect(page.locator("[data-save] [role=status]")).to_contain_text("gone from this phone")
    assert page.evaluate(LEFT_BEHIND) == []
    page.reload()
    expect(page.get_by_role("button", name="Save for no signal")).to_be_visible()


def test_nothing_is_saved_and_no_worker_registered_before_the_tap(phone: Phone) -> None:
    page = phone().new_page()
    answered(page, SLEAFORD)
    page.goto("/no-signal", wait_until="networkidle")
    assert page.evaluate(LEFT_BEHIND) == ["answers"]


def test_what_is_saved_says_nothing_about_the_person(phone: Phone) -> None:
    page = phone().new_page()
    answered(page, SLEAFORD)
    save(page)
    saved: dict[str, str] = page.evaluate(SAVED)
    paths = {url.split("/", 3)[3] for url in saved}
    assert {"saved-list", "pack/saved"} <= paths
    assert all(path in ("saved-list", "pack/saved") or path.startswith("assets/") for path in paths)
    pack = next(text for url, text in saved.items() if url.endswith("/pack/saved"))
    data = json.loads(pack)
    assert (data["by"], data["lives_in"]) == ("E10000019", "E07000139")
    address = "/pack/saved?by=E10000019&in=E07000139"
    assert pack == page.request.get(address).text(), "the same for everybody with these councils"


AWAY = replace(DURHAM, council="Lincolnshire")  # two councils that publish much


@pytest.mark.parametrize("person", [SLEAFORD, AWAY], ids=["county and district", "two large councils"])
def test_saving_costs_no_more_than_its_budget(phone: Phone, person: Person) -> None:
    """All that a tap fetches: the list, the page, and the scripts that the page before did not have."""
    page = phone().new_page()
    answered(page, person)
    page.goto("/no-signal", wait_until="networkidle")
    sizes: list[int] = []
    page.context.on(
        "requestfinished", lambda request: sizes.append(max(0, request.sizes()["responseBodySize"]))
    )
    page.locator("[data-do=save]").click()
    expect(page.locator("[data-save] [role=status]")).to_contain_text("Works without signal")
    assert 60_000 < sum(sizes) <= BUDGET


def test_how_far_saving_has_come_is_said(phone: Phone) -> None:
    page = phone().new_page()
    page.goto("/no-signal")
    page.evaluate("""() => {
      window.said = []
      const status = document.querySelector("[data-save] [role=status]")
      new MutationObserver(() => window.said.push(status.textContent)).observe(status, {childList: true})
    }""")
    page.locator("[data-do=save]").click()
    expect(page.locator("[data-save] [role=status]")).to_contain_text("Works without signal")
    said: list[str] = page.evaluate("window.said")
    assert said[0] == "Saving…"
    assert [each for each in said if each.startswith("Saving… ") and each.endswith(" kB")]
    assert said[-1].startswith("List saved on ")


REFUSED = "() => Promise.reject(new DOMException('no', 'SecurityError'))"
THROWS = "{get: () => { throw new DOMException('no', 'SecurityError') }}"
REFUSALS = {
    "no service workers": "delete Navigator.prototype.serviceWorker",
    "no cache": "Object.defineProperty(globalThis, 'caches', {value: undefined})",
    "a cache that throws": f"if (globalThis.CacheStorage) CacheStorage.prototype.open = {REFUSED}",
    "storage that throws": f"""
      for (const name of ['sessionStorage', 'localStorage'])
        Object.defineProperty(window, name, {THROWS})
      if (globalThis.CacheStorage) CacheStorage.prototype.match = CacheStorage.prototype.open = {REFUSED}
    """,
}


@pytest.mark.parametrize("refusal", REFUSALS)
def test_where_the_browser_refuses_to_keep_anything_it_is_said_and_nothing_breaks(
    phone: Phone, refusal: str
) -> None:
    context = phone()
    context.add_init_script(REFUSALS[refusal])
    page = context.new_page()
    answered(page, SLEAFORD)
    expect(page.locator("h1")).to_have_text("What you can get")
    page.goto("/no-signal")
    page.locator("[data-do=save]").click()
    expect(page.locator("[data-save] [role=status]")).to_contain_text("does not let us save")
    page.goto("/saved-list")
    expect(page.locator("[data-before]")).to_contain_text("Nothing is saved on this phone yet")


def test_a_full_phone_is_told_so_and_nothing_is_left(phone: Phone) -> None:
    context = phone()
    full = "() => Promise.reject(new DOMException('full', 'QuotaExceededError'))"
    context.add_init_script(f"if (globalThis.Cache) Cache.prototype.put = {full}")
    page = context.new_page()
    page.goto("/no-signal")
    page.locator("[data-do=save]").click()
    expect(page.locator("[data-save] [role=status]")).to_contain_text("no room left")
    assert page.evaluate(LEFT_BEHIND) == []


def test_signal_lost_while_saving_leaves_nothing_half_saved(phone: Phone, road: Outage) -> None:
    page = phone().new_page()
    page.goto("/no-signal", wait_until="networkidle")
    road.cut()
    page.locator("[data-do=save]").click()
    expect(page.locator("[data-save] [role=status]")).to_contain_text("nothing new is saved")
    assert page.evaluate(LEFT_BEHIND) == []


def test_a_page_of_another_day_says_which(phone: Phone) -> None:
    page = phone().new_page()
    page.goto("/help-now")
    assert page.locator(".app-old").is_hidden()
    page.clock.install()
    page.goto("/help-now")
    page.clock.fast_forward(31 * 24 * 3_600_000)  # a tab left open for a month
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator(".app-old")).to_contain_text("From")
    assert axe(page) == []


def test_a_list_of_last_month_says_so(phone: Phone, road: Outage) -> None:
    page = phone().new_page()
    answered(page, SLEAFORD)
    save(page)
    road.cut()
    page.clock.install()
    page.clock.fast_forward(40 * 24 * 3_600_000)
    page.goto("/saved-list")
    page.wait_for_selector(APP)
    expect(page.locator("[data-aged]")).to_contain_text("Things may have changed")


VIEWS = ("answers", "results", "places", "find", "help", "about-setting-up-home-allowance")


def test_no_view_of_the_saved_list_has_a_barrier(phone: Phone, road: Outage) -> None:
    page = phone().new_page()
    answered(page, SLEAFORD)
    save(page)
    road.cut()
    found = {}
    for view in VIEWS:
        resized(page, *PHONE)
        page.goto("about:blank")
        page.goto(f"/saved-list#{view}")
        page.wait_for_selector(f"{APP} [data-view]:visible")
        page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
        found[view] = axe(page)
        resized(page, 320, 640)
        wide = page.evaluate("document.documentElement.scrollWidth")
        found[view] += [f"{wide} pixels wide"] * (wide > 320)
    assert {view: faults for view, faults in found.items() if faults} == {}


def test_the_simple_search_says_what_it_is_and_finds_by_other_names(phone: Phone, road: Outage) -> None:
    page = phone().new_page()
    answered(page, SLEAFORD)
    save(page)
    road.cut()
    page.goto("/search?q=washing+machine")
    page.wait_for_selector(APP)
    expect(page.locator("[data-found] a").first).to_have_text("Money to set up your first home")
    expect(page.locator("#search")).to_contain_text("simple search")
    page.fill("#look", "zyzzx")
    page.press("#look", "Enter")
    expect(page.locator("[data-found]")).to_contain_text("Nothing in the saved list has that word")


def test_a_killed_server_and_a_new_tab(chromium: Browser, tmp_path: Path, places_file: Path) -> None:
    """The process itself is ended, not only the road to it."""
    with serving(tmp_path / "data", places_file) as running:
        context = chromium.new_context(base_url=running.address, locale="en-GB")
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        answered(page, SLEAFORD)
        online = entries(page, "yes")
        save(page)
    page.goto("/results")
    page.wait_for_selector(APP)
    assert shown(page)["yes"] == online
    other = context.new_page()
    other.goto("/")
    other.wait_for_selector(APP)
    expect(other.locator("[data-view=answers]")).to_be_visible()
    context.close()
