"""Council tax by district: find yours, read its rule in words, and see every district we hold."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from directory.places import Places
from directory.places.names import key
from offer.caching import PRIVATE
from offer.clock import today
from offer.council_tax import current, rows_held
from offer.council_tax_words import TableRow, table_row
from offer.entitlements.schema import ParameterRow
from offer.errors import Problem
from offer.language import gettext as _
from offer.language import later
from offer.pages.council_tax_district import PATH, district_view, national_entries
from offer.pages.edition import edition_of
from offer.pages.for_all import render_for_all
from offer.pages.listing import Row
from offer.pages.place_asking import PlaceBox, ask_form, known_district
from offer.pages.rendering import Page, render
from offer.published import Published

GSS = re.compile(r"[EWSN][0-9]{8}")
FIRST = (("E10000019", "Lincolnshire"), ("E06000047", "County Durham"))
UNKNOWN = later("We do not know that council. Choose yours from the list on the council tax page.")


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


async def show(request: Request) -> Response:
    """GET /council-tax."""
    return _whole(request, PlaceBox())


async def find(request: Request) -> Response:
    """POST /council-tax: to the district's own address; here and now where there is a word to say first."""
    published, form = edition_of(request), await request.form()
    asked = await ask_form(request, published, form, today())
    if asked.district and asked.note:
        view = district_view(published, asked.district, today(), asked.note)
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
        return render_for_all(
            request, "council-tax-district.html", lambda: district_view(published, area, on)
        )
    if published.places.authority(code) is None:
        raise Problem(404, UNKNOWN)
    return RedirectResponse(f"{PATH}/map/{code}", 303)  # a county: its districts, to choose from


def _whole(request: Request, box: PlaceBox) -> Response:
    published, on = edition_of(request), today()
    groups = _groups(published, on)
    held = sum(len(group.rows) for group in groups)
    title = _("Council tax, district by district")
    view = CouncilTaxView(
        title=_("Error: %(title)s") % {"title": title} if box.error else title,
        path=PATH,
        description=_("What each council in England takes off the council tax bill of care leavers."),
        box=box,
        maps=FIRST,
        groups=groups,
        held=held,
        not_held=len(published.places.districts(on)) - held,
        national=national_entries(published, on),
    )
    status = 422 if box.error else 200
    return render(request, "council-tax.html", view, status, PRIVATE if box.value else None)


def _groups(published: Published, on: date) -> tuple[TableGroup, ...]:
    """The districts we hold: those of the two councils first, then the rest by name."""
    held = rows_held(published)
    groups, left = [], set(held)
    for code, heading in FIRST:
        mine = {area.gss for area in published.places.districts_of(code, on)} & left
        left -= mine
        groups.append(TableGroup(heading, _rows(published, mine, held, on)))
    groups.append(TableGroup(_("The rest of England, A to Z"), _rows(published, left, held, on)))
    return tuple(group for group in groups if group.rows)


def _rows(
    published: Published, codes: set[str], held: Mapping[str, Sequence[ParameterRow]], on: date
) -> tuple[TableRow, ...]:
    named = sorted((published.names.get(code, code), code) for code in codes)
    return tuple(table_row(code, name, current(held[code], on)) for name, code in named)


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
