"""What the Answer looks like: POST /check."""

from datetime import date
from typing import Any, Self

from pydantic import Field

from offer.answer_parts import Outcome
from offer.api.shapes.common import Reply, Shape, WorthShape
from offer.entitlements.in_force import Standing
from offer.outcome_parts import OutcomeValue


class ReasonShape(Shape):
    """One condition in words about this person; `holds` is null while nobody knows."""

    id: str
    text: str
    holds: bool | None
    cite: str | None


class WantedShape(Shape):
    """One thing a person could change, and the values of it that would fit."""

    fact: str
    values: list[Any]
    text: str


class OutcomeShape(Shape):
    """What one entry means for this person on this day. What is coming is never a yes."""

    slug: str
    part_of: str | None
    title: str
    outcome: OutcomeValue
    strength: str
    because: list[ReasonShape] = Field([])
    missing: list[str] = Field(description="Facts that can still change this outcome.")
    asks: list[str] = Field(default_factory=list, description="What a person must decide.")
    warnings: list[str]
    from_: date | None = Field(serialization_alias="from", description="The day time alone would start it.")
    until: date | None = Field(description="The day time alone would stop it (exclusive).")
    until_age: int | None
    sure_until: date | None = Field(description="The day time alone would make a yes a might.")
    sure_until_age: int | None
    ask: str = Field(description="Whom to ask.")
    standing: Standing = Field(description="Where the law itself stands on the day.")
    begins: date | None = Field(description="The law's first day; null where none is known.")
    ends: date | None = Field(description="The first day on which the law is over.")
    worth: WorthShape | None
    closest: list[WantedShape] = Field([])  # beside a "no": all that a person could change about it

    @classmethod
    def of(cls, outcome: Outcome, *, explain: bool) -> Self:
        """The shape of an outcome; without `explain` no because, asks and closest."""
        day, entry = outcome.day, outcome.day.entry
        told = {"because": outcome.because, "asks": outcome.asks} if explain else {}
        near = {"closest": outcome.closest} if explain and outcome.closest else {}
        return cls.model_validate(
            {
                "slug": entry.id,
                "part_of": entry.part_of,
                "title": entry.title,
                "outcome": outcome.outcome,
                "strength": day.strength,
                "missing": outcome.missing,
                "warnings": outcome.warnings,
                "from_": outcome.from_,
                "until": outcome.until,
                "until_age": outcome.until_age,
                "sure_until": outcome.sure_until,
                "sure_until_age": outcome.sure_until_age,
                "ask": entry.ask,
                "standing": day.standing,
                "begins": entry.begins,
                "ends": entry.ends,
                "worth": day.worth,
                **told,
                **near,
            }
        )


class ChoiceShape(Shape):
    """One way to answer a question."""

    value: str
    label: str


class NextQuestionShape(Shape):
    """The question that settles the most; `settles` counts the entries still open on it."""

    fact: str
    text: str
    why: str
    kind: str
    options: list[ChoiceShape]
    settles: int


class CareStatusShape(Shape):
    """The legal care status worked out; null while it is open."""

    value: str | None
    because: list[str]
    cite: str | None
    warnings: list[str]


class AnswerReply(Reply):
    """The Answer: everything we can say to one person on one day."""

    on: date
    not_included: list[str] = Field(description="Facts that are unknown, so that a council is left out.")
    care_status: CareStatusShape
    notes: list[str]
    outcomes: list[OutcomeShape]
    next_question: NextQuestionShape | None = None
