"""Little memory: what is enough, what is told where it is not, and that nobody's request takes it all."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from offer.memory import LEAST, LEAST_ADDRESSES
from tests.faults.machine import Running, command, plain, running, slow, until
from tests.strength import survived, tries

HOW = "pytest tests/faults/test_little_memory.py"
RESIDENT = 320  # MB at the most
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
def test_it_starts_and_serves_in_the_least_address_space(data: Path) -> None:
    with running(data, limits=f"ulimit -v {LEAST_ADDRESSES * 1024}") as service:
        uses_it(service, tries(2, 200))
        assert service.resident < RESIDENT, service.resident
    count = tries(2, 200) * 9
    survived("fault", f"requests to a process with {LEAST_ADDRESSES} MB of address space", count, count, HOW)


@slow
def test_too_little_is_said_in_one_line(data: Path) -> None:
    """From 300 MB on: in less not even Python's own libraries can be loaded."""
    for megabytes in (300, 400, 500, LEAST_ADDRESSES - 8)[-tries(2, 4) :]:
        line = plain(command(data, "serve", limits=f"ulimit -v {megabytes * 1024}"))
        assert "not enough memory" in line, (megabytes, line)


@contextmanager
def group(name: str, megabytes: int) -> Iterator[str]:
    """What puts a shell into a control group with that much memory; skips where we may not make one."""
    folder = GROUPS / name
    try:
        folder.mkdir()
        (folder / "memory.limit_in_bytes").write_text(str(megabytes * 1024 * 1024))
    except OSError:
        pytest.skip("this machine does not let us limit memory by a control group")
    try:
        yield f"echo $$ > {folder}/cgroup.procs"
    finally:
        until(lambda: not (folder / "cgroup.procs").read_text())
        folder.rmdir()


@slow
def test_a_control_group_of_the_least_is_enough(data: Path) -> None:
    """In it from the first, so that starting counts too."""
    with group("local-offer-test", LEAST) as inside, running(data, limits=inside) as service:
        uses_it(service, tries(2, 100))
        assert service.process.poll() is None
    count = tries(2, 100) * 9
    survived("fault", f"requests to a process in a control group of {LEAST} MB", count, count, HOW)


@slow
def test_a_smaller_control_group_is_refused_in_one_line(data: Path) -> None:
    with group("local-offer-test", LEAST - 8) as inside:
        line = plain(command(data, "serve", limits=inside))
    assert f"gets {LEAST - 8} MB of memory" in line and f"Give it {LEAST} MB" in line, line
