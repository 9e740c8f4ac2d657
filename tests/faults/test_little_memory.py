"""Little memory: what is enough, what is told where it is not, and that nobody's request takes it all."""

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults.machine import Running, command, plain, running, slow
from tests.strength import survived, tries

HOW = "pytest tests/faults/test_little_memory.py"
ENOUGH, RESIDENT = 1_600, 320  # MB: address space, and memory itself, as the docs say
GROUPS = Path("/sys/fs/cgroup/memory")
BIG = {"facts": {"age_years": 19}, "more": ["x" * 900] * 60}  # just below the limit of a body


def uses_it(service: Running, times: int) -> None:
    """Pages, checks, and bodies as large as they may be or larger."""
    large, larger = json.dumps(BIG).encode(), b" " * (8 * 1024 * 1024)
    for _ in range(times):
        for path in ("/", "/search?q=rent", "/council-tax", "/api/v1/entitlements", "/openreferral/services"):
            assert service.get(path).status in (200, 404), path
        assert service.check().status == 200
        assert service.send("/api/v1/check", large, "application/json").status in (200, 400, 422)
        assert service.send("/api/v1/check", larger, "application/json").status == 413
        assert (
            service.send("/staff/exchange/E10000019/try", larger[: 6 * 1024 * 1024 - 9], "text/csv").status
            < 500
        )


@slow
def test_it_starts_and_serves_within_what_the_docs_say(data: Path) -> None:
    with running(data, limits=f"-v {ENOUGH * 1024}") as service:
        uses_it(service, tries(2, 200))
        assert service.resident < RESIDENT, service.resident
    count = tries(2, 200) * 9
    survived("fault", f"requests to a process with {ENOUGH:,} MB of address space", count, count, HOW)


@slow
def test_too_little_is_said_in_one_line(data: Path) -> None:
    for megabytes in (120, 160, 200, 260)[: tries(2, 4)]:
        line = plain(command(data, "serve", limits=f"-v {megabytes * 1024}"))
        assert "not enough memory" in line, (megabytes, line)


@contextmanager
def group(name: str, megabytes: int) -> Iterator[Path]:
    """A control group with that much memory; skips where the machine does not let us make one."""
    folder = GROUPS / name
    try:
        folder.mkdir()
        (folder / "memory.limit_in_bytes").write_text(str(megabytes * 1024 * 1024))
    except OSError:
        pytest.skip("this machine does not let us limit memory by a control group")
    try:
        yield folder
    finally:
        subprocess.run(["rmdir", str(folder)], check=False)


@slow
def test_a_control_group_of_that_size_is_enough(data: Path) -> None:
    with group("local-offer-test", RESIDENT) as found, running(data) as service:
        (found / "cgroup.procs").write_text(str(service.process.pid))
        uses_it(service, tries(2, 100))
        assert service.process.poll() is None
