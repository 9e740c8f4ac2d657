"""One target under atheris, in a process of its own: libFuzzer ends the process it runs in.

Run by `python -m tests.fuzz`, as `python -m tests.fuzz.hunting TARGET and libFuzzer's own words`.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import atheris

if TYPE_CHECKING:
    from offer.published import Published

ROOT = Path(__file__).resolve().parent.parent.parent


def main(name: str, *words: str) -> None:
    """Looks for inputs that break the target's contract until libFuzzer's time is over."""
    with atheris.instrument_imports(include=["offer", "directory", "search"]):
        from tests.fuzz.targets import TARGETS

    feed = TARGETS[name].make(published_edition())
    atheris.Setup([name, *words], feed)
    atheris.Fuzz()


def published_edition() -> Published:
    """The starter catalogue; imported late, so that what is imported is instrumented."""
    from directory.places import Places
    from tests.editions import starter_edition

    return starter_edition(Places.open_or_build(ROOT / "var" / "test-places" / "places.bin"))


if __name__ == "__main__":
    main(*sys.argv[1:])
