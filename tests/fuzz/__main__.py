"""`make fuzz`: each target under atheris for a while, one after another, and a note of what came of it.

    python -m tests.fuzz [--seconds N] [target …]

What breaks a contract is kept in tests/fuzz/corpus/TARGET/found-…, where the ordinary tests replay it; the
corpus that grows meanwhile stays in var/fuzz. Needs atheris: `make fuzz` installs it.
"""

import argparse
import hashlib
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from tests import strength
from tests.fuzz.target import Target
from tests.fuzz.targets import TARGETS

ROOT = Path(__file__).resolve().parent.parent.parent
GROWN = ROOT / "var" / "fuzz"
LONGEST = 2048  # bytes of an input
PATIENCE = 30  # seconds for one input: far beyond what any takes
MEMORY = 2500  # MB
_RUNS = re.compile(r"stat::number_of_executed_units: (\d+)")
_DONE = re.compile(r"#(\d+)\s")


@dataclass(frozen=True, slots=True)
class Hunt:
    """How often a target was fed, and the inputs that broke its contract."""

    runs: int
    found: tuple[Path, ...]


def main() -> int:
    """Every target asked for; 1 where a contract broke."""
    asked = _arguments()
    broken = 0
    for name in asked.targets or TARGETS:
        target = TARGETS[name]
        print(f"{name}: {target.reads} …", flush=True)
        hunt = hunted(target, asked.seconds)
        print(f"  {hunt.runs:,} inputs, {len(hunt.found)} broke the contract", flush=True)
        for path in hunt.found:
            print(f"  {path.relative_to(ROOT)}", flush=True)
        strength.note(
            "attack",
            f"noise: {target.reads}",
            hunt.runs,
            hunt.runs - len(hunt.found),
            f"make fuzz ARGS={name}",
        )
        broken += len(hunt.found)
    return int(broken > 0)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument(
        "targets", nargs="*", metavar="target", help=f"of {', '.join(TARGETS)}; without any: all"
    )
    asked = parser.parse_args()
    unknown = sorted({*asked.targets} - {*TARGETS})
    if unknown:
        parser.error(f"no target is called {', '.join(unknown)}")
    return asked


def hunted(target: Target, seconds: int) -> Hunt:
    """One target fed for so many seconds, or until a contract breaks."""
    grown, found = GROWN / target.name, GROWN / "found" / target.name
    for folder in (grown, found, target.folder):
        folder.mkdir(parents=True, exist_ok=True)
    before = set(found.iterdir())
    words = _dictionary(target)
    run = subprocess.run(
        [
            sys.executable, "-m", "tests.fuzz.hunting", target.name, str(grown), str(target.folder),
            f"-max_total_time={seconds}", f"-artifact_prefix={found}/", f"-max_len={LONGEST}",
            f"-timeout={PATIENCE}", f"-rss_limit_mb={MEMORY}", "-print_final_stats=1", f"-dict={words}",
        ],
        check=False, cwd=ROOT, capture_output=True, text=True, errors="replace",
    )  # fmt: skip
    broke = sorted(set(found.iterdir()) - before)
    if run.returncode and not broke:
        raise SystemExit(run.stdout[-2000:] + run.stderr[-4000:])
    if broke:
        print(run.stdout[-3000:] + run.stderr[-1500:], file=sys.stderr)
    return Hunt(_runs(run.stderr), tuple(_kept(path, target) for path in broke))


def _runs(said: str) -> int:
    """The inputs fed, as libFuzzer counts them at its end; else as it counted last."""
    if match := _RUNS.search(said):
        return int(match[1])
    return max((int(each) for each in _DONE.findall(said)), default=0)


def _kept(path: Path, target: Target) -> Path:
    """What was found, into the corpus that every test run replays."""
    data = path.read_bytes()
    kept = target.folder / f"found-{hashlib.sha256(data).hexdigest()[:12]}"
    kept.write_bytes(data)
    return kept


def _dictionary(target: Target) -> Path:
    """The target's words as libFuzzer reads them."""
    path = GROWN / f"{target.name}.dict"
    quoted = ("".join(f"\\x{byte:02x}" for byte in word.encode("utf-8", "replace")) for word in target.words)
    path.write_text("".join(f'"{each}"\n' for each in quoted if each))
    return path


if __name__ == "__main__":
    raise SystemExit(main())
