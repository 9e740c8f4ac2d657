"""Every source that the public list cites, and by whom."""

from collections.abc import Iterable, Mapping

from directory.records import Location, Record
from offer.entitlements.schema import Entitlement
from offer.published import Published


def sources_of(published: Published) -> Mapping[str, tuple[str, ...]]:
    """Every address that a public entry or record of the directory cites, and the slugs that cite it."""
    return cited_by(published.entries.values(), _records(published))


def cited_by(entries: Iterable[Entitlement], records: Iterable[Record]) -> Mapping[str, tuple[str, ...]]:
    """Address → the slugs that cite it, in their order."""
    found: dict[str, dict[str, None]] = {}
    for entry in entries:
        for url in (*(source.url for source in entry.sources), *(law.url for law in entry.legal_basis)):
            if url:
                found.setdefault(url, {})[entry.id] = None
    for record in records:
        website = None if isinstance(record, Location) else record.website
        for url in (website, *(source.url for source in record.sources)):
            if url:
                found.setdefault(url, {})[record.id] = None
    return {url: tuple(slugs) for url, slugs in found.items()}


def _records(published: Published) -> Iterable[Record]:
    yield from (service.record for service in published.services.values())
    yield from published.organisations.values()
    yield from published.locations.values()
