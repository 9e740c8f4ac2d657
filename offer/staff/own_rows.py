"""What a council decides inside a national entry: the rows of its own districts, and nothing else. Pure.

One national entry holds every district's council tax terms, so that they can be compared. Each council
changes its own rows, in its own change with its own approval, and several may do so at once.
"""

from collections.abc import Mapping
from itertools import chain
from typing import Any

from offer.staff.change import scope_of_body
from offer.staff.roles import scope_of

Body = Mapping[str, Any]
Rows = list[dict[str, Any]]


def touched(before: Body, after: Body) -> frozenset[str]:
    """The scopes a draft changes: those of its districts' rows where nothing else differs, else its own."""
    if _rest(before) != _rest(after):
        return frozenset([scope_of_body(after)])
    return frozenset(scope_of(area) for area in _changed(before, after))


def rebased(base: Body, mine: Body, newest: Body) -> dict[str, Any] | None:
    """The newest version with my rows in it; None where somebody changed rows of the same districts."""
    areas = _changed(base, mine)
    if areas & _changed(base, newest):
        return None
    theirs, ours = _by_area(newest), _by_area(mine)
    merged = {area: ours.get(area, []) if area in areas else theirs.get(area, []) for area in theirs | ours}
    return {**newest, "terms": list(chain.from_iterable(merged.values()))}


def _rest(body: Body) -> dict[str, Any]:
    return {name: value for name, value in body.items() if name != "terms"}


def _changed(before: Body, after: Body) -> set[str]:
    old, new = _by_area(before), _by_area(after)
    return {area for area in old | new if old.get(area) != new.get(area)}


def _by_area(body: Body) -> dict[str, Rows]:
    found: dict[str, Rows] = {}
    for row in body.get("terms", []):
        found.setdefault(row["area"], []).append(row)
    return found
