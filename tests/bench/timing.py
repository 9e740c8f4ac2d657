"""Times inside one process, in microseconds: the median of several rounds, each long enough to trust."""

import gc
from collections.abc import Callable, Iterable, Sequence
from statistics import median
from time import perf_counter
from typing import TypeVar

Thing = TypeVar("Thing")
ROUNDS = 15


def per_thing(work: Callable[[Thing], object], things: Sequence[Thing], rounds: int = ROUNDS) -> float:
    """The median over the rounds of the mean time for one thing; one round warms up."""
    gc.collect()
    times = [_round(work, things) for _ in range(rounds + 1)][1:]
    return median(times)


def _round(work: Callable[[Thing], object], things: Sequence[Thing]) -> float:
    start = perf_counter()
    for thing in things:
        work(thing)
    return (perf_counter() - start) / len(things) * 1e6


def each(work: Callable[[Thing], object], things: Iterable[Thing], rounds: int = ROUNDS) -> list[float]:
    """The median time for each thing by itself, in the order given."""
    gc.collect()
    return [median([_round(work, [thing]) for _ in range(rounds + 1)][1:]) for thing in things]


def side_by_side(
    ours: Callable[[Thing], object], peer: Callable[[Thing], object], things: Sequence[Thing]
) -> tuple[float, float, float]:
    """Ours, the peer's, and the median of the ratios peer / ours of rounds run in turn."""
    pairs = [(_round(ours, things), _round(peer, things)) for _ in range(ROUNDS + 1)][1:]
    mine, theirs = zip(*pairs, strict=True)
    return median(mine), median(theirs), median(b / a for a, b in pairs)
