"""GET /coverage: how far the people of each district live from the nearest hub that serves them."""

import asyncio

from starlette.responses import Response

from directory.coverage import Distances, DistrictCoverage, coverage_of
from offer.api.calls import Call, written
from offer.api.given import CoverageGiven
from offer.api.shapes.common import AreaShape
from offer.api.shapes.coverage import CoverageReply, CoverageRow, DistancesShape, HubShape, WithinShape

NOTE = (
    "Miles are in a straight line, each home counted by its postcode to about a kilometre. Only hubs for the "
    "people of a district count. A district without hubs has none known to us; there may be one."
)


async def coverage(call: Call, given: CoverageGiven) -> Response:
    """Every district of England, or those of one council."""
    council = call.codes({"responsible_authority": given.responsible_authority})["responsible_authority"]
    rows = await asyncio.to_thread(coverage_of, call.published.directory, call.today)
    found = [_row(row) for row in rows if council in (None, row.authority.gss)]
    return written(call, CoverageReply(note=NOTE, districts=found))


def _row(row: DistrictCoverage) -> CoverageRow:
    return CoverageRow(
        district=AreaShape.of(row.district),
        authority=AreaShape.of(row.authority),
        postcodes=row.postcodes,
        hubs=[HubShape(slug=hub.slug, name=hub.name, placed=hub.point is not None, about=hub.about)
              for hub in row.hubs],
        distances=_distances(row.distances) if row.distances else None,
    )  # fmt: skip


def _distances(found: Distances) -> DistancesShape:
    return DistancesShape(
        about=found.about,
        median_miles=round(found.median, 1),
        p90_miles=round(found.p90, 1),
        within=[WithinShape(miles=miles, share=round(share, 3)) for miles, share in found.within.items()],
        farthest_miles=round(found.farthest, 1),
        farthest_near=found.farthest_place,
    )
