"""How a typed place was read."""

from typing import Literal

from pydantic import Field

from offer.api.shapes.common import AreaShape, Reply, Shape


class AreaCell(Shape):
    """A place as somebody typed it, settled to a district."""

    district: AreaShape
    authority: AreaShape


class MatchShape(AreaCell):
    """One district a place may be in; `share` is its part of the area's postcodes, 0 to 1."""

    lat: float | None
    lon: float | None
    share: float | None


class OnlineShape(Shape):
    """What a geocoder had to do with a place; both are absent where none was asked."""

    online: Literal["found", "nothing", "failed"] | None = Field(
        None,
        description="Only where a geocoder was asked. `found` is a suggestion: ask the person. "
        "`failed` never means that there is no such place.",
    )
    attribution: str | None = Field(None, description="Show this beside an answer that was `found` online.")


class PlaceReply(OnlineShape, Reply):
    """How a typed place was read. Only `exact` and `about` settle a district, and none found online does."""

    query: str
    read_as: str | None = Field(description="Set where letters or figures were put right.")
    kind: str
    precision: Literal["exact", "about", "several", "none"]
    matches: list[MatchShape]
    note: str | None
    same: list[str] = Field(
        default_factory=list,
        description="Stands where there are several: what is the same in all of them, in sentences.",
    )
