"""What replies about the catalogue look like: entitlements, services, council tax, comparison, search."""

from datetime import date
from typing import Any, Literal

from pydantic import Field

from directory.records import Phone
from directory.schedules import Closure, Schedule
from offer.api.shapes import AreaShape, Moment, OnlineShape, Reply, Shape, WorthShape
from offer.deciding import Duty
from offer.entitlements.in_force import Standing
from offer.entitlements.schema import Amount, EasyRead, LegalBasis, ParameterRow, ToSay, Translation


class Paged(Reply):
    """One page of a list: `total` counts all pages together."""

    total: int
    page: int
    per_page: int
    pages: int


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


class ChangeInCatalogue(Shape):
    """One publication that changed a document."""

    version: int
    at: Moment
    note: str


class SourceShape(Shape):
    """Where a fact was read. `url` is null for a paper that is not on the web."""

    name: str
    url: str | None
    seen: date
    dated: str | None = Field(description="The source's own date, as printed.")


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


class SearchResult(Shape):
    """One thing found."""

    kind: Literal["entitlement", "service"]
    slug: str
    title: str
    summary: str
    score: float


class Understood(Shape):
    """What the words said beside what to look for."""

    age: int | None
    place: AreaShape | None


class HelpShape(Shape):
    """One line to ring, text or open at once."""

    slug: str
    name: str
    phones: list[Phone]
    text_to: str | None
    text_word: str | None
    online: str | None
    when: str | None
    free: bool | None
    note: str | None


class SearchReply(Paged):
    """What was found, best first; in a crisis `help_now` comes before everything."""

    query: str = Field(description="The words as typed, without any postcode.")
    understood: Understood
    corrected: str | None = Field(description="The words searched instead, where some were misspelt.")
    crisis: bool
    help_now: list[HelpShape]
    results: list[SearchResult]
    facets: dict[str, dict[str, int]]
    dropped: list[str] = Field(description="Filters left out because nothing fitted them.")


class CouncilTaxRow(Shape):
    """One dated rule of a district. Figures are null where they were not found or are too weak to show."""

    age_before: int | None = Field(description="The first birthday at which it stops.")
    percent: int | None = Field(description="How much off, up to.")
    bands: list[str]
    who: Literal["own", "any", "own-and-neighbours", "not-stated"]
    given_as: Literal["exemption", "discount", "reduction", "refund"] | None = Field(
        description="What its source calls it; null where it does not say."
    )
    since: str | None
    start: date | None
    end: date | None
    asks: list[str]
    source: str
    confidence: str
    note: str | None
    checked_on: date


class CouncilTaxDistrict(Shape):
    """A district's care leaver discount on the day."""

    district: AreaShape
    authority: AreaShape
    found: bool
    rule: CouncilTaxRow | None = Field(description="Null where we hold no rule: ask the council.")
    also: list[CouncilTaxRow] = Field(description="Further rules in force beside it.")
    history: list[CouncilTaxRow] = Field(description="Rules that have ended, the latest first.")
    to_come: list[CouncilTaxRow]


class CouncilTaxReply(Reply):
    """The discount by district."""

    on: date
    districts: list[CouncilTaxDistrict]


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
