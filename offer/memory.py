"""How much memory this process may use, so that too little is said at the start and not by a sudden end."""

import resource
from collections.abc import Iterator
from pathlib import Path

from offer.errors import PlainError

MEGABYTE = 1024 * 1024
# Measured with the starter catalogue: it starts and answers one after another in 160 MB, of 480 MB of
# addresses; asked by many at once for most of an hour it grew to 189 MB of its own and 53 MB of files. So
# the least is what it grew to: with less the system might end it in the middle of the day.
LEAST, LEAST_ADDRESSES = 240, 560  # MB of memory, and of address space, which holds much that is never used
_GROUPS = Path("/sys/fs/cgroup")


def refuse_too_little() -> None:
    """Raises PlainError where the system gives this process less than it needs."""
    addresses, _ = resource.getrlimit(resource.RLIMIT_AS)
    if addresses != resource.RLIM_INFINITY and addresses < LEAST_ADDRESSES * MEGABYTE:
        raise _too_little("address space (ulimit -v)", addresses, LEAST_ADDRESSES)
    given = min(_of_groups(), default=None)
    if given is not None and given < LEAST * MEGABYTE:
        raise _too_little("memory (its control group)", given, LEAST)


def _too_little(what: str, given: int, least: int) -> PlainError:
    message = f"There is not enough memory: this process gets {given // MEGABYTE} MB of {what}."
    return PlainError(message, f"Give it {least} MB at the least, and twice that to be at ease.")


def _of_groups() -> Iterator[int]:
    """The limits of the control groups this process is in, of both versions, in bytes."""
    try:
        lines = Path("/proc/self/cgroup").read_text().splitlines()
    except OSError:  # not Linux
        return
    for line in lines:
        _, kinds, path = line.split(":", 2)
        if kinds == "":
            files = [_GROUPS / path[1:] / "memory.max", _GROUPS / "memory.max"]
        elif "memory" in kinds.split(","):
            files = [_GROUPS / "memory" / path[1:] / "memory.limit_in_bytes"]
        else:
            continue
        for file in files:
            text = file.read_text().strip() if file.is_file() else ""
            if text.isdigit():
                yield int(text)
