"""The published catalogue in memory: immutable, one a process, swapped whole.

Everything a public page needs is here, so that it asks the database nothing.
"""

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from threading import Lock
from types import MappingProxyType

from directory.assembled import ServiceView, assemble
from directory.nearest import Directory
from directory.openreferral.feed import Feed
from directory.places import Places
from directory.records import Location, Organisation, Record
from offer.by_code import ByCode, by_code
from offer.catalogue.history import History, Key
from offer.documents import documents_of
from offer.eligibility.joined import Indexed
from offer.eligibility.terms import CouncilTaxRow
from offer.entitlements.amounts import amount_days
from offer.entitlements.in_force import is_in_force, moves, validity_days
from offer.entitlements.schema import ENGLAND, Entitlement
from offer.entry_day import EntryDay, EntryDays
from offer.guides.counted import GuideCounts
from offer.guides.reading import guides
from offer.openreferral.edition import Moments, feed_of
from offer.public_scopes import PublicScope, Scopes
from offer.rulebook import CompiledRule, Rulebook, Verdicts
from offer.what_changed.told import Changes
from search.finder import Finder

COUNCIL_TAX = "council-tax-care-leaver-discount"


@dataclass(frozen=True)
class Published:
    """One edition of the catalogue. `version` counts publications, from 1.

    `made_for`: the day whose councils its search and its district rules know.
    """

    version: int
    published_at: datetime | None
    entries: Mapping[str, Entitlement]
    organisations: Mapping[str, Organisation]
    locations: Mapping[str, Location]
    services: Mapping[str, ServiceView]
    places: Places
    finder: Finder
    council_tax: tuple[CouncilTaxRow, ...]
    rulebook: Rulebook
    made_for: date
    history: History = field(default_factory=dict, compare=False)
    changes: Changes = field(default_factory=Changes, compare=False)
    scopes: Scopes = field(default_factory=dict, compare=False)
    _feed_making: Lock = field(default_factory=Lock, compare=False, repr=False)

    def rules_on(self, on: date) -> Mapping[str, CompiledRule]:
        """The rule of each entry, with the dated terms of that day."""
        return self.rulebook.on(on)

    def index_on(self, on: date, owners: frozenset[str] | None = None) -> Indexed:
        """The rules of that day as bits: those of the entries of these authorities at least, or all."""
        return self.rulebook.index_on(on, owners)

    def verdicts_on(self, on: date, owners: frozenset[str] | None = None) -> Verdicts:
        """What the rules of that day say of anybody: those of these authorities' entries at least, or all."""
        return self.rulebook.verdicts_on(on, owners)

    @cached_property
    def _entry_days(self) -> EntryDays:
        return EntryDays(self.entries.values())

    def days_on(self, on: date) -> Mapping[str, EntryDay]:
        """What the calendar makes of each entry on that day."""
        return self._entry_days.on(on)

    @cached_property
    def stretch_starts(self) -> tuple[date, ...]:
        """The days on which some dated term changes, or some law begins or is over."""
        return tuple(sorted({*self.rulebook.starts, *validity_days(self.entries.values())}))

    @cached_property
    def dated(self) -> frozenset[str]:
        """The entries that are not in force on every day."""
        return frozenset(entry.id for entry in self.entries.values() if moves(entry))

    @cached_property
    def amount_days(self) -> tuple[date, ...]:
        """The days on which some figure changes: no outcome does."""
        return amount_days(self.entries.values())

    def entries_for(self, authority: str | None, district: str | None, on: date) -> list[Entitlement]:
        """England's entries and those of the councils named; other councils' entries are absent."""
        upper = self.places.authority_of(district, on) if district else None
        return self.entries_of({ENGLAND, authority, district, upper.gss if upper else None})

    def entries_of(self, codes: Iterable[str | None]) -> list[Entitlement]:
        """The entries of these councils and districts, and those that cover them; in their order."""
        return self._entries_by_code.of({code for code in codes if code})

    @cached_property
    def _entries_by_code(self) -> ByCode[Entitlement]:
        return by_code(self.entries.values(), lambda entry: (entry.authority, *entry.areas))

    def services_of(self, codes: Iterable[str]) -> list[ServiceView]:
        """The services in the directories of these councils, and those for these areas; in their order."""
        return self._services_by_code.of(codes)

    @cached_property
    def _services_by_code(self) -> ByCode[ServiceView]:
        return by_code(self.services.values(), lambda each: (each.record.authority, *each.record.areas))

    @cached_property
    def guide_counts(self) -> GuideCounts:
        """How much there is under each guide."""
        return GuideCounts(self.entries.values(), self.services.values())

    @cached_property
    def entries_by_owner(self) -> Mapping[str, int]:
        """How many entries each authority has."""
        return Counter(entry.authority for entry in self.entries.values())

    @cached_property
    def services_shown(self) -> int:
        """How many services the public may see."""
        return sum(each.is_shown for each in self.services.values())

    def parts_of(self, slug: str) -> tuple[Entitlement, ...]:
        """The entries that are part of another, as a council's own terms of a right; in their order."""
        return self._parts_of.get(slug, ())

    @cached_property
    def _parts_of(self) -> Mapping[str, tuple[Entitlement, ...]]:
        parts = by_code(self.entries.values(), lambda entry: (entry.part_of,) if entry.part_of else ())
        return {slug: tuple(parts.of((slug,))) for slug in parts.places}

    @cached_property
    def with_a_team(self) -> frozenset[str]:
        """The authorities whose leaving care team we hold."""
        teams = (each.record for each in self.services.values() if each.record.kind == "leaving-care-team")
        return frozenset(each.authority for each in teams)

    def findable(self, on: date) -> Container[Key]:
        """What search may show on the day, by kind and slug: neither what is coming nor what is over."""
        return _Findable(self, on)

    def look_of(self, gss: str, on: date) -> PublicScope:
        """What a council, or the council of a district, has set for its pages."""
        upper = self.places.authority(gss) or self.places.authority_of(gss, on)
        return self.scopes.get(upper.gss if upper else gss, PublicScope())

    @cached_property
    def names(self) -> Mapping[str, str]:
        """The name of each district and council by its code."""
        areas = (*self.places.districts(), *self.places.authorities())
        return MappingProxyType({area.gss: area.name for area in areas})

    @cached_property
    def directory(self) -> Directory:
        """The public services, placed on the map where that is honest."""
        return Directory(self.services.values(), self.places)

    def make_feed(self) -> Feed:
        """The feed, made once however many threads ask for it."""
        with self._feed_making:
            return self.open_referral

    @cached_property
    def open_referral(self) -> Feed:
        """The edition as an Open Referral UK feed."""
        moments = Moments(self.history, self.published_at)
        organisations = self.organisations.values()
        return feed_of(
            self.entries.values(), self.services.values(), organisations, self.places, self.names, moments
        )

    def warm(self, on: date) -> None:
        """Makes now what the first page, answer or harvester of a day would wait for."""
        self.index_on(on, frozenset({ENGLAND}))
        self.entries_of(())
        self.services_of(())
        self.parts_of("")
        for guide in guides().values():
            self.guide_counts.of(guide, on)
        for made in ("directory", "names", "entries_by_owner", "services_shown"):
            getattr(self, made)
        if not self.finder.is_nationwide:  # of a whole country half a minute's work, for a harvester a night
            self.make_feed()

    @cached_property
    def ages(self) -> tuple[int, ...]:
        """Every age in completed years that some rule tests."""
        return self.rulebook.thresholds("age_years")

    @cached_property
    def ages_in_months(self) -> tuple[int, ...]:
        """Every age in completed months that some rule tests."""
        return self.rulebook.thresholds("age_months")

    @cached_property
    def days_to_18(self) -> tuple[int, ...]:
        """Every number of days before the 18th birthday that some rule tests."""
        return self.rulebook.thresholds("days_to_18th_birthday")

    @cached_property
    def ages_on_31_august(self) -> tuple[int, ...]:
        """Every age on 31 August that some rule tests."""
        return self.rulebook.thresholds("age_on_31_august")


class _Findable(Container[Key]):
    """What search may show on a day. A hit is looked up when it is found: nobody lists a whole country."""

    def __init__(self, edition: Published, on: date) -> None:
        self._edition, self._on = edition, on

    def __contains__(self, key: object) -> bool:
        kind, slug = key if isinstance(key, tuple) else ("", "")
        if kind == "entitlement":
            entry = self._edition.entries.get(slug)
            return entry is not None and is_in_force(entry, self._on)
        service = self._edition.services.get(slug) if kind == "service" else None
        return service is not None and service.is_shown


def build_published(
    entitlements: Sequence[Entitlement],
    records: Iterable[Record],
    places: Places,
    version: int,
    published_at: datetime | None = None,
    *,
    today: date,
    previous: Published | None = None,
    history: History | None = None,
    changes: Changes | None = None,
    scopes: Scopes | None = None,
) -> Published:
    """Compile every public entry and index it for search. Takes about a second; raises RuleError."""
    public = [entry for entry in entitlements if entry.stage == "public"]
    directory = assemble(records)
    rows = council_tax_rows(public, places, today)
    return Published(
        version=version,
        published_at=published_at,
        entries=MappingProxyType({entry.id: entry for entry in public}),
        organisations=directory.organisations,
        locations=directory.locations,
        services=directory.services,
        places=places,
        finder=Finder(
            documents_of(public, directory.services.values(), _authority_by_district(places, today)),
            previous=previous.finder if previous else None,
        ),
        council_tax=rows,
        rulebook=Rulebook(public, rows, previous.rulebook if previous else None),
        made_for=today,
        history=history or {},
        changes=changes or Changes(),
        scopes=scopes or {},
    )


def _authority_by_district(places: Places, on: date) -> dict[str, str]:
    pairs = ((district.gss, places.authority_of(district.gss, on)) for district in places.districts(on))
    return {district: authority.gss for district, authority in pairs if authority}


def council_tax_rows(
    entries: Iterable[Entitlement], places: Places, today: date
) -> tuple[CouncilTaxRow, ...]:
    """The dated district rows of the council tax entry, each with its district's authority."""
    entry = next((entry for entry in entries if entry.id == COUNCIL_TAX), None)
    if entry is None:
        return ()
    rows = []
    for row in entry.terms:
        district, authority = places.district(row.area), places.authority_of(row.area, today)
        if district is None or authority is None:
            continue
        rows.append(
            CouncilTaxRow(
                district=row.area,
                district_name=district.name,
                authority=authority.gss,
                start=row.start,
                end=row.end,
                age_before=None if row.confidence == "existence only" else row.age_before,
                who=row.who,
                asks=tuple(row.asks),
                cite=row.source,
            )
        )
    return tuple(rows)
