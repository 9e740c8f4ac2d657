"""A service, in a list and whole, with its locations."""

from datetime import date
from typing import Literal

from pydantic import Field

from directory.records import Phone
from directory.schedules import Closure, Schedule
from offer.api.shapes.common import AreaShape, Moment, Paged, Reply, Shape
from offer.api.shapes.documents import ChangeInCatalogue, SourceShape
from offer.api.shapes.places import OnlineShape


class OrganisationShape(Shape):
    """Who runs a service."""

    slug: str
    name: str


class LocationShape(Shape):
    """A service at one location. A confidential one is an area: no street, no postcode, no directions."""

    location: str = Field(description="The location's slug.")
    name: str
    location_type: Literal["physical", "postal", "virtual"]
    confidential: bool
    areas: list[str]
    address: list[str] = Field(description="Street lines; empty: not published.")
    town: str | None
    county: str | None
    postcode: str | None
    directions: str | None
    accessibility: list[str]
    outreach: bool = Field(description="A visiting session, not the service's home.")
    note: str | None
    schedules: list[Schedule]
    closures: list[Closure]
    phones: list[Phone]


class ServiceRow(Shape):
    """One service in a list. Nulls are not found, never guessed; a confidential place has no street."""

    slug: str
    name: str
    organisation: str = Field(description="Who runs it, in words.")
    organisations: list[OrganisationShape]
    kind: str
    status: str
    summary: str
    topics: list[str]
    areas: list[str]
    at: list[LocationShape] = Field(description="Its locations; empty: by phone or online, or not known.")
    nearest: str | None = Field(description="The slug of the location that distance_miles is to.")
    phones: list[Phone]
    email: str | None
    website: str | None
    schedules: list[Schedule] = Field(description="Hours wherever it is, such as those of its phone.")
    closures: list[Closure]
    opening_hours: str | None = Field(description="In words, as printed.")
    open_now: bool | None = Field(description="null: the hours are not known.")
    hours_are_old: bool = Field(description="Read on an older page: ring before you rely on open_now.")
    next_open: Moment | None
    distance_miles: float | None = Field(description="In a straight line; null without a published place.")
    distance_about: bool = Field(description="One of the two ends is only roughly known.")
    how_to_use: str | None
    caution: str | None
    confidence: str
    checked_on: date


class NearShape(OnlineShape):
    """What `near` was read as: never the postcode itself."""

    precision: Literal["exact", "about", "several", "none"]
    districts: list[AreaShape]
    note: str | None


class ServicesReply(Paged):
    """A page of services: nearest first, then those without a published address, then all-England ones."""

    near: NearShape | None
    notes: list[str]
    services: list[ServiceRow]


class ServiceReply(Reply, ServiceRow):
    """One service as it is kept, and the publications that changed it."""

    id: str
    authority: str
    authority_name: str
    description: str | None
    accessibility: str | None
    age_from: int | None
    age_before: int | None
    who_for: str | None
    cost: str | None
    languages: list[str]
    also_known_as: list[str]
    sources: list[SourceShape]
    review_by: date
    not_found: list[str]
    redirect_to: str | None
    history: list[ChangeInCatalogue]
