"""How far people live from the nearest hub."""

from pydantic import Field

from offer.api.shapes.common import AreaShape, Reply, Shape


class HubShape(Shape):
    """A hub at one of its places. `about`: only its town is known; not `placed`: not even that."""

    slug: str
    name: str
    placed: bool
    about: bool


class WithinShape(Shape):
    """The share of postcodes in use, 0 to 1, within so many miles of a hub."""

    miles: int
    share: float


class DistancesShape(Shape):
    """Straight-line miles from the homes of a district to the nearest hub that serves it."""

    about: bool = Field(description="Some hub is known by its town alone.")
    median_miles: float
    p90_miles: float = Field(description="Nine in ten live within.")
    within: list[WithinShape]
    farthest_miles: float
    farthest_near: str = Field(description="The town or village nearest to the home farthest away.")


class CoverageRow(Shape):
    """One district. No `hubs`: none known to us. `distances` is null where no place is known."""

    district: AreaShape
    authority: AreaShape
    postcodes: int = Field(description="Postcodes in use where people live.")
    hubs: list[HubShape]
    distances: DistancesShape | None


class CoverageReply(Reply):
    """Every district asked for, in order of its council's and its own name."""

    note: str
    districts: list[CoverageRow]
