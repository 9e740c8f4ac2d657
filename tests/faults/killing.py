"""Kills a process at every moment of what it does, and looks at what is left.

After each kill the database is read again, as after a restart: it must be exactly as before or exactly as
after, the doctor must find nothing, the audit chain must verify, and the edition and search index made of
it must say what its rows say. What the process had told somebody must be there. Then the act is done
again: it must end as if nobody had been killed.
"""

import json
import os
import random
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from tests.conftest import ROOT
from tests.faults.house import House, Rows, disagreements, rows_of, sound, timeless, unnumbered
from tests.strength import survived, tries

HOW = "make strength"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the processes of one order. `points`: how many there were, 0 where one was killed."""

    codes: tuple[int, ...]
    seconds: float
    points: int
    said: str

    @property
    def killed(self) -> bool:
        """Whether SIGKILL ended the first of them."""
        return self.codes[0] < 0


@dataclass(frozen=True, slots=True)
class Act:
    """What is done. `told`: the words that somebody sees once it is; `times`: how many processes do it."""

    name: str
    words: tuple[str, ...]
    told: str = "done"
    times: int = 1


class Forge:
    """The process that forks the others."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.faults.forge"]
        env = {**os.environ, "PYTHONPATH": str(ROOT)}
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=env
        )

    def run(self, house: House, act: Act, **kill: float) -> Outcome:
        """Does an act, and kills the first process at the `at`-th moment, or `after` seconds."""
        reply = self._ask(house, words=act.words, times=act.times, kill=kill, stays=False)
        return Outcome(tuple(reply["codes"]), reply["seconds"], reply["points"], reply["said"])

    def begin(self, house: House, *words: str, **environment: str) -> int:
        """Starts a process that goes on; its number."""
        reply = self._ask(house, words=words, times=1, kill={}, stays=True, **environment)
        return int(reply["pid"])

    def _ask(self, house: House, **order: Any) -> dict[str, Any]:
        more = {key: order.pop(key) for key in list(order) if key.isupper()}
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps({**order, "environment": house.environment | more}) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        assert line, "the forge is gone"
        return dict(json.loads(line))

    def end(self) -> None:
        """Ends it."""
        assert self._process.stdin and self._process.stdout
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


@contextmanager
def forge() -> Iterator[Forge]:
    """A forge for as long as the block lasts."""
    made = Forge()
    try:
        yield made
    finally:
        made.end()


def seed() -> int:
    """KILL_SEED, or another each time; printed with every failure."""
    return int(os.environ.get("KILL_SEED") or random.randrange(2**32))


def moments(chance: random.Random, whole: Outcome, at_points: int, at_times: int) -> list[dict[str, float]]:
    """When to kill: at that many of the points (each, where there are no more), and at any times."""
    points = range(1, whole.points + 1)
    chosen = list(points) if len(points) <= at_points else sorted(chance.sample(points, at_points))
    times = [{"after": chance.uniform(0, whole.seconds)} for _ in range(at_times)]
    return [*({"at": float(point)} for point in chosen), *times]


async def survives(house: House, forged: Forge, act: Act, *, many: int, slug: str = "") -> None:
    """Kills `act` at up to `many` points and as many times, or at one. The house is as it was before the act.

    `slug`: an entry whose page the service must show when it starts.
    """
    await house.keep()
    old = await rows_of(house.url)
    whole = forged.run(house, act)
    assert set(whole.codes) == {0} and act.told in whole.said, whole.said
    new = timeless(await rows_of(house.url), house.since)
    assert new != timeless(old, house.since), "the act changes nothing"
    number, tried, killed = seed(), 0, 0
    chance = random.Random(number)
    for kill in moments(chance, whole, tries(1, many), tries(0, many)):
        await house.bring_back()
        outcome = forged.run(house, act, **kill)
        told = f"{act.name} on {house.engine}, KILL_SEED={number}, {kill}: {outcome}"
        left = await _left(house, old, new, told, several=act.times > 1)
        if act.told in outcome.said or not outcome.killed or act.times > 1:
            assert left == "new", f"{told}: what was told is lost"
        if left == "old":
            await _done_again(house, forged, act, new, told)
        if slug and tried % 5 == 0:
            started = forged.run(house, Act("starting", ("act-starts", slug), "version"))
            assert started.codes == (0,), f"{told}: {started.said}"
        tried, killed = tried + 1, killed + outcome.killed
    assert killed or act.times > 1, f"nothing was killed in {tried} tries"
    survived("fault", f"kill -9 while {act.name}, {house.engine}", killed, killed, HOW)


async def _left(house: House, old: Rows, new: Rows, told: str, *, several: bool) -> str:
    """`several` did it at once: the one that went on does not get the numbers of the one that was killed."""
    await house.settled()
    rows = await rows_of(house.url)
    is_old, then = rows == old, timeless(rows, house.since)
    is_new = unnumbered(then) == unnumbered(new) if several else then == new
    assert is_old or is_new, f"{told}: a mixture: {_differing(timeless(rows, house.since), old, new)}"
    assert not (wrong := await sound(house)), f"{told}: {wrong}"
    assert not (wrong := await disagreements(house, rows)), f"{told}: {wrong}"
    return "old" if is_old else "new"


def _differing(rows: Rows, old: Rows, new: Rows) -> Mapping[str, tuple[int, int, int]]:
    """How many rows each table has that is neither as before nor as after: now, before and after."""
    return {
        name: (len(rows[name]), len(old[name]), len(new[name]))
        for name in rows
        if rows[name] not in (old[name], new[name]) or len(old[name]) != len(new[name])
    }


async def _done_again(house: House, forged: Forge, act: Act, new: Rows, told: str) -> None:
    again = forged.run(house, act)
    assert set(again.codes) == {0}, f"{told}: again: {again.said}"
    rows = timeless(await rows_of(house.url), house.since)
    assert unnumbered(rows) == unnumbered(new), f"{told}: done again it ends otherwise"
