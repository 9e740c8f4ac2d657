"""April's council tax in a real browser: the sheet, a spreadsheet, the report on it, one draft change."""

import re
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.browser.conftest import NewContext
from tests.browser.desks import sit_down
from tests.browser.looks import barriers
from tests.browser.serving import Server

DISTRICT = "North Kesteven"


def edited(sheet: Path) -> Path:
    """What somebody does in a spreadsheet: another age in one district's row."""
    book = load_workbook(sheet)
    rows = book["Amounts and terms"]
    at = {cell.value: number for number, cell in enumerate(rows[1])}
    districts = {str(row[at["Place"]].value): row for row in rows.iter_rows(min_row=2)}
    row = next(row for place, row in districts.items() if place.startswith(DISTRICT))
    assert row[at["New from"]].value, "the first of April stands there already"
    row[at["Age before"]].value = 24
    book.save(sheet)
    return sheet


def test_aprils_new_age_of_a_district_from_download_to_draft_change(
    server: Server, new_context: NewContext, tmp_path: Path
) -> None:
    context = new_context()
    sit_down(context, server.address, server.log.parent, "editor", "england", "Noor")
    page = context.new_page()
    page.goto("/staff")
    page.get_by_role("navigation", name="Staff").get_by_role("link", name="Sheets").click()
    assert barriers(page) == {}
    page.select_option("#april-of", label="Districts of Lincolnshire")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download for April").click()
    sheet = tmp_path / "april.xlsx"
    download.value.save_as(sheet)
    _wrong_file(page, tmp_path)
    page.set_input_files("#sheet", edited(sheet))
    page.get_by_role("button", name="Show what would change").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What april.xlsx would change")
    expect(page.get_by_text(re.compile("The old row ends on 1 April 20"))).to_be_visible()
    assert barriers(page) == {}
    page.fill("#title", "New age in one district")
    page.get_by_role("button", name="Make this a draft change").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("New age in one district")
    page.goto("/staff/feeds")
    assert barriers(page) == {}


def _wrong_file(page: Page, folder: Path) -> None:
    """A file that is none of ours is told, and the page stays usable."""
    wrong = folder / "names.csv"
    wrong.write_text("Name,Age\nSam,18\n")
    page.set_input_files("#sheet", wrong)
    page.get_by_role("button", name="Show what would change").click()
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_text("There is no sheet of ours in the file")).to_be_visible()
    assert barriers(page) == {}
