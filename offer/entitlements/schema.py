"""One document is one entitlement: the YAML file, the revision and the API body.

Dates are ISO civil dates, places ONS GSS codes, ages completed years. The key
order of the file is the order of the fields here, so that load, dump, load
gives the same bytes.
"""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

ENGLAND = "E92000001"

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
Gss = Annotated[str, StringConstraints(pattern=r"^E[0-9]{8}$")]
Line = Annotated[str, StringConstraints(min_length=1, max_length=400, strip_whitespace=True)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True)]
Topic = Literal[
    "adviser-and-rights", "money", "council-tax", "housing", "education", "work", "health",
    "travel-and-leisure", "documents-and-immigration", "justice", "parents", "voice",
    "digital", "help-now",
]  # fmt: skip
Strength = Literal[
    "entitled", "entitled_amount_local", "entitled_if_needed", "entitled_or_limited",
    "can_apply", "assessed", "check_local_policy", "information", "status", "future",
    "future_or_check", "local_offer",
]  # fmt: skip
LanguageCode = Literal["ar", "ckb", "ps", "fa", "ti", "am", "vi", "sq", "so"]  # offer/languages/known.py
Symbol = Literal[  # drawn in templates/parts/symbols.html
    "baby", "ball", "bus", "calendar", "car", "card", "clothes", "computer", "food", "gift", "health",
    "heart", "house", "key", "money", "paper", "people", "person", "phone", "plane", "scales", "school",
    "shield", "speech", "warm", "work",
]  # fmt: skip


class Document(BaseModel):
    """Strict: an unknown key is a fault, never ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Document):
    """Where a fact was read. `url` is null for a paper that is not on the web."""

    name: Line
    url: Annotated[str, StringConstraints(pattern=r"^https?://", max_length=600)] | None = None
    seen: date
    dated: Line | None = None  # the source's own date, as printed


class LegalBasis(Document):
    """An Act and section, regulation or guidance; `read` is false where only cited."""

    cite: Line
    url: Annotated[str, StringConstraints(pattern=r"^https?://", max_length=600)] | None = None
    read: bool


class Amount(Document):
    """What it is worth, in words; `pence` only where the source states one figure.

    `start` inclusive, `end` exclusive, both only where a source tells them; null is open.
    """

    text: Line
    pence: int | None = Field(default=None, ge=0)
    per: Line | None = None  # "year", "week", "once", "course"
    applies_to: Line | None = None  # the year or group the figure is for
    start: date | None = None
    end: date | None = None


class ParameterRow(Document):
    """A dated, per-area term of an entry, such as a district's council tax rule.

    `start` inclusive, `end` exclusive; null is open. `age_before` is the first
    birthday at which it stops. Null `age_before` or `percent` means not found.
    """

    area: Gss
    start: date | None = None
    end: date | None = None
    since: Line | None = None  # the source's own words for when it began
    age_before: int | None = Field(default=None, ge=16, le=30)
    percent: int | None = Field(default=None, ge=0, le=100)
    bands: list[Line] = []  # plain words: "alone: 100", "sharing: 50"
    who: Literal["own", "any", "own-and-neighbours", "not-stated"] = "not-stated"
    given_as: Literal["exemption", "discount", "reduction", "refund"] | None = None  # its source's word
    asks: list[Line] = []  # what a person at the district must still decide
    confidence: Literal["found in source", "partly", "existence only", "council paper"]
    source: Line
    note: Text | None = None  # plain words, shown
    checked_on: date


class EasyRead(Document):
    """The short form: at most three very short sentences, and one symbol beside them."""

    sentences: list[Line] = Field(min_length=1, max_length=3)
    symbol: Symbol


class ToSay(Document):
    """Words to read out or send, whole: where they are not written, the page makes them from the entry."""

    first: Text
    if_no: Text  # after a no


class Translation(Document):
    """The entry's words in another language, put in by staff; what is left out is shown in English.

    `checked_by`: which speaker of the language has read them, by role ("a worker at our hub"); null: none.
    """

    title: Line | None = None
    summary: Line | None = None
    easy_read: list[Line] = Field(default=[], max_length=3)  # the sentences; the symbol is the entry's
    what_you_get: list[Text] = []
    who_for: Text | None = None
    steps: list[Line] = []
    before_it_ends: Line | None = None
    bring: list[Line] = []
    if_told_no: Text | None = None
    to_say: ToSay | None = None  # stands below the English words, which are what is sent
    good_to_know: list[Text] = []
    checked_by: Line | None = None
    checked_on: date  # when these words were last held against the English ones


class Entitlement(Document):
    """One thing a person may get, with its rule, its source and how far to trust it."""

    id: Slug
    title: Line
    authority: Gss  # whose offer it is: England (E92000001), a county or a unitary
    area_basis: Literal["responsible_authority", "lives_in", "england"]
    areas: list[Gss] = []  # districts it covers, for `lives_in` entries of a two-tier county
    part_of: Slug | None = None  # the national entry whose local terms these are
    topic: Topic
    more_topics: list[Topic] = []
    stage: Literal["draft", "public"]
    in_force: Literal["yes", "not-yet"]
    begins: date | None = None  # its first day in force: before it, it is coming, and never a yes
    ends: date | None = None  # the first day on which it is over
    coming: Line | None = None  # one sentence for an entry not yet law
    strength: Strength
    nature: Literal["law", "national-scheme", "council-choice"]
    for_care_leavers: bool  # false: anyone in the same situation can get it
    status: Literal["current", "check", "pilot", "may-have-ended", "proposal"] = "current"
    summary: Line  # one or two short sentences: what it is
    easy_read: EasyRead | None = None
    what_you_get: list[Text]
    amount: Amount | None = None
    more_amounts: list[Amount] = []  # the same for other dates: a new rate as soon as it is known
    who_for: Text  # plain words
    steps: list[Line]  # how to get it, in order
    before_it_ends: Line | None = None  # what to do before the day it stops; null: the first step
    bring: list[Line] = []  # papers to have ready
    decided_by: Line  # "Your council", "The Department for Work and Pensions"
    ask: Line  # who to ask, as it ends a sentence: "your personal adviser"
    if_told_no: Text
    to_say: ToSay | None = None
    good_to_know: list[Text] = []
    not_sure: list[Text] = []  # what we could not confirm, in plain words, shown beside it
    also_known_as: list[Line] = []  # other words people use for it, for search
    rule: dict[str, Any]  # see offer/eligibility/rule.py
    terms: list[ParameterRow] = []
    legal_basis: list[LegalBasis] = []
    sources: list[Source]
    confidence: Literal["found in source", "partly", "existence only", "unconfirmed", "council paper"]
    checked_on: date
    review_by: date
    translations: dict[LanguageCode, Translation] = {}
    staff_note: Text | None = None  # never shown to the public

    @model_validator(mode="after")
    def _translated_short_forms(self) -> "Entitlement":
        """A short form in another language is one of ours: it has our symbol."""
        for code, words in self.translations.items():
            if words.easy_read and self.easy_read is None:
                raise ValueError(f"translations.{code}.easy_read: write easy_read in English first")
        return self
