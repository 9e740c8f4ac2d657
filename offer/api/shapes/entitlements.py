"""An entitlement, in a list and whole."""

from datetime import date
from typing import Any

from pydantic import Field

from offer.api.shapes.common import AreaShape, Paged, Reply, Shape, WorthShape
from offer.api.shapes.documents import ChangeInCatalogue, SourceShape
from offer.deciding import Duty
from offer.entitlements.in_force import Standing
from offer.entitlements.schema import Amount, EasyRead, LegalBasis, ParameterRow, ToSay, Translation


class EntitlementRow(Shape):
    """One entitlement in a list."""

    slug: str
    title: str
    summary: str
    authority: AreaShape
    area_basis: str
    part_of: str | None
    topic: str
    more_topics: list[str]
    strength: str
    nature: str
    in_force: str
    begins: date | None
    ends: date | None
    standing: Standing = Field(description="coming, in-force or ended: today.")
    for_care_leavers: bool
    amount: Amount | None
    more_amounts: list[Amount]
    worth: WorthShape | None = Field(description="The figure of today.")
    confidence: str
    checked_on: date


class EntitlementsReply(Paged):
    """A page of entitlements."""

    entitlements: list[EntitlementRow]


class RuleLineShape(Shape):
    """One condition with its law, or a heading over `parts`. `decided`: a person decides it."""

    text: str
    cite: str
    decided: bool
    parts: list["RuleLineShape"]


class DecisionShape(Shape):
    """Who decides, and how free they are: `words` say `duty` in plain English."""

    who: str
    duty: Duty
    words: str


class SaidShape(Shape):
    """Two messages to read out or send: made from the entry, or written by an editor."""

    first: str
    if_no: str
    by_editor: bool


class EntitlementReply(Reply):
    """One entitlement as it is kept, with its rule in words and the publications that changed it."""

    slug: str = Field(description="The same as `id`.")
    id: str
    on: date
    title: str
    authority: str
    authority_name: str
    area_basis: str
    areas: list[str]
    part_of: str | None
    topic: str
    more_topics: list[str]
    stage: str
    in_force: str = Field(description="As it is kept; `standing` is what counts on the day.")
    begins: date | None = Field(description="Its first day in force, where one is known.")
    ends: date | None = Field(description="The first day on which it is over.")
    standing: Standing = Field(description="coming, in-force or ended: on the day.")
    coming: str | None
    strength: str
    nature: str
    for_care_leavers: bool
    status: str
    summary: str
    easy_read: EasyRead | None = Field(description="The short form; null: not written yet.")
    what_you_get: list[str]
    amount: Amount | None
    more_amounts: list[Amount] = Field(description="The same for other dates.")
    worth: WorthShape | None = Field(description="The figure of the day, and the next one known to come.")
    who_for: str
    steps: list[str]
    before_it_ends: str | None
    bring: list[str]
    decided_by: str
    decision: DecisionShape = Field(description="On the day: what is still to come binds nobody.")
    ask: str
    if_told_no: str
    to_say: ToSay | None = Field(description="Words to read out or send, where an editor wrote them.")
    what_to_say: SaidShape = Field(description="As the entry's page shows them on the day.")
    good_to_know: list[str]
    not_sure: list[str]
    also_known_as: list[str]
    rule: dict[str, Any]
    rule_in_words: list[RuleLineShape] = Field(description="The rule with the terms of the day.")
    terms: list[ParameterRow]
    legal_basis: list[LegalBasis]
    sources: list[SourceShape]
    confidence: str
    checked_on: date
    review_by: date
    translations: dict[str, Translation] = Field(description="Words in other languages, put in by staff.")
    published_as_of: date | None = Field(description="Set where an earlier catalogue was asked for.")
    history: list[ChangeInCatalogue]
