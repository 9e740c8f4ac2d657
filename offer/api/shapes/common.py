"""What every reply is made of, as pydantic models: the writing of JSON and the OpenAPI schema are one.

A field that was not set is left out of the JSON; a null says "not known" or "not found".
"""

from datetime import date, datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from directory.places import Area

Moment = Annotated[datetime, PlainSerializer(lambda moment: moment.isoformat(), return_type=str)]


class Shape(BaseModel):
    """Read from our own dataclasses by name."""

    model_config = ConfigDict(frozen=True, from_attributes=True, populate_by_name=True)


class Reply(Shape):
    """Every JSON answer names the edition of the catalogue it was made from."""

    catalogue_version: int = 0


class Paged(Reply):
    """One page of a list: `total` counts all pages together."""

    total: int
    page: int
    per_page: int
    pages: int


class AreaShape(Shape):
    """A district, county, unitary or nation: its ONS GSS code and its name."""

    gss: str
    name: str

    @classmethod
    def of(cls, area: Area) -> Self:
        """The shape of an area."""
        return cls(gss=area.gss, name=area.name)


class FaultShape(Shape):
    """One fault: where it is, as a JSON pointer into the body or the parameters, and what to do."""

    pointer: str
    detail: str


class ProblemShape(Shape):
    """RFC 9457 problem details."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FaultShape] = []


class AmountShape(Shape):
    """A figure: `start` inclusive, `end` exclusive, null where no source tells them."""

    text: str
    pence: int | None
    per: str | None
    applies_to: str | None
    start: date | None
    end: date | None


class WorthShape(Shape):
    """What it is worth on the day: the figure, whether its dates are over, and the next one known to come."""

    text: str = Field(description="All of it in words.")
    amount: AmountShape | None
    old: bool
    after: AmountShape | None
