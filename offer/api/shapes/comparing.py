"""Areas side by side."""

from typing import Literal

from offer.api.shapes.common import AreaShape, Reply, Shape


class OfferShape(Shape):
    """What an area offers on a topic."""

    slug: str
    title: str
    summary: str
    amount: str | None
    confidence: str


class CompareCell(Shape):
    """One area on one topic. `says` is "not found" where we hold nothing: that is not the same as nothing."""

    area: str
    says: Literal["found", "not found"]
    offers: list[OfferShape]


class CompareRow(Shape):
    """One topic, one cell an area, in the order asked."""

    topic: str
    title: str
    cells: list[CompareCell]


class CompareReply(Reply):
    """Areas side by side, topic by topic."""

    areas: list[AreaShape]
    rows: list[CompareRow]
