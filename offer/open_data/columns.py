"""What is open as tables: entitlements, council tax by district, services at their locations."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from directory.assembled import PlaceView, ServiceView
from directory.hours_list import hours_list, hours_text
from offer.addresses import entry_href, service_href
from offer.council_tax import by_district
from offer.documents import ages_of
from offer.entitlements.amounts import worth_on
from offer.entitlements.in_force import standing
from offer.entitlements.schema import ENGLAND, Entitlement, ParameterRow
from offer.published import Published
from offer.tables import Column, Table


@dataclass(frozen=True, slots=True)
class DistrictLine:
    """One district's rule; `row` is None where we hold none. `when`: now, ended or to come."""

    district: str
    district_name: str
    authority: str
    authority_name: str
    when: str
    row: ParameterRow | None


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """A service at one of its locations; `place` is None where it has none."""

    service: ServiceView
    place: PlaceView | None


def entitlements(published: Published, base: str, on: date) -> Table[Entitlement]:
    """One line for each public entitlement as it stands on the day, those not yet law too."""
    columns: tuple[Column[Entitlement], ...] = (
        Column("id", "Never changes", lambda e: e.id),
        Column("title", "Its name", lambda e: e.title),
        Column("authority", "Whose offer: ONS code", lambda e: e.authority),
        Column("authority_name", "Whose offer", lambda e: _name(published, e.authority)),
        Column("area_basis", "Which place it turns on: responsible_authority, lives_in or england",
               lambda e: e.area_basis),
        Column("areas", "Districts it covers: ONS codes; empty = all of the authority", lambda e: e.areas),
        Column("part_of", "The national entitlement whose local terms these are", lambda e: e.part_of),
        Column("topics", "The first is the main one", lambda e: (e.topic, *e.more_topics)),
        Column("standing", "coming, in-force or ended: today", lambda e: standing(e, on)),
        Column("begins", "Its first day in force, where one is known", lambda e: e.begins, "date"),
        Column("ends", "The first day on which it is over", lambda e: e.ends, "date"),
        Column("nature", "law, national-scheme or council-choice", lambda e: e.nature),
        Column("strength", "How firm it is if the rule holds", lambda e: e.strength),
        Column("for_care_leavers", "no: anybody in the same situation can get it",
               lambda e: e.for_care_leavers, "boolean"),
        Column("age_from", "First age in whole years that the rule can hold for; empty = open",
               lambda e: ages_of(e.rule)[0], "integer"),
        Column("age_before", "The birthday it ends on; empty = open",
               lambda e: ages_of(e.rule)[1], "integer"),
        Column("summary", "What it is", lambda e: e.summary),
        Column("what_you_get", "In plain words", lambda e: e.what_you_get),
        Column("amount", "How much today, in words, and the next figure where one is known",
               lambda e: worth.text if (worth := worth_on(e, on)) else None),
        Column("who_for", "In plain words; the exact rule is in the API", lambda e: e.who_for),
        Column("decided_by", "Who decides", lambda e: e.decided_by),
        Column("ask", "Who to ask", lambda e: e.ask),
        Column("legal_basis", "Acts, regulations and guidance",
               lambda e: [law.cite for law in e.legal_basis]),
        Column("sources", "Where it was read",
               lambda e: [source.url or source.name for source in e.sources]),
        Column("confidence", "How far to trust it", lambda e: e.confidence),
        Column("checked_on", "The day somebody last checked", lambda e: e.checked_on, "date"),
        Column("review_by", "The day by which it is checked again", lambda e: e.review_by, "date"),
        Column("page", "Its page", lambda e: f"{base}{entry_href(e.id)}"),
    )  # fmt: skip
    rows = sorted(published.entries.values(), key=lambda entry: (entry.authority != ENGLAND, entry.id))
    return Table("entitlements", "What care leavers can get", columns, rows)


def council_tax(published: Published, base: str, on: date) -> Table[DistrictLine]:
    """Each English district with its rules, past and to come; one empty line where none was found."""

    def of(name: str, about: str, type_: str = "text") -> Column[DistrictLine]:
        return Column(name, about, lambda line: getattr(line.row, name, None), type_)

    columns: tuple[Column[DistrictLine], ...] = (
        Column("district", "ONS code", lambda line: line.district),
        Column("district_name", "The district", lambda line: line.district_name),
        Column("authority", "The council with the leaving care team: ONS code", lambda line: line.authority),
        Column("authority_name", "That council's area", lambda line: line.authority_name),
        Column("when", "now, ended, to come, or not found", lambda line: line.when),
        of("start", "First day", "date"),
        of("end", "First day on which it no longer holds; empty = open", "date"),
        of("since", "The source's own words for when it began"),
        of("age_before", "The birthday it ends on; empty = not found", "integer"),
        of("percent", "Percent off the bill; empty = not found or not one figure", "integer"),
        of("bands", "Percent by kind of household"),
        of("who", "Whose care leavers: own, any, own-and-neighbours, not-stated"),
        of("given_as", "What its source calls it: exemption, discount, reduction or refund"),
        of("asks", "What a person at the district must still decide"),
        of("confidence", "How far to trust it"),
        of("source", "Where it was read"),
        of("note", "In plain words"),
        of("checked_on", "The day somebody last checked", "date"),
        Column("page", "Its page", lambda line: f"{base}/council-tax/{line.district}"),
    )
    rows = list(_districts(published, on))
    return Table("council-tax", "Council tax and care leavers, by district", columns, rows)


def services(published: Published, base: str, on: date) -> Table[ServiceLine]:
    """One line for each public service at each of its locations. A private address is not in it."""
    columns: tuple[Column[ServiceLine], ...] = (
        Column("id", "Never changes", lambda line: line.service.id),
        Column("name", "Its name", lambda line: line.service.name),
        Column("run_by", "Who runs it", lambda line: line.service.run_by),
        Column("kind", "Kind of service", lambda line: line.service.record.kind),
        Column("status", "open, temporarily-closed or unknown", lambda line: line.service.record.status),
        Column("topics", "The first is the main one", lambda line: line.service.record.topics),
        Column("areas", "Whom it serves: ONS codes", lambda line: line.service.record.areas),
        Column("summary", "What it is", lambda line: line.service.record.summary),
        Column("age_from", "First age in whole years; empty = open",
               lambda line: line.service.record.age_from, "integer"),
        Column("age_before", "The birthday it ends on; empty = open",
               lambda line: line.service.record.age_before, "integer"),
        Column("location", "The place's id; empty = by phone, online, or not known",
               lambda line: _at(line, "id")),
        Column("location_name", "The place", lambda line: _at(line, "name")),
        Column("address", "Street lines; empty = not published", lambda line: _at(line, "address")),
        Column("town", "Town", lambda line: _at(line, "town")),
        Column("postcode", "Postcode; empty = not published", lambda line: _at(line, "postcode")),
        Column("private_address", "yes: kept private, to keep people safe",
               lambda line: bool(_at(line, "confidential")), "boolean"),
        Column("phones", "In their order", lambda line: [phone.number for phone in line.service.phones]),
        Column("email", "Email", lambda line: line.service.record.email),
        Column("website", "Website", lambda line: line.service.record.website),
        Column("opening_hours", "In words; empty = not found", lambda line: _hours(line, on)),
        Column("cost", "In words", lambda line: line.service.record.cost),
        Column("sources", "Where it was read",
               lambda line: [source.url or source.name for source in line.service.record.sources]),
        Column("confidence", "How far to trust it", lambda line: line.service.record.confidence),
        Column("checked_on", "The day somebody last checked",
               lambda line: line.service.record.checked_on, "date"),
        Column("page", "Its page", lambda line: f"{base}{service_href(line.service.id)}"),
    )  # fmt: skip
    rows = [
        ServiceLine(view, place)
        for view in published.services.values()
        if view.is_shown and not view.record.redirect_to
        for place in view.places or (None,)
    ]
    return Table("services", "Hubs, teams and places for care leavers", columns, rows)


def _districts(published: Published, on: date) -> Iterator[DistrictLine]:
    for each in by_district(published, on):
        place = (each.district.gss, each.district.name, each.authority.gss, each.authority.name)
        yield from (DistrictLine(*place, "now", row) for row in each.rules)
        yield from (DistrictLine(*place, "to come", row) for row in each.to_come)
        yield from (DistrictLine(*place, "ended", row) for row in each.ended)
        if not (each.rules or each.to_come or each.ended):
            yield DistrictLine(*place, "not found", None)


def _name(published: Published, code: str) -> str:
    return "England" if code == ENGLAND else published.names.get(code, code)


def _at(line: ServiceLine, field: str) -> object:
    return getattr(line.place.location, field) if line.place else None


def _hours(line: ServiceLine, on: date) -> str | None:
    """From the schedules there, else of the service; else the words as printed."""
    schedules, closures = line.service.hours(line.place)
    return hours_text(hours_list(schedules, closures, on)) or line.service.record.opening_hours
