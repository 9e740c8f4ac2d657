"""`python -m tests.bench`: every goal of the issues, met or missed. It never fails a build.

With `--quick` the two starts in a fresh clone, which take minutes, are left out, and the shared visits
are 60 in place of 500.
"""

import argparse
import json
import platform
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial

from tests.bench import (
    catalogue,
    eligibility,
    finding,
    first_paint,
    nearby,
    on_the_hour,
    openreferral,
    postcodes,
    serving,
    twin,
    visible,
    visits,
)
from tests.bench.edition import ROOT
from tests.bench.goals import Goal, table

FILE = ROOT / "var" / "bench.json"


def main() -> None:
    """Measure, print a table and write var/bench.json."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="leave out the starts in a fresh clone; fewer visits"
    )
    fresh = not parser.parse_args().quick
    parts: dict[str, Callable[[], Iterator[Goal]]] = {
        "rules": eligibility.goals,
        "catalogue": catalogue.goals,
        "places": postcodes.goals,
        "nearest": nearby.goals,
        "search": finding.goals,
        "open referral": openreferral.goals,
        "publishing": visible.goals,
        "the hour": on_the_hour.goals,
        "visits": partial(visits.goals, quick=not fresh),
        "twin": twin.goals,
        "first paint": first_paint.goals,
        "service": partial(serving.goals, fresh=fresh),
    }
    found = [goal for name, goals in parts.items() for goal in _measured(name, goals)]
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(json.dumps(_report(found), indent=2, ensure_ascii=False) + "\n", "utf-8")
    print("\n".join(table(found)))
    missed = sum(goal.met is False for goal in found)
    print(f"\n{missed} missed. Written to {FILE.relative_to(ROOT)}.")


def _measured(name: str, goals: Callable[[], Iterator[Goal]]) -> list[Goal]:
    """The goals of one part. What goes wrong is a line of the table: a bench never fails."""
    print(f"measuring {name} …", file=sys.stderr, flush=True)
    found = []
    try:
        for goal in goals():
            found.append(goal)
    except Exception as fault:
        found.append(Goal(f"{name}: stopped", None, "", note=f"{type(fault).__name__}: {fault}"))
    return found


def _report(goals: list[Goal]) -> dict[str, object]:
    machine = {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "system": platform.system(),
    }
    return {"at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()), **machine,
            "goals": [goal.as_json() for goal in goals]}  # fmt: skip


if __name__ == "__main__":
    main()
