"""html-validate, offline: the HTML standard's own rules and its rules of access, over pages as text.

    python -m tests.browser.validator      fetch it once, pinned by hash (npm, or the Python package of node)

Four of its rules are matters of taste, and are off in tests/htmlvalidate.json: a button without a type
sends its form, as ours should; a table drawn as blocks on a phone needs the roles it had; and a scrolling
region with a role is no section of the page.
"""

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Self

from templates.build import BuildError, Node

TESTS = Path(__file__).resolve().parent.parent
RULES = TESTS / "htmlvalidate.json"
PROGRAM = TESTS / "node_modules" / "html-validate" / "bin" / "html-validate.mjs"
SCRIPT = Path(__file__).with_name("validating.mjs")
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


class Validator:
    """One html-validate for a whole run: starting it takes longer than a page does."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def faults(self, page: str) -> list[str]:
        """What is not valid in a page, a line each: "12 no-dup-id Duplicate ID".

        Raises RuntimeError where the validator itself fails; why is on its own error output.
        """
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(_FILLED.sub(r"\1words", page)) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError("html-validate ended before it gave a report")
        found: list[str] = json.loads(line)
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.communicate()  # closes its input: it ends by itself


def validating(node: Node) -> Validator:
    """A validator, by the node of this machine or of a Python package."""
    return Validator(node.command("node", [str(SCRIPT), str(RULES)]))


if __name__ == "__main__":
    sys.exit(main())
