"""What changes when: POST /timeline."""

from datetime import date
from typing import Self

from pydantic import Field

from offer.api.shapes.answer import ReasonShape
from offer.api.shapes.common import Reply, Shape, WorthShape
from offer.outcome_parts import OutcomeValue
from offer.timeline import Change


class ChangeShape(Shape):
    """One entry whose outcome is another from this day on."""

    date: date
    slug: str
    title: str
    before: OutcomeValue
    after: OutcomeValue
    because: list[ReasonShape]

    @classmethod
    def of(cls, change: Change) -> Self:
        """The shape of a change."""
        return cls.model_validate(change)


class AgeChangeShape(Shape):
    """One entry whose outcome is another from a birthday on, whose day nobody told."""

    age: int
    slug: str
    title: str
    before: OutcomeValue
    after: OutcomeValue
    because: list[ReasonShape]


class AmountChangeShape(Shape):
    """One figure that is another from this day on: what counted before, and what counts after."""

    date: date
    slug: str
    title: str
    before: WorthShape | None
    after: WorthShape | None


class StatusChangeShape(Shape):
    """The legal care status is another from this day on, or this birthday; null while it is open."""

    date: date | None
    age: int | None = Field(description="Set where no birth date was told, and `date` is null.")
    before: str | None
    after: str | None
    cite: str | None


class TimelineReply(Reply):
    """What changes when, in order of day."""

    from_: date = Field(serialization_alias="from")
    to: date
    missing: list[str] = Field(description="Names date_of_birth where no day can be told without it.")
    changes: list[ChangeShape] = Field(
        description="Without a birth date: what changes on the days of a law, and on days you stated."
    )
    by_age: list[AgeChangeShape] = Field(
        description="What changes on birthdays, where an age was told and no birth date; else empty."
    )
    amounts: list[AmountChangeShape] = Field(
        description="The days on which a figure changes; no outcome turns by it."
    )
    care_status: list[StatusChangeShape] = Field(
        description="The days, or without a birth date the ages, at which the care status becomes another."
    )
