"""Every history that plain answers can describe, each as one bit of a number.

What was said about care strikes out histories. With one mask for each value of each fact,
striking out is one `&`, however many histories there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from offer.eligibility.care_days import THIRTEEN_WEEKS
from offer.eligibility.care_history import BANDS, Band, CareHistory, Histories, the_same, values_of
from offer.eligibility.care_plain import COUNTED_DAYS, all_histories
from offer.eligibility.fact import Value

HISTORIES: tuple[CareHistory, ...] = tuple(h for band in BANDS for h in all_histories(band))


def _masks() -> Mapping[str, Mapping[Value, int]]:
    masks: dict[str, dict[Value, int]] = {}
    for place, history in enumerate(HISTORIES):
        for name, value in values_of(history).items():
            of_fact = masks.setdefault(name, {})
            of_fact[value] = of_fact.get(value, 0) | 1 << place
    return masks


def _where(places: Iterable[bool]) -> int:
    return sum(1 << place for place, holds in enumerate(places) if holds)


HAVING: Mapping[str, Mapping[Value, int]] = _masks()  # fact → value → the histories with it
IN_BAND: Mapping[Band, int] = {band: _where(h.band == band for h in HISTORIES) for band in BANDS}
_NEVER = _where(h.when == "never" for h in HISTORIES)
_THIRTEEN_WEEKS = _where(h.thirteen_weeks or h.reg_3_2 for h in HISTORIES)


def left(known: Mapping[str, Value], bands: Iterable[Band] = BANDS) -> int:
    """The histories that agree with every care fact that was given, as bits; 0 where answers clash."""
    mask = 0
    for band in bands:
        mask |= IN_BAND[band]
    for name, value in known.items():
        if name in HAVING:
            mask &= HAVING[name].get(value, 0)
        elif name == COUNTED_DAYS and isinstance(value, int):
            mask &= _with_days(value)
    return mask


def _with_days(days: int) -> int:
    mask = -1 if days == 0 else ~_NEVER
    return mask & ~_THIRTEEN_WEEKS if days < THIRTEEN_WEEKS else mask


@lru_cache(maxsize=1024)
def histories_of(mask: int) -> Histories:
    """The histories behind the bits."""
    return the_same(Histories(HISTORIES[place] for place in _places(mask)))


def _places(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def values_left(name: str, mask: int) -> frozenset[Value]:
    """The values that a fact has among these histories."""
    return frozenset(value for value, having in HAVING[name].items() if having & mask)
