"""The feed of one edition: the services people may see, then the entitlements that are services besides."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

from directory.assembled import ServiceView
from directory.openreferral.feed import Feed
from directory.openreferral.listed import Listed, fullest_first, listed_of, runner_of, runners_of
from directory.places import Places
from directory.records import Organisation
from offer.catalogue.history import History
from offer.entitlements.schema import ENGLAND, Entitlement
from offer.openreferral import entitlements


@dataclass(frozen=True, slots=True)
class Moments:
    """When what is published of a document last changed: the publication that showed it so."""

    history: History
    published_at: datetime | None

    def of_service(self, service: ServiceView) -> datetime:
        """The latest change of the service, of who runs it or of where it is."""
        record = service.record
        keys = [
            ("service", record.id),
            *(("organisation", each.id) for each in service.organisations),
            *(("location", place.location.id) for place in service.places),
        ]
        known = [self.history[key][0].at for key in keys if self.history.get(key)]
        return max(known, default=self._else(record.checked_on))

    def of_entitlement(self, entry: Entitlement) -> datetime:
        """The latest change of the entry."""
        changes = self.history.get(("entitlement", entry.id))
        return changes[0].at if changes else self._else(entry.checked_on)

    def _else(self, checked_on: date) -> datetime:
        return self.published_at or datetime.combine(checked_on, time.min, UTC)


def feed_of(
    entries: Iterable[Entitlement],
    services: Iterable[ServiceView],
    organisations: Iterable[Organisation],
    places: Places,
    names: Mapping[str, str],
    moments: Moments,
) -> Feed:
    """Everything of an edition that the feed lists. No draft: what comes in here is public already."""
    known = tuple(organisations)
    shown = [each for each in services if each.is_shown]
    own_services = (listed_of(each, places, moments.of_service(each)) for each in shown)
    listed = [*fullest_first(own_services), *_of_entries(entries, shown, known, moments)]
    own = {each.key: each for each in (*map(runner_of, known), *runners_of(listed))}
    runners = sorted(own.values(), key=lambda each: (each.name.casefold(), each.key))
    return Feed(listed, runners, places, {**names, ENGLAND: "England"})


def _of_entries(
    entries: Iterable[Entitlement],
    services: Iterable[ServiceView],
    organisations: Iterable[Organisation],
    moments: Moments,
) -> Iterator[Listed]:
    runners = entitlements.by_name(organisations)
    held = frozenset((each.record.authority, each.id) for each in services)
    for entry in sorted(entries, key=lambda each: each.id):
        if entitlements.is_service(entry) and not entitlements.is_held(entry, held):
            yield entitlements.listed_of(entry, runners, moments.of_entitlement(entry))
