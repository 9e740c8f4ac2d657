"""GET /council-tax: what each district takes off the bill of care leavers, dated and sourced."""

from starlette.responses import Response

from offer.api.calls import Call, written
from offer.api.given import CouncilTaxGiven
from offer.api.shapes.common import AreaShape
from offer.api.shapes.council_tax import CouncilTaxDistrict, CouncilTaxReply, CouncilTaxRow
from offer.council_tax import DistrictRules, by_district
from offer.entitlements.schema import ParameterRow


async def council_tax(call: Call, given: CouncilTaxGiven) -> Response:
    """Every district, or one. A place outside England has no row: its own rules hold there."""
    district = call.codes({"district": given.district})["district"]
    on = given.on or call.today
    found = [each for each in by_district(call.published, on) if district in (None, each.district.gss)]
    return written(call, CouncilTaxReply(on=on, districts=[_shape(each) for each in found]))


def _shape(rules: DistrictRules) -> CouncilTaxDistrict:
    return CouncilTaxDistrict(
        district=AreaShape.of(rules.district),
        authority=AreaShape.of(rules.authority),
        found=bool(rules.rules),
        rule=_row(rules.rules[0]) if rules.rules else None,
        also=[_row(row) for row in rules.rules[1:]],
        history=[_row(row) for row in rules.ended],
        to_come=[_row(row) for row in rules.to_come],
    )


def _row(row: ParameterRow) -> CouncilTaxRow:
    return CouncilTaxRow.model_validate(row.model_dump(exclude={"area"}))
