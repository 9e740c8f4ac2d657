"""One document is one service: the YAML file, the revision and the API body.

The words follow Open Referral (HSDS). Dates are ISO civil dates, places ONS GSS
codes, ages completed years. The key order of the file is the order of the fields
here. A blank is `null`, meaning "not found", and is never filled by a guess.
"""

import re
from datetime import date
from typing import Literal, Self, get_args

from pydantic import Field, model_validator

from directory.document import Document, Email, Gss, Line, PhoneNumber, Postcode, Slug, Text, Url

ENGLAND = "E92000001"

Topic = Literal[
    "adviser-and-rights", "money", "council-tax", "housing", "education", "work", "health",
    "travel-and-leisure", "documents-and-immigration", "justice", "parents", "voice",
    "digital", "help-now",
]  # fmt: skip
Kind = Literal[
    "care-leaver-hub", "leaving-care-team", "supported-housing", "housing-advice",
    "housing-register", "council-tax", "council-office", "employment", "education", "health",
    "safety", "crisis", "advocacy", "participation", "justice", "advice", "complaints",
    "information",
]  # fmt: skip
KINDS: tuple[str, ...] = get_args(Kind)


class Source(Document):
    """Where a fact was read. `url` is null for a paper that is not on the web."""

    name: Line
    url: Url | None = None
    seen: date
    dated: Line | None = None  # the source's own date, as printed


class Phone(Document):
    """A number as printed; `label` says whose or when: "Care leavers line", "At night"."""

    number: PhoneNumber
    label: Line | None = None


class Service(Document):
    """A hub, team, line or scheme a person can go to, with how far to trust it.

    A confidential record holds no street and no postcode, so that none can leak:
    it is shown by `town` and `areas` alone.
    """

    id: Slug
    name: Line
    organisation: Line
    authority: Gss  # whose directory it stands in: England (E92000001), a county or a unitary
    kind: Kind
    areas: list[Gss] = Field(min_length=1)  # districts, counties, unitaries or England it serves
    topics: list[Topic] = Field(min_length=1)  # the first is the main one
    stage: Literal["draft", "public"]
    status: Literal["open", "planned", "closed", "temporarily-closed", "unknown"]
    confidential: bool = False
    summary: Line  # one plain sentence: what it is
    description: Text | None = None  # plain words: what you can do there, what to expect
    address: list[Line] = []  # street lines; empty = not published
    town: Line | None = None
    postcode: Postcode | None = None
    phones: list[Phone] = []
    email: Email | None = None
    website: Url | None = None
    opening_hours: Line | None = None  # plain words; null = not found
    accessibility: Line | None = None
    age_from: int | None = Field(default=None, ge=0, le=120)  # first age in completed years
    age_before: int | None = Field(default=None, ge=0, le=121)  # the birthday it ends on; 25th = 25
    who_for: Line | None = None  # plain words, where ages do not say it all
    how_to_use: Line | None = None  # "Ring first", "Your adviser has to refer you"
    cost: Line | None = None
    languages: list[Line] = []
    also_known_as: list[Line] = []  # other words people use for it, for search
    sources: list[Source] = Field(min_length=1)
    confidence: Literal["found in source", "partly", "existence only", "unconfirmed", "council paper"]
    checked_on: date
    review_by: date
    not_found: list[Line] = []  # plain words, shown: "street", "opening hours"
    caution: Line | None = None  # plain words, shown beside it
    staff_note: Text | None = None  # never shown to the public
    redirect_to: Slug | None = None  # a closed service: where its old links lead

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.confidential and (self.address or self.postcode):
            raise ValueError("a confidential service must not hold a street or a postcode")
        if self.age_from is not None and self.age_before is not None and self.age_before <= self.age_from:
            raise ValueError("age_before must be greater than age_from")
        if self.review_by < self.checked_on:
            raise ValueError("review_by must not be before checked_on")
        if self.redirect_to == self.id:
            raise ValueError("redirect_to must name another service")
        return self

    @property
    def is_po_box(self) -> bool:
        """Whether the address only takes letters: nobody can go there, so it has no distance."""
        return any(re.match(r"p\.?\s?o\.?\s+box\b", line, re.IGNORECASE) for line in self.address)

    @property
    def can_be_visited(self) -> bool:
        """Whether a postcode is published for a place that people may go to."""
        return self.postcode is not None and not self.confidential and not self.is_po_box

    @property
    def is_shown(self) -> bool:
        """Whether the public may see it at all: public, and neither closed nor only planned."""
        return self.stage == "public" and self.status not in ("closed", "planned")

    def takes_age(self, age: int | None) -> bool:
        """Whether somebody of `age` completed years may use it; an unknown age is never refused."""
        if age is None:
            return True
        return (self.age_from is None or age >= self.age_from) and (
            self.age_before is None or age < self.age_before
        )
