"""Valid HTML: what the server sends for every sight, with and without script, and what scripts make of it."""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import NewContext
from tests.browser.sights import SIGHTS
from tests.browser.test_weight import documents, loading
from tests.browser.validator import PROGRAM, faults
from tests.conftest import Run

pytestmark = pytest.mark.skipif(
    not PROGRAM.is_file(), reason="html-validate is not here: python -m tests.browser.validator fetches it"
)
NEEDS_SCRIPT = {"search among somebody's answers"}


def sent(page: Page, sight: str) -> str:
    """The page as the server sent it."""
    requests = loading(page)
    SIGHTS[sight](page)
    return documents(requests)[-1].text()


def test_every_page_is_valid_as_it_is_sent_and_after_its_scripts(
    new_context: NewContext, tmp_path: Path, node: Run
) -> None:
    pages = {}
    for sight in SIGHTS:
        page = new_context().new_page()
        pages[sight] = sent(page, sight)
        pages[f"{sight}, scripts run"] = page.content()
        page.close()
    assert len(pages) == 2 * len(SIGHTS)
    assert faults(pages, tmp_path, node) == []


def test_every_page_is_valid_where_no_script_runs(new_context: NewContext, tmp_path: Path, node: Run) -> None:
    page = new_context(java_script_enabled=False).new_page()
    pages = {sight: sent(page, sight) for sight in SIGHTS if sight not in NEEDS_SCRIPT}
    assert faults(pages, tmp_path, node) == []


BROKEN = """<!DOCTYPE html><html lang="en"><head><title>x</title></head><body>
<p id="a"><div id="a"></div></p><img src="x.png"><ul><p>in a list</p></ul></body></html>"""


def test_the_validator_sees_what_is_not_valid(tmp_path: Path, node: Run) -> None:
    found = "\n".join(faults({"broken": BROKEN}, tmp_path, node))
    assert all(rule in found for rule in ("no-dup-id", "element-permitted-content", "wcag/h37"))
