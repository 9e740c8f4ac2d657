"""GET /compare: two to six areas side by side, topic by topic."""

import re
from datetime import date

from starlette.responses import Response

from directory.places import Area
from offer.api.bodies import cannot_be_used
from offer.api.calls import Call, written
from offer.api.given import PLACE_CODE, CompareGiven
from offer.api.shapes.common import AreaShape
from offer.api.shapes.comparing import CompareCell, CompareReply, CompareRow, OfferShape
from offer.compare import Compared
from offer.compare import compare as side_by_side
from offer.entitlements.amounts import worth_on
from offer.entitlements.schema import Entitlement
from offer.errors import FieldFault

FEWEST, MOST = 2, 6


async def compare(call: Call, given: CompareGiven) -> Response:
    """What each area offers; "not found" is not the same as nothing."""
    areas = _areas(call, given.areas)
    rows = side_by_side(call.published, areas, given.topic, call.today)
    reply = CompareReply(
        areas=[AreaShape.of(area) for area in areas], rows=[_row(row, areas, call.today) for row in rows]
    )
    return written(call, reply)


def _areas(call: Call, text: str) -> list[Area]:
    """The areas in the order given. Raises Problem 422 naming every fault."""
    codes = [code.strip() for code in text.split(",")]
    faults = [fault for code in dict.fromkeys(codes) if (fault := _fault(call, code))]
    if not FEWEST <= len(codes) <= MOST:
        faults.append(f"Give {FEWEST} to {MOST} areas, with commas between them.")
    if len(set(codes)) < len(codes):
        faults.append("Give each area once.")
    if faults:
        raise cannot_be_used([FieldFault("/areas", fault) for fault in faults])
    return [call.area(call.published.places.areas.current(code, call.today)) for code in codes]


def _fault(call: Call, code: str) -> str | None:
    if not re.fullmatch(PLACE_CODE, code):
        return "This is no list of ONS codes. Write it like E06000047,E10000019."
    if call.published.places.areas.current(code, call.today) not in call.published.names:
        return f"{code} is not a council or district in England that we know."
    return None


def _row(row: Compared, areas: list[Area], on: date) -> CompareRow:
    cells = [
        CompareCell(
            area=area.gss,
            says="found" if entries else "not found",
            offers=[_offer(entry, on) for entry in entries],
        )
        for area, entries in zip(areas, row.cells, strict=True)
    ]
    return CompareRow(topic=row.topic, title=row.title, cells=cells)


def _offer(entry: Entitlement, on: date) -> OfferShape:
    worth = worth_on(entry, on)
    return OfferShape(
        slug=entry.id,
        title=entry.title,
        summary=entry.summary,
        amount=worth.text if worth else None,
        confidence=entry.confidence,
    )
