"""The impact of a change, worked out in a thread and kept while neither it nor the list moves on."""

import asyncio
from collections.abc import Hashable
from datetime import date

from offer.published import Published
from offer.staff.change import Change
from offer.staff.change_checks import Checks, changed_entries, checks
from offer.staff.impact import Impact, impact

MOST = 20  # results kept


class Impacts:
    """What was worked out last, by the change as it stood."""

    def __init__(self) -> None:
        self._kept: dict[Hashable, tuple[Checks, Impact | None]] = {}

    async def of(self, published: Published, change: Change, on: date) -> tuple[Checks, Impact | None]:
        """Its checks, and whom it touches; None while there are faults to be mended first."""
        drafts = tuple((each.kind, each.slug, each.act, each.edition) for each in change.items)
        key = (published.version, change.id, drafts, on)
        if key not in self._kept:
            found = await asyncio.to_thread(_worked_out, published, change, on)
            self._kept[key] = found
            while len(self._kept) > MOST:
                self._kept.pop(next(iter(self._kept)))
        return self._kept[key]


def _worked_out(published: Published, change: Change, on: date) -> tuple[Checks, Impact | None]:
    found = checks(published, change.items, on)
    return found, None if found.faults else impact(published, changed_entries(change.items), on)
