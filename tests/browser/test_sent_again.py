"""A form sent late, twice, from two tabs or half broken: nothing is lost, nothing untrue is shown."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from offer.published import Published
from tests.browser.conftest import NewContext, chromium_path
from tests.browser.in_this_process import Turnable, serving_here
from tests.browser.people import (
    DURHAM,
    LEFT_AT_18,
    SLEAFORD,
    Person,
    answered,
    entries,
    fill,
    say,
    send,
    told,
)

TODAY = date(2026, 11, 22)
BORN_21_YEARS_AGO_TOMORROW = Person(
    born=("23", "11", "2005"), place="NG34 7EF", council="Lincolnshire", ticks=LEFT_AT_18
)
CHANGED = "#changed"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, published: Published) -> Iterator[Turnable]:
    """The service in this process, in place of the one of the other browser tests."""
    if chromium_path() is None:
        pytest.skip("Chromium is not installed: these tests drive it")
    with serving_here(published, tmp_path_factory.mktemp("here"), TODAY) as running:
        yield running


@pytest.fixture(autouse=True)
def _as_it_was(server: Turnable, published: Published) -> Iterator[None]:
    yield
    server.day = TODAY
    server.publish(published)


def test_reload_shows_the_same_answer(page: Page) -> None:
    answered(page, SLEAFORD)
    say(page, "University, full time")
    before, notice = entries(page, "yes"), page.locator(CHANGED).inner_text()
    page.reload()
    assert entries(page, "yes") == before
    assert page.locator(CHANGED).inner_text() == notice
    assert told(page, "Where you live") == "Living in North Kesteven"


def test_back_and_forward_keep_each_answer(page: Page) -> None:
    answered(page, SLEAFORD)
    first = entries(page, "might")
    say(page, "University, full time")
    second = entries(page, "might")
    page.go_back()
    assert entries(page, "might") == first
    page.go_back()
    assert page.input_value("#place") == SLEAFORD.place
    page.go_forward()
    page.go_forward()
    assert entries(page, "might") == second


def test_two_clicks_are_one_answer(page: Page) -> None:
    page.goto("/")
    fill(page, SLEAFORD)
    page.get_by_role("button", name="Show what I can get").dblclick()
    expect(page.locator("h1")).to_have_text("What you can get")
    assert told(page, "Your age") == "Aged 19"
    page.locator("#ask > summary").click()
    page.get_by_role("button", name="University, full time").dblclick()
    expect(page.locator(CHANGED)).to_contain_text("more things you should be able to get")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_two_tabs_do_not_mix(new_context: NewContext, script: bool) -> None:
    context = new_context(java_script_enabled=script)
    one, two = context.new_page(), context.new_page()
    answered(one, SLEAFORD)
    answered(two, replace(DURHAM, age="22"))
    say(one, "University, full time")
    assert told(one, "Your age") == "Aged 19"
    assert told(two, "Your age") == "Aged 22"
    say(two, "No")
    assert told(two, "Where you live") == "Living in County Durham"
    one.reload()
    assert told(one, "Where you live") == "Living in North Kesteven"


def test_a_form_sent_an_hour_later_is_answered_without_a_word(page: Page) -> None:
    answered(page, SLEAFORD)
    assert page.locator(CHANGED).count() == 0


def test_a_form_opened_yesterday_is_answered_for_today_and_says_so(page: Page, server: Turnable) -> None:
    page.goto("/")
    fill(page, SLEAFORD)
    server.day = TODAY + timedelta(days=1)
    send(page)
    expect(page.locator(CHANGED)).to_have_text(
        "Worked out today, 23 November 2026. You filled it in on 22 November 2026."
    )
    expect(page.locator("main")).to_contain_text("Worked out on 23 November 2026.")


def test_an_answer_sent_across_a_birthday_counts_the_new_age(page: Page, server: Turnable) -> None:
    answered(page, BORN_21_YEARS_AGO_TOMORROW)
    assert "personal-adviser-to-21" in entries(page, "yes")
    server.day = TODAY + timedelta(days=1)
    say(page, "I do not know")
    assert "personal-adviser-to-21" not in entries(page, "yes")
    notice = page.locator(CHANGED)
    expect(notice).to_contain_text("Worked out today, 23 November 2026.")
    expect(notice).to_contain_text("no longer certain")
    expect(notice).to_be_focused()


def test_an_answer_sent_across_a_publication_says_that_the_list_was_updated(
    page: Page, server: Turnable, published: Published
) -> None:
    answered(page, SLEAFORD)
    server.publish(replace(published, version=published.version + 1))
    say(page, "I would rather not say")
    expect(page.locator(CHANGED)).to_contain_text("Our list has been updated since then.")


REFUSING = """
  for (const name of ['sessionStorage', 'localStorage', 'indexedDB', 'caches'])
    Object.defineProperty(window, name, { get() { throw new DOMException('refused', 'SecurityError') } });
  Object.defineProperty(document, 'cookie', { get() { return '' }, set() {} });
"""


def test_storage_and_cookies_refused_change_nothing(new_context: NewContext) -> None:
    context = new_context()
    context.add_init_script(REFUSING)
    page = answered(context.new_page(), SLEAFORD)
    say(page, "University, full time")
    expect(page.locator(CHANGED)).to_be_focused()
    page.get_by_role("link", name="Start again").click()
    assert page.input_value("#place") == ""
    assert context.cookies() == []


def test_scripts_that_never_come_are_not_missed(context: BrowserContext) -> None:
    context.route("**/*.mjs", lambda route: route.fulfill(content_type="text/javascript", body=""))
    page = answered(context.new_page(), SLEAFORD)
    say(page, "University, full time")
    expect(page.locator(CHANGED)).to_be_focused()
    page.go_back()
    assert told(page, "Your age") == "Aged 19"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_back_after_starting_again_shows_no_answer(new_context: NewContext, script: bool) -> None:
    page = answered(new_context(java_script_enabled=script).new_page(), SLEAFORD)
    say(page, "University, full time")
    page.get_by_role("link", name="Start again").click()
    expect(page.get_by_text("Your answers are gone from this page.")).to_be_visible()
    for _ in range(3):
        page.evaluate("() => { setTimeout(() => history.back()) }")  # answered before this page is left
        page.wait_for_timeout(400)
        page.wait_for_load_state()
        shown = page.locator("body").inner_text() if page.url.startswith("http") else ""
        assert "North Kesteven" not in shown
        if script:  # without it a browser may fill in its own form again: so we say "close this tab too"
            assert page.locator("#place").count() == 0 or page.input_value("#place") == ""


HOSTILE = {
    "very long": {"place": "x" * 5000, "age_years": "9" * 300},
    "markup": {"place": "<script>alert(1)</script>", "council": '"><img src=x onerror=alert(1)>'},
    "nothing we know": {"admin": "1", "__proto__": "x", "care_when[]": "left_at_18"},
    "marks of a page of ours, made up": {
        "seen": "2026-11-22.1.5.5.AAAA",
        "next": "care_when:zzz",
        "age_years": "19",
    },
    "marks that are none": {"seen": "....", "next": "::", "skip": "x:y z", "refused": "a b c"},
    "control signs": {"place": "NG34\u0000 7EF\u202e", "age_years": "１９"},
}
SUBMIT = """values => {
  const form = document.querySelector('#answers');
  for (const [name, value] of Object.entries(values)) {
    const field = Object.assign(document.createElement('textarea'), { name, value });
    form.prepend(field);
  }
  form.submit();
}"""


@pytest.mark.parametrize("case", HOSTILE)
def test_whatever_is_sent_is_answered_with_a_page_in_plain_words(page: Page, case: str) -> None:
    page.goto("/")
    with page.expect_response("**/results") as reply:
        page.evaluate(SUBMIT, HOSTILE[case])
    assert reply.value.status in (200, 422)
    expect(page.locator("h1")).to_have_text(
        "What you can get" if reply.value.status == 200 else "Your answers"
    )
    assert page.locator("img[src=x], main script").count() == 0


def test_a_field_sent_twice_counts_once(page: Page) -> None:
    page.goto("/")
    fill(page, SLEAFORD)
    page.evaluate(SUBMIT, {"age_years": "24"})  # stands first
    expect(page.locator("h1")).to_have_text("What you can get")
    assert told(page, "Your age") == "Aged 24"


def test_a_page_of_an_older_version_still_works(page: Page) -> None:
    """Its buttons were called `skip`, its questions were radios, and it carried no `seen`."""
    answered(page, SLEAFORD)
    page.locator("input[name=seen]").evaluate("field => field.remove()")
    page.evaluate(SUBMIT, {"skip": "savings_gbp:unsaid", "in_education": "he_ft", "gone_since": "1"})
    expect(page.locator("h1")).to_have_text("What you can get")
    page.locator(".app-told__row", has_text="more answers").locator("> summary").click()
    expect(page.locator(".app-told")).to_contain_text("University, full time")


def test_a_body_that_is_far_too_large_is_refused_in_plain_words(page: Page) -> None:
    page.goto("/")
    with page.expect_response("**/results") as reply:
        page.evaluate(SUBMIT, {"place": "x" * 70_000})
    assert reply.value.status == 413
    expect(page.locator("main")).to_contain_text("That is more than we can take in.")
    expect(page.locator("main a[href='/']")).to_be_visible()


def test_a_body_that_no_form_sends_is_not_taken_for_somebody_who_told_nothing(page: Page) -> None:
    page.goto("/")
    status, text = page.evaluate(
        """async () => {
             const headers = { 'Content-Type': 'application/json' };
             const reply = await fetch('/results', { method: 'POST', headers, body: '{"age_years": 19}' });
             return [reply.status, await reply.text()];
           }"""
    )
    assert status == 415
    assert "We could not read what was sent." in text
