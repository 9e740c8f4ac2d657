"""How much there is under each guide, counted once an edition and day: nobody walks a country for a page."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from directory.assembled import ServiceView
from offer.entitlements.schema import Entitlement
from offer.guides.schema import Guide
from offer.guides.shown import entries_of


@dataclass(frozen=True, slots=True)
class Counts:
    """Under one guide: the entries in force of each authority, and the places and services shown."""

    entries: Mapping[str, int]
    services: int

    @property
    def offers(self) -> int:
        """The entries of all authorities together."""
        return sum(self.entries.values())


class GuideCounts:
    """The counts of one edition. Those of the day asked about last are kept."""

    def __init__(self, entries: Collection[Entitlement], services: Collection[ServiceView]) -> None:
        self._entries = entries
        self._topics = Counter(frozenset(each.record.topics) for each in services if each.is_shown)
        self._made: tuple[date, dict[str, Counts]] = (date.min, {})

    def of(self, guide: Guide, on: date) -> Counts:
        """What is under a guide on a day."""
        day, made = self._made
        if day != on:
            made = {}
            self._made = on, made
        if guide.slug not in made:
            made[guide.slug] = self._counted(guide, on)
        return made[guide.slug]

    def _counted(self, guide: Guide, on: date) -> Counts:
        owners = Counter(entry.authority for entry in entries_of(guide, self._entries, on))
        services = (times for topics, times in self._topics.items() if not topics.isdisjoint(guide.topics))
        return Counts(owners, sum(services))
