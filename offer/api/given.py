"""What each call takes, as pydantic models: at once the reading, the checks and the OpenAPI schema."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import Field, StrictBool, StringConstraints, ValidationInfo, field_validator

from directory.records import Kind
from offer.api.bodies import Day, Given
from offer.entitlements.schema import Topic

MOST_PAGES = 1000
PLACE_CODE = r"^[EWSN][0-9]{8}$"

PlaceCode = Annotated[str, StringConstraints(pattern=PLACE_CODE)]
Age = Annotated[int, Field(ge=0, le=120)]
PageNumber = Annotated[int, Field(ge=1, le=MOST_PAGES)]
Words = Annotated[str, Field(max_length=2000)]
_Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class FactsGiven(Given):
    """Facts about a person, by the names of the registry."""

    facts: dict[str, Any] = Field(default_factory=dict)

    @property
    def day(self) -> date | None:
        """The day on which the facts are told; None is today."""
        return None


class CheckGiven(FactsGiven):
    """A person, and the day to answer for."""

    on: Day | None = Field(None, description="The day whose rules apply; today without it.")
    explain: StrictBool = Field(True, description="false leaves out because, asks and next_question.")

    @property
    def day(self) -> date | None:
        """The day whose rules apply."""
        return self.on


class TimelineGiven(FactsGiven):
    """A person, and the days to look at."""

    from_: Day | None = Field(None, alias="from", description="The first day; today without it.")
    to: Day | None = Field(
        None, description="The last day; without it the 26th birthday, or the last day it can be."
    )

    @property
    def day(self) -> date | None:
        """The facts are told on the first day."""
        return self.from_

    @field_validator("to")
    @classmethod
    def _in_order(cls, to: date | None, info: ValidationInfo) -> date | None:
        if to and (start := info.data.get("from_")) and to < start:
            raise ValueError("This is before `from`.")
        return to


class AreaGiven(Given):
    """Which councils matter: who looked after somebody, and where they live."""

    responsible_authority: PlaceCode | None = Field(
        None, description="GSS code of the county or unitary that looked after the person."
    )
    lives_in: PlaceCode | None = Field(None, description="GSS code of the district where the person lives.")


class EntitlementsGiven(AreaGiven):
    """Which entitlements to list. Without a council, those of all councils."""

    topic: Topic | None = None
    age: Age | None = None
    page: PageNumber = 1
    per_page: Annotated[int, Field(ge=1, le=200)] = 50


class EntitlementGiven(Given):
    """Which day's rules of one entitlement, or which earlier catalogue."""

    on: Day | None = Field(None, description="The day whose rules apply; today without it.")
    as_published_on: Day | None = Field(
        None, description="Read the entry as the public saw it at the end of this day."
    )


class SearchGiven(AreaGiven):
    """Words to look for, and what is known about the person."""

    q: Words = ""
    age: Age | None = None
    topic: Topic | None = None
    kind: Literal["entitlement", "service"] | None = None
    decides: Literal["law", "national-scheme", "council-choice"] | None = Field(
        None,
        description="Only entitlements that come from the law, a national scheme, or a council's own choice.",
    )
    ages: Literal["16-17", "18-20", "21-24", "25"] | None = Field(
        None, description="Only what somebody of these ages may use, in completed years."
    )
    page: PageNumber = 1


class PlaceGiven(Given):
    """A place as somebody types it, or the point where a phone is."""

    lat: Annotated[float, Field(ge=-90, le=90)] | None = Field(
        None, description="WGS84 degrees, with lon. Three decimals are looked at: about 100 metres."
    )
    lon: Annotated[float, Field(ge=-180, le=180)] | None = Field(
        None, description="WGS84 degrees, with lat.", validate_default=True
    )
    q: Annotated[str, Field(max_length=20_000)] | None = Field(
        None,
        description="A postcode, half a postcode, a town, a district or a council; or give lat and lon.",
        validate_default=True,
    )

    @field_validator("lon")
    @classmethod
    def _one_point(cls, lon: float | None, info: ValidationInfo) -> float | None:
        if "lat" in info.data and (lon is None) is not (info.data["lat"] is None):
            raise ValueError("Give lat and lon together.")
        return lon

    @field_validator("q")
    @classmethod
    def _one_place(cls, q: str | None, info: ValidationInfo) -> str | None:
        pointed = {"lat", "lon"} - info.data.keys() or any(each is not None for each in info.data.values())
        if q is None and not pointed:
            raise ValueError("This is needed, or lat and lon.")
        if q is not None and pointed:
            raise ValueError("Give q, or lat and lon, not both.")
        return q


class ServicesGiven(Given):
    """Where somebody is, and which services they want."""

    near: Annotated[str, Field(max_length=200)] | None = Field(
        None, description="Any place text: a postcode, a town, a council."
    )
    lat: Annotated[float, Field(ge=49, le=61)] | None = Field(None, description="WGS84 degrees, with lon.")
    lon: Annotated[float, Field(ge=-9, le=3)] | None = Field(
        None, description="WGS84 degrees, with lat.", validate_default=True
    )
    topic: Topic | None = None
    kind: Kind | None = None
    age: Age | None = None
    access: bool = Field(False, description="Only places that say what access there is for disabled people.")
    open_on: Day | None = Field(None, description="A day on which it is known to be open.")
    open_at: _Clock | None = Field(
        None, description="A time at which it is known to be open, such as 14:30; today without open_on."
    )
    responsible_authority: PlaceCode | None = Field(
        None, description="Only services for this council's area."
    )
    page: PageNumber = 1

    @field_validator("lon")
    @classmethod
    def _one_point(cls, lon: float | None, info: ValidationInfo) -> float | None:
        if "lat" in info.data and (lon is None) is not (info.data["lat"] is None):
            raise ValueError("Give lat and lon together.")
        if lon is not None and info.data.get("near") is not None:
            raise ValueError("Give near, or lat and lon, not both.")
        return lon


class CouncilTaxGiven(Given):
    """Which district, and which day."""

    district: PlaceCode | None = Field(None, description="GSS code; every district without it.")
    on: Day | None = Field(None, description="The day whose rules apply; today without it.")


class CoverageGiven(Given):
    """Whose districts."""

    responsible_authority: PlaceCode | None = Field(
        None, description="GSS code of a county or unitary; every district of England without it."
    )


class CompareGiven(Given):
    """Areas to set side by side."""

    areas: Annotated[str, Field(max_length=80)] = Field(
        description="Two to six GSS codes of councils or districts, with commas between them.",
        examples=["E06000047,E10000019"],
    )
    topic: Topic | None = None


class NothingGiven(Given):
    """A call that takes nothing."""
