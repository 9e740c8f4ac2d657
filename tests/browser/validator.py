"""html-validate, offline: the HTML standard's own rules and its rules of access, over pages as text.

    python -m tests.browser.validator      fetch it once, pinned by hash (npm, or the Python package of node)

Four of its rules are matters of taste, and are off in tests/htmlvalidate.json: a button without a type
sends its form, as ours should; a table drawn as blocks on a phone needs the roles it had; and a scrolling
region with a role is no section of the page.
"""

import json
import re
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from templates.build import BuildError, Node
from tests.conftest import Run

TESTS = Path(__file__).resolve().parent.parent
RULES = TESTS / "htmlvalidate.json"
PROGRAM = TESTS / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
# An element of a <template> that stands empty until a script fills it, as `data-text` and `data-say` tell.
_FILLED = re.compile(r"(<(\w+)[^>]*\sdata-(?:text|say)=[^>]*>)(?=</\2>)")


def main() -> int:
    """Fetch the validator; 0 done, 1 failed with one plain line."""
    with tempfile.TemporaryDirectory() as folder:
        try:
            words = ["ci", "--prefix", str(TESTS), "--ignore-scripts", "--no-audit", "--no-fund"]
            Node(Path(folder)).npm(words)
        except BuildError as error:
            print(error, file=sys.stderr)
            return 1
    return 0


def faults(pages: Mapping[str, str], folder: Path, node: Run) -> list[str]:
    """What is not valid in pages by name, a line each: "start:12 no-dup-id Duplicate ID".

    `folder` is an empty one to write to. Raises RuntimeError where the validator itself fails.
    """
    for name, text in pages.items():
        (folder / f"{name}.html").write_text(_FILLED.sub(r"\1words", text), "utf-8")
    report, failed = folder / "report.json", None
    try:
        node([str(PROGRAM), "--config", str(RULES), "--formatter", f"json={report}", str(folder)])
    except BuildError as fault:  # it fails where a page is not valid, too: the report tells which it was
        failed = fault
    if not report.is_file():
        raise RuntimeError(f"html-validate gave no report: {failed}")
    found: list[dict[str, Any]] = json.loads(report.read_text("utf-8"))
    return [
        f"{Path(page['filePath']).stem}:{fault['line']} {fault['ruleId']} {fault['message']}"
        for page in found
        for fault in page["messages"]
    ]


if __name__ == "__main__":
    sys.exit(main())
