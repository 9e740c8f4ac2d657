"""A process with everything imported, which forks others that do one act each and are killed.

Starting Python costs a second, and hundreds of kills would cost an afternoon. A fork is a process of its
own all the same: SIGKILL ends it between any two instructions, and the database sees of it what it would
see of `local-offer`. Run by tests/faults/killing.py, which sends one order a line.
"""

import asyncio
import gc
import json
import os
import signal
import sqlite3
import sys
import time
import traceback
from collections.abc import Callable, Mapping
from tempfile import TemporaryFile
from typing import Any, NoReturn

import aiosqlite.core
import asyncpg.connection

EVERY = 1_000  # instructions of SQLite's machine between two points of a long statement
_FILES = {"os.rename", "os.remove", "os.truncate", "shutil.copyfile", "open"}
_WRITES = os.O_WRONLY | os.O_RDWR


def main() -> None:
    """Carries out one order after another until there are no more."""
    from tests.faults import acts  # noqa: F401 - all that is needed is imported once, before any fork

    gc.freeze()
    for line in sys.stdin:
        order = json.loads(line)
        print(json.dumps(begun(order) if order["stays"] else done(order)), flush=True)


def begun(order: Mapping[str, Any]) -> dict[str, Any]:
    """Starts a process that goes on; its number. Who asked ends it."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for it
    pid = os.fork()
    if pid == 0:
        with TemporaryFile() as said:
            _act(order, {}, said.fileno(), None)
    return {"pid": pid}


def done(order: Mapping[str, Any]) -> dict[str, Any]:
    """Lets one process or several do an act, kills the first, and tells what came of them."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    reading, writing = os.pipe()
    with TemporaryFile() as said:
        began = time.monotonic()
        pids = []
        for number in range(order["times"]):
            pids.append(os.fork())
            if pids[-1] == 0:
                first = number == 0
                _act(order, order["kill"] if first else {}, said.fileno(), writing if first else None)
        if "after" in order["kill"]:
            time.sleep(order["kill"]["after"])
            os.kill(pids[0], signal.SIGKILL)
        codes = [os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) for pid in pids]
        seconds = time.monotonic() - began
        os.close(writing)
        points = os.read(reading, 20)
        os.close(reading)
        said.seek(0)
        words = said.read().decode(errors="replace")
    return {"codes": codes, "seconds": seconds, "points": int(points or 0), "said": words}


def _act(order: Mapping[str, Any], kill: Mapping[str, float], said: int, tell: int | None) -> NoReturn:
    """In the new process: the act, and no way back."""
    code = 1
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(said, 1)
        os.dup2(said, 2)
        sys.stdout, sys.stderr = open(1, "w"), open(2, "w")  # noqa: SIM115 - until the end of the process
        os.environ.pop("DATABASE_URL", None)
        os.environ.update(order["environment"])
        count = _Points(int(kill.get("at", 0)))
        _watch(count, order["environment"]["DATA_DIR"])
        code = _carried_out(order["words"])
        count()  # the last: all is done, and the process has not ended
        if tell is not None and not kill:
            os.write(tell, f"{count.number}".encode())
    except BaseException:  # whatever it is, nothing of this process may go on in the other's place
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _carried_out(words: list[str]) -> int:
    from offer import cli
    from tests.faults.acts import ACTS

    if words[0] in ACTS:
        asyncio.run(ACTS[words[0]](*words[1:]))
        return 0
    sys.argv = ["local-offer", *words]
    try:
        cli.main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


class _Points:
    """Counts the moments at which something is about to be written or read, and dies at one of them."""

    def __init__(self, last: int) -> None:
        self.number = 0
        self._last = last

    def __call__(self) -> None:
        self.number += 1
        if self.number == self._last:
            os.kill(os.getpid(), signal.SIGKILL)


def _watch(reached: Callable[[], None], folder: str) -> None:
    """Before every statement of either engine, within SQLite's long ones, and before a file changes."""
    _before_each(aiosqlite.core.Connection, "_execute", reached)
    for name in ("execute", "_execute", "_executemany"):
        _before_each(asyncpg.connection.Connection, name, reached)
    connect = sqlite3.connect

    def connected(*words: Any, **more: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*words, **more)
        connection.set_progress_handler(reached, EVERY)
        return connection

    sqlite3.connect = connected  # type: ignore[assignment]

    def heard(event: str, given: tuple[Any, ...]) -> None:
        if event in _FILES and str(given[0]).startswith(folder) and (event != "open" or given[2] & _WRITES):
            reached()

    sys.addaudithook(heard)


def _before_each(kind: type, name: str, reached: Callable[[], None]) -> None:
    own = getattr(kind, name)

    async def counted(*words: Any, **more: Any) -> Any:
        reached()
        return await own(*words, **more)

    setattr(kind, name, counted)


if __name__ == "__main__":
    main()
