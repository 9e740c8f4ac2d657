"""What every published document carries: its sources, and the publications that changed it."""

from datetime import date

from pydantic import Field

from offer.api.shapes.common import Moment, Shape


class ChangeInCatalogue(Shape):
    """One publication that changed a document."""

    version: int
    at: Moment
    note: str


class SourceShape(Shape):
    """Where a fact was read. `url` is null for a paper that is not on the web."""

    name: str
    url: str | None
    seen: date
    dated: str | None = Field(description="The source's own date, as printed.")
