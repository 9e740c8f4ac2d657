"""What the Open Referral feed takes. Unlike the rest of the API it ignores what it does not know."""

from datetime import date, datetime, time
from typing import Annotated, Literal

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints

from directory.openreferral.asked import Asked, minutes
from directory.openreferral.feed import Near
from directory.openreferral.paging import MOST, MOST_FULL, PER_PAGE, Window
from offer.api.bodies import Given
from offer.clock import LONDON

MOST_PAGES = 1_000_000

Clock = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?Z?$")]


def _moment(value: object) -> datetime:
    """A moment, or the start of a day, as ISO writes them; without a zone it is London's."""
    try:
        text = value if isinstance(value, str) else ""
        found = datetime.fromisoformat(text.replace(" ", "+")) if len(text) > 10 else date.fromisoformat(text)
    except ValueError:
        raise ValueError("Give a date and time such as 2026-11-22T10:30:00Z.") from None
    if not isinstance(found, datetime):
        found = datetime.combine(found, time.min)
    return found if found.tzinfo else found.replace(tzinfo=LONDON)


class PageGiven(Given):
    """Which page of a list."""

    model_config = ConfigDict(extra="ignore")

    page: Annotated[int, Field(ge=1, le=MOST_PAGES)] = 1
    per_page: Annotated[int, Field(ge=1, description=f"{MOST} at most; more is read as {MOST}.")] = PER_PAGE
    full: bool = Field(False, description="Whole records instead of list items.")

    def window(self) -> Window:
        """The page asked for, no larger than we give."""
        return Window(self.page, min(self.per_page, MOST_FULL if self.full else MOST))


class ServicesAsked(PageGiven):
    """The filters of /services. They add up; ages and times mean services that lie inside them."""

    search: Annotated[str, Field(max_length=400)] = Field(
        "", description="Every word must be in the service."
    )
    taxonomy_term_id: Annotated[str, Field(max_length=100)] = ""
    taxonomy_id: Annotated[str, Field(max_length=100)] = ""
    organization_id: Annotated[str, Field(max_length=100)] = ""
    minimum_age: float | None = Field(None, description="Services whose lowest age is this or more.")
    maximum_age: float | None = Field(None, description="Services whose highest age is this or less.")
    start_time: Clock | None = Field(None, description="Open at this time, such as 09:00, or later.")
    end_time: Clock | None = Field(None, description="Closed by this time, such as 17:00.")
    day: Literal["MO", "TU", "WE", "TH", "FR", "SA", "SU"] | None = None
    modified_after: Annotated[datetime, BeforeValidator(_moment)] | None = Field(
        None, description="Changed at this moment or later."
    )
    minimal: bool = Field(False, description="Only ids and when each was changed, all in one reply.")

    def asked(self) -> Asked:
        """The filters as the feed reads them."""
        return Asked(
            search=self.search.strip(),
            taxonomy_term_id=self.taxonomy_term_id,
            taxonomy_id=self.taxonomy_id,
            organization_id=self.organization_id,
            minimum_age=self.minimum_age,
            maximum_age=self.maximum_age,
            start_time=minutes(self.start_time[:5]) if self.start_time else None,
            end_time=minutes(self.end_time[:5]) if self.end_time else None,
            day=self.day or "",
            modified_after=self.modified_after,
        )


class AtLocationsAsked(ServicesAsked):
    """The same, and where."""

    postcode: Annotated[str, Field(max_length=20)] = Field(
        "", description="Services for this postcode, in any case and spacing."
    )
    proximity: Annotated[float, Field(ge=0, le=2_000_000)] | None = Field(
        None, description="With a postcode: within so many metres of its centre, in a straight line."
    )

    def near(self) -> Near | None:
        """The place asked about; None where no postcode was given."""
        return Near(self.postcode, self.proximity) if self.postcode.strip() else None


class NothingAsked(Given):
    """A call that takes nothing."""

    model_config = ConfigDict(extra="ignore")
