"""Council tax by district: find yours, read its rule in words, and see every district we hold."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from directory.places import Area, Places
from directory.places.names import key
from offer.caching import PRIVATE
from offer.clock import now, today
from offer.council_tax import current, past, rows_held, to_come
from offer.council_tax_words import RuleWords, TableRow, rule_words, rules_in_words, table_row
from offer.entitlements.schema import ENGLAND, Entitlement, ParameterRow
from offer.errors import Problem
from offer.pages.edition import edition_of
from offer.pages.listing import Row, entry_row
from offer.pages.place_asking import (
    PlaceBox,
    ask_form,
    known_district,
    nation_note,
)
from offer.pages.rendering import Page, render
from offer.pages.service_words import ServiceCard, card
from offer.published import COUNCIL_TAX, Published

PATH = "/council-tax"
GSS = re.compile(r"[EWSN][0-9]{8}")
FIRST = (("E10000019", "Lincolnshire"), ("E06000047", "County Durham"))
UNKNOWN = "We do not know that council. Choose yours from the list on the council tax page."


@dataclass(frozen=True, slots=True)
class TableGroup:
    """Districts under one heading of the table."""

    heading: str
    rows: tuple[TableRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilTaxView(Page):
    """Find your district; the table of all. `maps`: code and name of the councils offered as a map."""

    box: PlaceBox
    maps: tuple[tuple[str, str], ...]
    groups: tuple[TableGroup, ...]
    held: int
    not_held: int
    national: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictView(Page):
    """One district's rule. `rules` is empty where we hold none; `abroad` is set outside England.

    `note`: how the place was read, or that the council is being replaced.
    """

    district: Area
    upper: str
    box: PlaceBox
    rules: tuple[RuleWords, ...]
    history: tuple[RuleWords, ...]
    coming: tuple[RuleWords, ...]
    own: tuple[Row, ...]
    teams: tuple[ServiceCard, ...]
    national: tuple[Row, ...]
    abroad: str
    note: str


async def show(request: Request) -> Response:
    """GET /council-tax."""
    return _whole(request, PlaceBox())


async def find(request: Request) -> Response:
    """POST /council-tax: to the district's own address; here and now where there is a word to say first."""
    published, form = edition_of(request), await request.form()
    asked = await ask_form(request, published, form, today())
    if asked.district and asked.note:
        view = _district_view(published, asked.district, today(), asked.note)
        return render(request, "council-tax-district.html", view, headers=PRIVATE)
    if asked.district:
        return RedirectResponse(f"{PATH}/{asked.district.gss}", 303)
    return _whole(request, asked.box)


async def district(request: Request) -> Response:
    """GET /council-tax/{area}: a district's code, or its name in the address."""
    published, on = edition_of(request), today()
    typed = request.path_params["area"]
    code = typed if GSS.fullmatch(typed) else _by_name(published.places, typed, on)
    area = known_district(published.places, code, on)
    if area and area.gss != typed:
        return RedirectResponse(f"{PATH}/{area.gss}", 303)
    if area:
        return render(request, "council-tax-district.html", _district_view(published, area, on))
    if published.places.authority(code) is None:
        raise Problem(404, UNKNOWN)
    return RedirectResponse(f"{PATH}/map/{code}", 303)  # a county: its districts, to choose from


def _whole(request: Request, box: PlaceBox) -> Response:
    published, on = edition_of(request), today()
    groups = _groups(published, on)
    held = sum(len(group.rows) for group in groups)
    view = CouncilTaxView(
        title="Council tax, district by district"
        if not box.error
        else "Error: Council tax, district by district",
        path=PATH,
        edition=published.places.edition,
        description="What each council in England takes off the council tax bill of care leavers.",
        box=box,
        maps=FIRST,
        groups=groups,
        held=held,
        not_held=len(published.places.districts(on)) - held,
        national=_national(published, on),
    )
    status = 422 if box.error else 200
    return render(request, "council-tax.html", view, status, PRIVATE if box.value else None)


def _district_view(published: Published, area: Area, on: date, note: str = "") -> DistrictView:
    rows = rows_held(published).get(area.gss, ())
    authority = published.places.authority_of(area.gss, on)
    upper = authority.name if authority else area.name
    return DistrictView(
        title=f"Council tax in {area.name}",
        path=PATH,
        edition=published.places.edition,
        district=area,
        upper=upper,
        box=PlaceBox(),
        rules=rules_in_words(current(rows, on), upper),
        history=tuple(rule_words(row, upper) for row in past(rows, on)),
        coming=tuple(rule_words(row, upper) for row in to_come(rows, on)),
        own=_own_entries(published, area.gss, on),
        teams=_teams(published, area.gss),
        national=_national(published, on),
        abroad=nation_note(area.gss),
        note=note or published.places.areas.change_told(area.gss, on) or "",
    )


def _groups(published: Published, on: date) -> tuple[TableGroup, ...]:
    """The districts we hold: those of the two councils first, then the rest by name."""
    held = rows_held(published)
    groups, left = [], set(held)
    for code, heading in FIRST:
        mine = {area.gss for area in published.places.districts_of(code, on)} & left
        left -= mine
        groups.append(TableGroup(heading, _rows(published, mine, held, on)))
    groups.append(TableGroup("The rest of England, A to Z", _rows(published, left, held, on)))
    return tuple(group for group in groups if group.rows)


def _rows(
    published: Published, codes: set[str], held: Mapping[str, Sequence[ParameterRow]], on: date
) -> tuple[TableRow, ...]:
    named = sorted((published.names.get(code, code), code) for code in codes)
    return tuple(table_row(code, name, current(held[code], on)) for name, code in named)


def _own_entries(published: Published, gss: str, on: date) -> tuple[Row, ...]:
    """The council's own entries about council tax for people who live there."""
    found = [entry for entry in published.entries.values() if _is_own(entry, gss)]
    return tuple(entry_row(published, entry, on) for entry in found)


def _is_own(entry: Entitlement, gss: str) -> bool:
    covers = gss in entry.areas or entry.authority == gss
    return entry.topic == "council-tax" and entry.area_basis == "lives_in" and covers


def _national(published: Published, on: date) -> tuple[Row, ...]:
    """England's other ways to pay less council tax; the care leaver discount itself first."""
    found = [e for e in published.entries.values() if e.topic == "council-tax" and e.authority == ENGLAND]
    found.sort(key=lambda entry: (entry.id != COUNCIL_TAX, entry.title))
    return tuple(entry_row(published, entry, on) for entry in found)


def _teams(published: Published, gss: str) -> tuple[ServiceCard, ...]:
    """Council tax teams of the district that we hold; none is made up."""
    return tuple(
        card(service, now())
        for service in published.services.values()
        if service.is_shown and gss in service.record.areas and service.record.topics[0] == "council-tax"
    )


def _by_name(places: Places, typed: str, on: date) -> str:
    """The code of the district or county whose name stands in an address: "north-kesteven"."""
    wanted = key(typed)
    areas = (*places.districts(on), *places.authorities(on))
    return next((area.gss for area in areas if key(area.name) == wanted), "")


ROUTES = (
    Route(PATH, show, name="council-tax"),
    Route(PATH, find, methods=["POST"]),
    Route(f"{PATH}/{{area}}", district, name="council-tax-district"),
)
