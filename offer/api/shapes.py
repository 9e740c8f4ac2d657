"""What replies look like, as pydantic models: the writing of JSON and the OpenAPI schema are one.

A field that was not set is left out of the JSON; a null says "not known" or "not found".
"""

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

from directory.places import Area
from offer.answer_parts import OutcomeValue
from offer.entitlements.in_force import Standing
from offer.timeline import Change

Moment = Annotated[datetime, PlainSerializer(lambda moment: moment.isoformat(), return_type=str)]


class Shape(BaseModel):
    """Read from our own dataclasses by name."""

    model_config = ConfigDict(frozen=True, from_attributes=True, populate_by_name=True)


class Reply(Shape):
    """Every JSON answer names the edition of the catalogue it was made from."""

    catalogue_version: int = 0


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


class OutcomeShape(Shape):
    """What one entry means for this person on this day. What is coming is never a yes."""

    slug: str
    part_of: str | None
    title: str
    outcome: OutcomeValue
    strength: str
    because: list[ReasonShape] = []
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
    closest: list[WantedShape] = []  # beside a "no": all that a person could change about it


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


class AliveReply(Shape):
    """The process answers."""

    status: Literal["alive"]


class ReadyCatalogue(Shape):
    """The edition served now."""

    version: int | None
    published_at: Moment | None
    age_seconds: int | None


class ReadyDatabase(Shape):
    """How the database looked last. `lag_seconds`: how long ago we last read it."""

    reachable: bool
    checked_at: Moment | None
    version: int | None = Field(description="The newest version seen there; null before the first.")
    lag_seconds: int | None


class ReadyTrouble(Shape):
    """Something that is wrong with this process."""

    code: str
    detail: str
    mend: str = Field(description="What to do, often a command.")
    stops: bool = Field(description="Whether another process should be asked instead: the status is 503.")


class ReadyReply(Shape):
    """Whether this process should be sent requests. It stays ready while the database is away."""

    catalogue_version: int | None
    ready: bool
    troubles: list[ReadyTrouble] = Field(description="All that is wrong now; empty where all is well.")
    catalogue: ReadyCatalogue
    database: ReadyDatabase


class OptionShape(Shape):
    """One answer to a choice."""

    value: str
    label: str


class FactShape(Shape):
    """One thing that may be known about a person, and the question that asks it."""

    name: str
    type: str
    unit: str | None = Field(description="`pounds`, `years`, `months` or `days` of a number.")
    question: str
    why: str
    values: list[OptionShape]
    sensitivity: int = Field(description="0 plain to 3: asked late, and only while it matters.")
    derived: bool = Field(description="Worked out from `inputs`; may be sent where they are unknown.")
    inputs: list[str]
    asked_if: dict[str, list[Any]] = Field(description="Asked only once these facts have these values.")


class FactsReply(Reply):
    """The registry, in the order an editor would ask."""

    facts: list[FactShape]
