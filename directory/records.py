"""The three documents of the directory: an organisation, a location, a service at its locations.

The words follow Open Referral (HSDS). One document is at once the YAML file, the
revision and the API body. Dates are ISO civil dates, places ONS GSS codes, ages
completed years. The key order of the file is the order of the fields here. A blank is
`null`, meaning "not found", and is never filled by a guess.
"""

import re
from collections.abc import Sequence
from datetime import date
from typing import Literal, Self, TypeAlias, get_args

from pydantic import Field, model_validator

from directory.document import Document, Email, Gss, Line, PhoneNumber, Postcode, Slug, Text, Url
from directory.schedules import Closure, Schedule

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

Stage = Literal["draft", "public"]
Status = Literal["open", "planned", "closed", "temporarily-closed", "unknown"]
Confidence = Literal["found in source", "partly", "existence only", "unconfirmed", "council paper"]

PO_BOX = re.compile(r"p\.?\s?o\.?\s+box\b", re.IGNORECASE)


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


class Organisation(Document):
    """A council, charity or firm that runs services."""

    id: Slug
    name: Line
    authority: Gss  # whose directory it stands in: England (E92000001), a county or a unitary
    stage: Stage
    description: Text | None = None
    website: Url | None = None
    email: Email | None = None
    phones: tuple[Phone, ...] = ()
    also_known_as: tuple[Line, ...] = ()
    sources: tuple[Source, ...] = Field(min_length=1)
    confidence: Confidence
    checked_on: date
    review_by: date
    staff_note: Text | None = None  # never shown to the public

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        _in_order(self.checked_on, self.review_by)
        return self


class Location(Document):
    """A place: `physical` to go to, `postal` for letters only, `virtual` nowhere at all.

    A confidential location holds nothing that leads to its door, so that nothing can leak:
    it is shown as an area, by `town` and `areas` alone.
    """

    id: Slug
    name: Line  # "City Hall, Lincoln"; of a confidential one, words that do not give it away
    authority: Gss
    stage: Stage
    location_type: Literal["physical", "postal", "virtual"] = "physical"
    confidential: bool = False
    areas: tuple[Gss, ...] = ()  # the district it lies in; of a confidential one the area it is shown as
    address: tuple[Line, ...] = ()  # street lines; empty = not published
    town: Line | None = None
    county: Line | None = None
    postcode: Postcode | None = None
    directions: Text | None = None  # "Behind the library, ring the bell"
    accessibility: tuple[Line, ...] = ()  # one plain sentence each: "There is a ramp to the door."
    phones: tuple[Phone, ...] = ()
    sources: tuple[Source, ...] = Field(min_length=1)
    confidence: Confidence
    checked_on: date
    review_by: date
    not_found: tuple[Line, ...] = ()  # plain words, shown: "street"
    staff_note: Text | None = None  # never shown to the public

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.confidential:
            self._gives_nothing_away()
        if self.location_type != "postal" and any(PO_BOX.match(line) for line in self.address):
            raise ValueError("a PO box only takes letters: its location_type is postal")
        if self.location_type == "virtual" and (self.address or self.postcode):
            raise ValueError("a virtual location is nowhere: it has no street and no postcode")
        _in_order(self.checked_on, self.review_by)
        return self

    def _gives_nothing_away(self) -> None:
        if self.address or self.postcode or self.directions:
            raise ValueError("a confidential location must not hold a street, a postcode or directions")
        if not self.areas:
            raise ValueError("a confidential location is shown as an area: give the districts in areas")

    @property
    def can_be_visited(self) -> bool:
        """Whether people may go there: somewhere real, and not kept private."""
        return self.location_type == "physical" and not self.confidential


class ServiceAtLocation(Document):
    """What happens at one location. `outreach`: a visiting session, not the service's home."""

    location: Slug
    outreach: bool = False
    note: Line | None = None  # plain words: "Every second Tuesday, in the library"
    schedules: tuple[Schedule, ...] = ()
    closures: tuple[Closure, ...] = ()
    phones: tuple[Phone, ...] = ()


class Service(Document):
    """A hub, team, line or scheme a person can use, with how far to trust what is said of it."""

    id: Slug
    name: Line
    organisation: Slug
    partners: tuple[Slug, ...] = ()  # organisations that run it together with that one
    authority: Gss  # whose directory it stands in: England (E92000001), a county or a unitary
    kind: Kind
    areas: tuple[Gss, ...] = Field(min_length=1)  # districts, counties, unitaries or England it serves
    topics: tuple[Topic, ...] = Field(min_length=1)  # the first is the main one
    stage: Stage
    status: Status
    summary: Line  # one plain sentence: what it is
    description: Text | None = None  # plain words: what you can do there, what to expect
    at: tuple[ServiceAtLocation, ...] = ()  # empty: by phone or online, or we do not know where
    phones: tuple[Phone, ...] = ()
    email: Email | None = None
    website: Url | None = None
    schedules: tuple[Schedule, ...] = ()  # hours that hold wherever it is: when its phone is answered
    closures: tuple[Closure, ...] = ()
    opening_hours: Line | None = None  # the hours as printed, where they are not in schedules
    hours_are_old: bool = False  # read on an older page: said beside every "open now"
    accessibility: Line | None = None
    age_from: int | None = Field(default=None, ge=0, le=120)  # first age in completed years
    age_before: int | None = Field(default=None, ge=0, le=121)  # the birthday it ends on; 25th = 25
    who_for: Line | None = None  # plain words, where ages do not say it all
    how_to_use: Line | None = None  # "Ring first", "Your adviser has to refer you"
    cost: Line | None = None
    languages: tuple[Line, ...] = ()
    also_known_as: tuple[Line, ...] = ()  # other words people use for it, for search
    sources: tuple[Source, ...] = Field(min_length=1)
    confidence: Confidence
    checked_on: date
    review_by: date
    not_found: tuple[Line, ...] = ()  # plain words, shown: "street", "opening hours"
    caution: Line | None = None  # plain words, shown beside it
    staff_note: Text | None = None  # never shown to the public
    redirect_to: Slug | None = None  # a closed service: where its old links lead

    @model_validator(mode="after")
    def _hangs_together(self) -> Self:
        if self.age_from is not None and self.age_before is not None and self.age_before <= self.age_from:
            raise ValueError("age_before must be greater than age_from")
        if self.redirect_to == self.id:
            raise ValueError("redirect_to must name another service")
        _once("at", [each.location for each in self.at])
        _once("partners", [self.organisation, *self.partners])
        _in_order(self.checked_on, self.review_by)
        return self

    @property
    def is_shown(self) -> bool:
        """Whether the public may see it at all: public, and neither closed nor only planned."""
        return self.stage == "public" and self.status not in ("closed", "planned")

    @property
    def is_national(self) -> bool:
        """Whether it is for all England: then the distance to its office says nothing."""
        return ENGLAND in self.areas

    def takes_age(self, age: int | None) -> bool:
        """Whether somebody of `age` completed years may use it; an unknown age is never refused."""
        if age is None:
            return True
        return (self.age_from is None or age >= self.age_from) and (
            self.age_before is None or age < self.age_before
        )


Record: TypeAlias = Organisation | Location | Service


def _in_order(checked_on: date, review_by: date) -> None:
    if review_by < checked_on:
        raise ValueError("review_by must not be before checked_on")


def _once(field: str, slugs: Sequence[str]) -> None:
    twice = next((slug for slug in slugs if slugs.count(slug) > 1), None)
    if twice:
        raise ValueError(f"{field} names '{twice}' twice")
