"""A home in one district: tonight, who owns the homes, the list, the rent. What is not known is said."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from directory.assembled import ServiceView
from directory.homes import DistrictHomes, HousingTeam, Register, homes
from directory.places import Area
from directory.records import Source
from offer.clock import now
from offer.council_names import council_name, plain_name
from offer.council_tax_words import SourceLink
from offer.entitlements.in_force import is_in_force
from offer.entitlements.schema import ENGLAND, Entitlement
from offer.language import gettext as _
from offer.languages.dates import said_month
from offer.pages.help_lines import HelpLineView, banner_of
from offer.pages.listing import Row, entry_row
from offer.pages.place_asking import nation_note
from offer.pages.rendering import Page
from offer.pages.service_words import PhoneLink, ServiceCard, card, phone_links
from offer.published import Published
from offer.urgent_help import asker

PATH = "/housing"
LAW_TONIGHT = ("homeless-16-17", "homeless-priority-need-18-to-20", "homeless-priority-need-21-plus")
LAW_OF_THE_LIST = ("social-housing-no-local-connection-test", "homeless-local-connection-care-leaver")
RENT = ("lha-one-bedroom-rate", "crisis-and-resilience-fund", "setting-up-home-allowance")
MOST_SUPPORTED = 5


@dataclass(frozen=True, slots=True)
class ListToJoin:
    """A housing list of which the directory holds no record."""

    name: str
    says: str
    href: str
    sources: tuple[SourceLink, ...]


@dataclass(frozen=True, slots=True)
class TeamFound:
    """A team of which the directory holds no record, with the numbers a source gives."""

    name: str
    phones: tuple[PhoneLink, ...]
    caution: str
    sources: tuple[SourceLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictHomeView(Page):
    """One district. `owner` is council, housing-associations or "", `owner_says` what we found of it.

    `teams` help people without a home, `lines` are reviewed help lines; `reached`: a team has a
    number. `offices` is what else we hold of the council, where none has. `own_offers` are what
    councils add here; `upper` is the one that looks after children.
    """

    name: str
    gss: str
    council: str
    upper: str
    abroad: str
    note: str
    teams: tuple[ServiceCard, ...]
    lines: tuple[HelpLineView, ...]
    team_found: TeamFound | None
    offices: tuple[ServiceCard, ...]
    reached: bool
    law_tonight: tuple[Row, ...]
    owner: str
    owner_says: str
    sources: tuple[SourceLink, ...]
    registers: tuple[ServiceCard, ...]
    list_to_join: ListToJoin | None
    law_of_the_list: tuple[Row, ...]
    own_offers: tuple[Row, ...]
    rent: tuple[Row, ...]
    supported: tuple[ServiceCard, ...]
    checked: str


def district_view(published: Published, area: Area, on: date, note: str = "") -> DistrictHomeView:
    """The page of a district; outside England only what holds anywhere."""
    known = homes().by_area.get(area.gss)
    upper = published.places.authority_of(area.gss, on)
    services = tuple(_here(published, area, upper))
    teams = tuple(sorted(_cards(services, "housing-advice"), key=lambda team: not team.phones))
    reached = any(team.phones for team in teams)
    return DistrictHomeView(
        title=_("A home in %(place)s") % {"place": plain_name(area.name)},
        path="/topics",
        name=plain_name(area.name),
        gss=area.gss,
        council=council_name(area),
        upper=plain_name(upper.name) if upper else "",
        abroad=nation_note(area.gss),
        note=note or published.places.areas.change_told(area.gss, on) or "",
        teams=teams,
        lines=_lines(published, area, teams),
        team_found=_found(known.team) if known and known.team else None,
        offices=() if reached else _offices(services, area),
        reached=reached,
        law_tonight=_rows(published, LAW_TONIGHT, on),
        owner=known.owner if known else "",
        owner_says=known.says if known else "",
        sources=_sources(known.sources) if known else (),
        registers=_cards(services, "housing-register"),
        list_to_join=_to_join(known),
        law_of_the_list=_rows(published, LAW_OF_THE_LIST, on),
        own_offers=tuple(entry_row(published, entry, on) for entry in _own(published, area, upper, on)),
        rent=_rows(published, RENT, on),
        supported=_cards(services, "supported-housing")[:MOST_SUPPORTED],
        checked=said_month(homes().checked_on),
    )


def _lines(published: Published, area: Area, teams: Iterable[ServiceCard]) -> tuple[HelpLineView, ...]:
    """The reviewed lines for tonight, whose numbers do not stand among the teams already."""
    shown = {phone.href for team in teams for phone in team.phones}
    banner = banner_of(published, ("nowhere-tonight",), asker(published, lives_in=area.gss))
    lines = banner.open if banner else ()
    return tuple(line for line in lines if shown.isdisjoint(phone.href for phone in line.phones))


def _here(published: Published, area: Area, upper: Area | None) -> Iterator[ServiceView]:
    """The public services for people of this district; those for its whole county too."""
    codes = {area.gss, upper.gss if upper else area.gss}
    for service in published.services_of(codes):
        if service.is_shown and not service.record.is_national and not codes.isdisjoint(service.record.areas):
            yield service


def _cards(services: Iterable[ServiceView], kind: str) -> tuple[ServiceCard, ...]:
    return tuple(card(service, now()) for service in services if service.record.kind == kind)


def _offices(services: Iterable[ServiceView], area: Area) -> tuple[ServiceCard, ...]:
    """What we hold of the district council itself, to be put through from."""
    return tuple(
        card(service, now())
        for service in services
        if service.record.kind in ("council-office", "council-tax") and service.record.areas == (area.gss,)
    )


def _own(published: Published, area: Area, upper: Area | None, on: date) -> Iterator[Entitlement]:
    """What councils add about a home: of this district, and of the council that looks after children."""
    codes = {area.gss, upper.gss if upper else area.gss}
    for entry in published.entries_of(codes):
        mine = entry.authority in codes and (not entry.areas or area.gss in entry.areas)
        if entry.topic == "housing" and entry.authority != ENGLAND and mine and is_in_force(entry, on):
            yield entry


def _rows(published: Published, slugs: Iterable[str], on: date) -> tuple[Row, ...]:
    held = (published.entries.get(slug) for slug in slugs)
    return tuple(entry_row(published, entry, on) for entry in held if entry and is_in_force(entry, on))


def _found(team: HousingTeam) -> TeamFound:
    return TeamFound(team.name, phone_links(team.phones), team.caution or "", _sources(team.sources))


def _to_join(known: DistrictHomes | None) -> ListToJoin | None:
    found: Register | None = known.register_ if known else None
    return ListToJoin(found.name, found.says, found.url or "", _sources(found.sources)) if found else None


def _sources(sources: Iterable[Source]) -> tuple[SourceLink, ...]:
    return tuple(
        SourceLink(f"{each.name} ({each.dated})" if each.dated else each.name, each.url or "")
        for each in sources
    )
