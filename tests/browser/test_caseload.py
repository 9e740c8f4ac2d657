"""A caseload worked out in a real browser: nothing of it leaves the device, with signal or without."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, Request, expect

from tests.browser.conftest import PATIENCE, NewContext
from tests.browser.test_privacy import STORED
from tests.browser.test_visit import check

ROWS = """Ref,Name,DOB,District,Status
=A1,Zzyzx Smith,{soon},North Kesteven,former relevant
A2,Qwyjibo Jones,31/2/2007,Boston,FR
A3,Xylo Brown,1/2/2004,Boston,qualifying
"""
RESULT = "[data-result]"
COUNT = """() => {
  window.said = new Set()
  new MutationObserver(() => window.said.add(document.querySelector("[data-progress]").textContent))
    .observe(document.querySelector("[data-progress]"), { childList: true })
}"""


@pytest.fixture
def sent(context: BrowserContext) -> list[Request]:
    """Every request of the context, as it goes out."""
    requests: list[Request] = []

    def note(request: Request) -> None:
        requests.append(request)

    context.on("request", note)
    return requests


@pytest.fixture
def opened(page: Page) -> Iterator[Page]:
    """The page with the rules of Lincolnshire."""
    page.goto("/caseload", wait_until="networkidle")
    page.select_option("#council", label="Lincolnshire")
    expect(page.locator("[data-ready]")).to_contain_text("you may switch off the internet")
    yield page


def rows_of(page: Page) -> str:
    """Somebody turns 21 tomorrow, by the clock of the page."""
    soon = page.evaluate("""() => {
      const day = new Date(Date.now() + 86400000)
      return `${day.getDate()}/${day.getMonth() + 1}/${day.getFullYear() - 21}`
    }""")
    return ROWS.format(soon=soon)


def work_out(page: Page, rows: str) -> None:
    page.locator("#rows").fill(rows)
    page.check("#until-year", force=True)
    page.get_by_role("button", name="Work it out").click()
    expect(page.locator(RESULT)).to_be_visible(timeout=10 * PATIENCE)  # thousands of rows are work


@pytest.mark.parametrize("signal", [True, False])
def test_from_paste_to_result_no_request_is_made_and_nothing_is_kept(
    opened: Page, context: BrowserContext, sent: list[Request], signal: bool
) -> None:
    context.set_offline(not signal)
    page, before = opened, len(sent)
    work_out(page, rows_of(page))
    found = page.locator(RESULT)
    expect(found).to_contain_text("Turns 21 on")
    expect(found).to_contain_text("There is no such day as 31/2/2007")
    expect(found).to_contain_text("Supported lodgings from 16 to 21")
    expect(found).to_contain_text("look like names, or lead to a person: Name.")
    assert "Zzyzx" not in found.inner_text() and "Qwyjibo" not in found.inner_text()
    with page.expect_download() as file:
        page.get_by_role("button", name="Save it as a CSV file").click()
    text = Path(file.value.path()).read_text("utf-8-sig")
    assert text.splitlines()[1].startswith("'=A1,2,"), "no spreadsheet works it out"
    assert "Zzyzx" not in text and "31/2/2007" in text
    asked = [each.url for each in sent[before:] if not each.url.startswith("blob:")]
    assert asked == [], "from paste to result and file"
    assert page.evaluate(STORED) == [] and context.cookies() == []
    assert page.url.endswith("/caseload")


def test_the_page_is_for_everybody_and_clear_wipes_it(opened: Page) -> None:
    check(opened)
    work_out(opened, rows_of(opened))
    expect(opened.locator(f"{RESULT} h2")).to_be_focused()
    check(opened)
    opened.locator(f"{RESULT} [data-do=clear]").click()
    expect(opened.locator(RESULT)).to_be_hidden()
    assert opened.input_value("#rows") == ""
    for secret in ("A3", "2007", "Smith"):
        assert secret not in opened.locator(RESULT).inner_html()
    assert opened.locator("#council option:checked").inner_text() == "Lincolnshire", "the rules stay"
    work_out(opened, rows_of(opened))
    opened.goto("/about")
    opened.go_back()
    assert opened.input_value("#rows") == "" and not opened.locator(RESULT).is_visible()


def test_by_keyboard_alone_with_words_twice_as_large(opened: Page) -> None:
    rows = rows_of(opened)
    opened.evaluate("document.documentElement.style.fontSize = '200%'")
    opened.evaluate("document.activeElement.blur()")
    reach(opened, "#rows")
    opened.keyboard.insert_text(rows)
    reach(opened, "button:not([hidden])", "Work it out")
    opened.keyboard.press("Enter")
    expect(opened.locator(RESULT)).to_be_visible()
    assert opened.evaluate("document.documentElement.scrollWidth <= innerWidth")


def reach(page: Page, selector: str, words: str = "") -> None:
    """Tabs to a thing that says these words."""
    for _ in range(80):
        page.keyboard.press("Tab")
        at = "([wanted, said]) => document.activeElement.matches(wanted) && "
        if page.evaluate(at + "document.activeElement.textContent.includes(said)", [selector, words]):
            return
    raise AssertionError(f"{selector} {words} cannot be reached with the Tab key")


def test_2000_rows_with_a_bar_and_a_way_out(opened: Page) -> None:
    many = "DOB,District,Status\n" + "".join(
        f"{n % 28 + 1}/{n % 12 + 1}/{2002 + n % 6},Boston,FR\n" for n in range(2000)
    )
    opened.evaluate(COUNT)
    work_out(opened, many)
    assert len(opened.evaluate("[...window.said]")) >= 5, "the page was shown again between the rows"
    expect(opened.locator("[data-summary]")).to_contain_text("People: ")
    opened.get_by_role("button", name="Work it out").click()
    opened.locator("form [data-do=clear]").click()  # while it works
    expect(opened.locator("progress")).to_be_hidden()
    assert opened.input_value("#rows") == "" and not opened.locator(RESULT).is_visible()


def test_files_are_read_or_refused_in_plain_words(opened: Page, tmp_path: Path) -> None:
    said = opened.locator("[data-refused]")
    for name, body, words in (
        ("large.csv", b"1/2/2004\n" * 560_000, "5 million letters or more"),
        ("book.csv", b"PK\x03\x04rest", "an Excel workbook"),
        ("wide.csv", "DOB;Status\r\n1/2/2004;LAC".encode("utf-16"), "wide.csv is read. Nothing was sent"),
    ):
        (tmp_path / name).write_bytes(body)
        opened.set_input_files("#file", tmp_path / name)
        expect(said).to_contain_text(words)
    assert opened.input_value("#rows").startswith("DOB;Status")
    for rows, words in (("", "There are no rows yet"), ("a,b\nc,d", "no column with birthdays")):
        opened.locator("#rows").fill(rows)
        opened.get_by_role("button", name="Work it out").click()
        expect(said).to_contain_text(words)
    assert not opened.locator(RESULT).is_visible()


def test_without_script_it_says_why_it_needs_one(new_context: NewContext) -> None:
    page = new_context(java_script_enabled=False).new_page()
    page.goto("/caseload")
    expect(page.locator("main")).to_contain_text("This page needs script")
    expect(page.locator("main")).to_contain_text("you would have to send us the rows")
    assert page.locator("textarea:visible, button:visible, input:visible").count() == 0
    page.locator("main a[href='/what-happens-when']").click()
    expect(page.locator("h1")).to_contain_text("What happens when")


@pytest.mark.parametrize("prefix", ["", "/ar"])
def test_on_a_narrow_phone_and_from_right_to_left(new_context: NewContext, prefix: str) -> None:
    page = new_context(size=(320, 640)).new_page()
    page.goto(f"{prefix}/caseload", wait_until="networkidle")
    page.locator("#rows").fill(rows_of(page))
    page.locator("[data-go]:not([aria-disabled])").click()
    expect(page.locator(RESULT)).to_be_visible()
    check(page)
