"""Ask for known faults in the packages that style sheets and modules are built with.

    python -m templates.audit

Fails where there is one, and where nobody could be asked.
"""

import sys
import tempfile
from pathlib import Path

from templates.build import HERE, BuildError, Node

FAILURE = "The packages of the style sheets are not known to be sound: a fault was found, or nobody answered"


def main() -> int:
    """0: none known; 1: there is one, or nobody answered, in one plain line."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            Node(Path(folder)).npm(["audit", "--prefix", str(HERE), "--package-lock-only"], FAILURE)
    except BuildError as error:
        print(error, file=sys.stderr)
        return 1
    print("No known faults in the packages of the style sheets")
    return 0


if __name__ == "__main__":
    sys.exit(main())
