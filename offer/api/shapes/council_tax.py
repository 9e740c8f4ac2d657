"""The council tax discount, district by district."""

from datetime import date
from typing import Literal

from pydantic import Field

from offer.api.shapes.common import AreaShape, Reply, Shape


class CouncilTaxRow(Shape):
    """One dated rule of a district. Figures are null where they were not found or are too weak to show."""

    age_before: int | None = Field(description="The first birthday at which it stops.")
    percent: int | None = Field(description="How much off, up to.")
    bands: list[str]
    who: Literal["own", "any", "own-and-neighbours", "not-stated"]
    given_as: Literal["exemption", "discount", "reduction", "refund"] | None = Field(
        description="What its source calls it; null where it does not say."
    )
    since: str | None
    start: date | None
    end: date | None
    asks: list[str]
    source: str
    confidence: str
    note: str | None
    checked_on: date


class CouncilTaxDistrict(Shape):
    """A district's care leaver discount on the day."""

    district: AreaShape
    authority: AreaShape
    found: bool
    rule: CouncilTaxRow | None = Field(description="Null where we hold no rule: ask the council.")
    also: list[CouncilTaxRow] = Field(description="Further rules in force beside it.")
    history: list[CouncilTaxRow] = Field(description="Rules that have ended, the latest first.")
    to_come: list[CouncilTaxRow]


class CouncilTaxReply(Reply):
    """The discount by district."""

    on: date
    districts: list[CouncilTaxDistrict]
