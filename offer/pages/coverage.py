"""How far people live from the nearest hub, district by district: for whoever places the next one.

Public data alone: postcodes counted by square kilometre, and the hubs we hold. Sorted by links,
so that no script is needed; the same as a file for a spreadsheet.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from directory.coverage import NEAR, Distances, DistrictCoverage, coverage_of
from directory.places import Area
from offer.addresses import service_href
from offer.clock import today
from offer.council_names import plain_name
from offer.errors import Problem
from offer.language import gettext as _
from offer.language import later
from offer.pages.edition import edition_of
from offer.pages.listing import Link
from offer.pages.rendering import Page, render
from offer.tables import csv_bytes

PATH = "/coverage"
NONE_KNOWN = later("none known to us")
NO_PLACE = later("place not published")
UNKNOWN = later("We do not know that council. Choose one on the page about how far hubs are.")
Key: TypeAlias = Callable[[DistrictCoverage], tuple[float | str, ...]]


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """One district. Cells are words; `half`, `most` and `within` are "" where there is no distance."""

    name: str
    council: str
    council_href: str
    hubs: tuple[Link, ...]
    none: str
    half: str
    most: str
    within: tuple[str, ...]
    farthest: str


@dataclass(frozen=True, slots=True)
class Heading:
    """One column; `href` sorts by it, and is "" where the table stands in its order."""

    text: str
    href: str
    order: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageView(Page):
    """The table, and the councils of which we know no hub. `council` is "" for all of England."""

    council: str
    headings: tuple[Heading, ...]
    rows: tuple[CoverageRow, ...]
    without: tuple[Link, ...]
    districts_without: int
    districts: int
    about: bool
    csv: str


def _far(row: DistrictCoverage, name: str) -> tuple[float | str, ...]:
    """The farthest first; districts without a distance last, by name."""
    miles = getattr(row.distances, name) if row.distances else -1.0
    return (-miles, row.district.name)


def _within(miles: int) -> Key:
    """The smallest share first; districts without a distance last."""
    return lambda row: (row.distances.within[miles] if row.distances else 2.0, row.district.name)


_WITHIN = later("Within %(num)s miles")
SORTS: Mapping[str, tuple[str, Key]] = {
    "district": (later("District"), lambda row: (row.district.name,)),
    "hubs": (later("Hubs known"), lambda row: (-len(row.hubs), row.district.name)),
    "half": (later("Half live within"), lambda row: _far(row, "median")),
    "most": (later("9 in 10 live within"), lambda row: _far(row, "p90")),
    **{f"within-{miles}": (_WITHIN, _within(miles)) for miles in NEAR},
    "farthest": (later("Farthest"), lambda row: _far(row, "farthest")),
}


async def show(request: Request) -> Response:
    """GET /coverage?council=E10000019&sort=most: the table, of England or of one council."""
    rows, council = await _rows(request)
    sort = request.query_params.get("sort", "")
    sort = sort if sort in SORTS else "most"
    shown = [row for row in rows if council or row.hubs]
    without = {row.authority for row in rows} - {row.authority for row in rows if row.hubs}
    title = _("How far hubs are")
    if council:
        title = _("How far hubs are in %(place)s") % {"place": plain_name(council.name)}
    view = CoverageView(
        title=title,
        path=PATH,
        description=_("How far care leavers in each district live from the nearest hub."),
        council=plain_name(council.name) if council else "",
        headings=_headings(sort, council),
        rows=tuple(map(_row, sorted(shown, key=SORTS[sort][1]))),
        without=() if council else _links(without),
        districts_without=sum(not row.hubs for row in rows),
        districts=len(rows),
        about=any(row.distances and row.distances.about for row in shown),
        csv=f"{PATH}.csv{_query('', council)}",
    )
    return render(request, "coverage.html", view)


async def as_csv(request: Request) -> Response:
    """GET /coverage.csv: every district, one a line; miles as numbers, blank where none is known."""
    rows = (await _rows(request))[0]
    shares = [f"share_within_{miles}_miles" for miles in NEAR]
    names = (
        "district", "district_name", "council", "council_name", "postcodes", "hubs_known",
        "median_miles", "p90_miles", *shares, "farthest_miles", "farthest_near", "about", "hubs",
    )  # fmt: skip
    body = csv_bytes([names, *map(_cells, rows)])
    headers = {"Content-Disposition": 'attachment; filename="hub-coverage.csv"'}
    return Response(body, headers=headers, media_type="text/csv; charset=utf-8")


async def _rows(request: Request) -> tuple[Sequence[DistrictCoverage], Area | None]:
    """The districts of England, or of the council asked for. Raises Problem 404 for one we do not know."""
    published, on = edition_of(request), today()
    code = request.query_params.get("council", "")
    council = published.places.authority(published.places.areas.current(code, on)) if code else None
    if code and council is None:
        raise Problem(404, UNKNOWN)
    rows = await asyncio.to_thread(coverage_of, published.directory, on)
    return [row for row in rows if council in (None, row.authority)], council


def _row(row: DistrictCoverage) -> CoverageRow:
    found = row.distances
    return CoverageRow(
        name=plain_name(row.district.name),
        council=plain_name(row.authority.name) if row.authority != row.district else "",
        council_href=f"{PATH}?council={row.authority.gss}",
        hubs=tuple(dict.fromkeys(Link(service_href(hub.slug), hub.name) for hub in row.hubs)),
        none=_(NONE_KNOWN) if not row.hubs else "" if found else _(NO_PLACE),
        half=_far_words(found, found.median) if found else "",
        most=_far_words(found, found.p90) if found else "",
        within=tuple(f"{share:.0%}" for share in found.within.values()) if found else (),
        farthest=_farthest_words(found) if found else "",
    )


def _far_words(found: Distances, miles: float) -> str:
    words = _("about %(miles)s miles") if found.about else _("%(miles)s miles")
    return words % {"miles": f"{miles:.1f}"}


def _farthest_words(found: Distances) -> str:
    words = (
        _("about %(miles)s miles, near %(place)s") if found.about else _("%(miles)s miles, near %(place)s")
    )
    return words % {"miles": f"{found.farthest:.0f}", "place": found.farthest_place}


def _cells(row: DistrictCoverage) -> list[str]:
    names = "; ".join(dict.fromkeys(hub.name for hub in row.hubs))
    known = [row.district.gss, row.district.name, row.authority.gss, row.authority.name]
    counts = [str(row.postcodes), str(len({hub.slug for hub in row.hubs}))]
    return [*known, *counts, *_miles(row.distances), names]


def _miles(found: Distances | None) -> list[str]:
    if found is None:
        return [""] * (5 + len(NEAR))
    shares = [f"{share:.3f}" for share in found.within.values()]
    about = "about" if found.about else ""
    return [f"{found.median:.1f}", f"{found.p90:.1f}", *shares, f"{found.farthest:.1f}",
            found.farthest_place, about]  # fmt: skip


def _headings(sort: str, council: Area | None) -> tuple[Heading, ...]:
    return tuple(
        Heading(_heading(name), "" if name == sort else f"{PATH}{_query(name, council)}", name)
        for name in SORTS
    )


def _heading(name: str) -> str:
    words = _(SORTS[name][0])
    return words % {"num": name.rpartition("-")[2]} if "%" in words else words


def _query(sort: str, council: Area | None) -> str:
    pairs = [("council", council.gss if council else ""), ("sort", sort)]
    said = "&".join(f"{name}={value}" for name, value in pairs if value)
    return f"?{said}" if said else ""


def _links(councils: set[Area]) -> tuple[Link, ...]:
    pairs = sorted((plain_name(area.name), area.gss) for area in councils)
    return tuple(Link(f"{PATH}?council={gss}", name) for name, gss in pairs)


ROUTES = (Route(PATH, show, name="coverage"), Route(f"{PATH}.csv", as_csv, name="coverage-csv"))
