"""Council tax in one district: the rule now, its neighbours', its history, how to ask."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from directory.freshness import overdue_words
from directory.places import Area
from offer.clock import now
from offer.council_names import plain_name
from offer.council_tax import current, past, rows_held, to_come
from offer.council_tax_facts import Fact, facts_of_rows
from offer.council_tax_words import RuleWords, rule_words, rules_in_words
from offer.eligibility.wording import said_day
from offer.entitlements.schema import ENGLAND, Entitlement, ParameterRow
from offer.language import gettext as _
from offer.pages.council_tax_beside import Beside, beside
from offer.pages.listing import Row, entry_row
from offer.pages.place_asking import PlaceBox, nation_note
from offer.pages.rendering import Page
from offer.pages.service_words import ServiceCard, card
from offer.published import COUNCIL_TAX, Published

PATH = "/council-tax"


@dataclass(frozen=True, slots=True)
class DatedRule:
    """A row of the history. `kind` is was, is or coming; `when` says from when until when."""

    kind: str
    when: str
    rule: RuleWords


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictView(Page):
    """One district's rule. `rules` is empty where we hold none; `abroad` is set outside England.

    `facts` answer the same questions for each district. `box` asks where one may move to.
    `note`: how the place was read, or that the council is being replaced.
    """

    district: Area
    name: str
    upper: str
    box: PlaceBox
    age: str
    rules: tuple[RuleWords, ...]
    facts: tuple[Fact, ...]
    beside: tuple[Beside, ...]
    is_county: bool
    history: tuple[DatedRule, ...]
    own: tuple[Row, ...]
    teams: tuple[ServiceCard, ...]
    national: tuple[Row, ...]
    abroad: str
    note: str
    overdue: str


def district_view(
    published: Published, area: Area, on: date, note: str = "", box: PlaceBox | None = None, age: str = ""
) -> DistrictView:
    """The page of a district. With a `box`, the question where to move to as it was answered."""
    rows = rows_held(published).get(area.gss, ())
    held, upper = current(rows, on), upper_name(published, area, on)
    title = _("Council tax in %(place)s") % {"place": area.name}
    return DistrictView(
        title=_("Error: %(title)s") % {"title": title} if box and box.error else title,
        path=PATH,
        district=area,
        of_council=area.gss,
        name=plain_name(area.name),
        upper=upper,
        box=box or PlaceBox(),
        age=age,
        rules=rules_in_words(held, upper),
        facts=facts_of_rows(held, upper),
        beside=beside(published, area, on),
        is_county=upper != area.name,
        history=tuple(_history(rows, upper, on)),
        own=own_entries(published, area.gss, on),
        teams=teams_of(published, area.gss),
        national=national_entries(published, on),
        abroad=nation_note(area.gss),
        note=note or published.places.areas.change_told(area.gss, on) or "",
        overdue=_overdue(published, on) if held else "",
    )


def _overdue(published: Published, on: date) -> str:
    entry = published.entries.get(COUNCIL_TAX)
    who = _("the council tax team")
    return overdue_words(entry.checked_on, entry.review_by, on, who) if entry else ""


def upper_name(published: Published, area: Area, on: date) -> str:
    """The name of the council there that looks after children."""
    authority = published.places.authority_of(area.gss, on)
    return authority.name if authority else area.name


def own_entries(published: Published, gss: str, on: date) -> tuple[Row, ...]:
    """The council's own entries about council tax for people who live there."""
    found = [entry for entry in published.entries_of([gss]) if _is_own(entry, gss)]
    return tuple(entry_row(published, entry, on) for entry in found)


def national_entries(published: Published, on: date) -> tuple[Row, ...]:
    """England's other ways to pay less council tax; the care leaver discount itself first."""
    england = published.entries_of([ENGLAND])
    found = [e for e in england if e.topic == "council-tax" and e.authority == ENGLAND]
    found.sort(key=lambda entry: (entry.id != COUNCIL_TAX, entry.title))
    return tuple(entry_row(published, entry, on) for entry in found)


def teams_of(published: Published, gss: str) -> tuple[ServiceCard, ...]:
    """Council tax teams of the district that we hold; none is made up."""
    return tuple(
        card(service, now())
        for service in published.services_of([gss])
        if service.is_shown and gss in service.record.areas and service.record.topics[0] == "council-tax"
    )


def _is_own(entry: Entitlement, gss: str) -> bool:
    covers = gss in entry.areas or entry.authority == gss
    return entry.topic == "council-tax" and entry.area_basis == "lives_in" and covers


def _history(rows: Iterable[ParameterRow], upper: str, on: date) -> Iterator[DatedRule]:
    """Every rule we hold in the order of time: what it was, what it is, what it will be."""
    held = tuple(rows)
    for row in reversed(past(held, on)):
        until = said_day(row.end) if row.end else ""
        when = _("%(since)s. We hold it up to %(end)s.") % {"since": _since(row), "end": until}
        yield DatedRule("was", when, rule_words(row, upper))
    now_held = current(held, on)
    for row, words in zip(now_held, rules_in_words(now_held, upper), strict=True):
        yield DatedRule("is", _since(row), words)
    for row in to_come(held, on):
        start = said_day(row.start) if row.start else ""
        yield DatedRule("coming", _("From %(start)s") % {"start": start}, rule_words(row, upper))


def _since(row: ParameterRow) -> str:
    """When it began, in its source's words: a first day may stand for one that was not found."""
    words = row.since or (said_day(row.start) if row.start else "")
    return f"{words[:1].upper()}{words[1:]}" if words else _("We did not find when it began")
