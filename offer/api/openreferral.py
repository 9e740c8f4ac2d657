"""GET /openreferral/…: the Open Referral UK 3.0 feed. Shapes: directory/openreferral/writing.py.

Unlike the rest of the API it ignores parameters it does not know, as the standard expects.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated, Literal, TypeVar

from pydantic import BeforeValidator, ConfigDict, Field, StringConstraints
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from directory.openreferral.asked import Asked, minutes
from directory.openreferral.feed import Feed, Near
from directory.openreferral.paging import MOST, MOST_FULL, PER_PAGE, Window, page_json, to_json
from directory.openreferral.taxonomies import TERMS, taxonomies
from directory.openreferral.writing import moment
from offer.api.bodies import Given, as_model, cannot_be_used, read_query
from offer.api.calls import PRIVATE, PUBLIC
from offer.clock import LONDON
from offer.errors import Problem

BASE, AT = "/openreferral", "/service_at_locations"
VERSION = "HSDS-UK-3.0"
PROFILE = "https://github.com/OpenReferralUK/uk-profile"
NOT_FOUND = "The feed holds no record of that id."
MOST_PAGES = 1_000_000

Item = TypeVar("Item")
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


@dataclass(frozen=True, slots=True)
class FeedPath:
    """One address of the feed. `path` follows /openreferral."""

    path: str
    name: str
    summary: str
    takes: type[Given]
    view: Callable[[Request], Awaitable[Response]]


async def root(request: Request) -> Response:
    """Which standard this is."""
    secure = request.app.state.settings.https
    here = str(request.base_url.replace(scheme="https") if secure else request.base_url).rstrip("/")
    return _written(to_json({"version": VERSION, "profile": PROFILE, "openapi_url": f"{here}/openapi.json"}))


async def services(request: Request) -> Response:
    """The services, a page at a time."""
    feed, given = _feed(request), _asked(request, ServicesAsked)
    found = feed.find_services(given.asked())
    if given.minimal:
        return _minimal(request, found)
    return _page(given, found, _whole(feed.whole_service) if given.full else feed.service_item)


async def at_locations(request: Request) -> Response:
    """The services at each of their locations. A reply that tells of a postcode is kept by nobody."""
    feed, given = _feed(request), _asked(request, AtLocationsAsked)
    found = feed.find_at_locations(given.asked(), given.near())
    write = _whole(feed.whole_at_location) if given.full else feed.at_location_item
    return _page(given, found, write, private=bool(given.postcode))


async def organizations(request: Request) -> Response:
    """Who runs them."""
    feed, given = _feed(request), _asked(request, PageGiven)
    write = _whole(feed.whole_organization) if given.full else feed.organization_item
    return _page(given, range(len(feed.runners)), write)


async def all_taxonomies(request: Request) -> Response:
    """The taxonomies: topics, and kinds of service."""
    return _page(_asked(request, PageGiven), taxonomies(), to_json)


async def taxonomy_terms(request: Request) -> Response:
    """The terms of both."""
    return _page(_asked(request, PageGiven), [each.hsds() for each in TERMS.values()], to_json)


async def service(request: Request) -> Response:
    """One service, whole."""
    return _one(_feed(request).service(_id(request)))


async def at_location(request: Request) -> Response:
    """One service at one location, whole."""
    return _one(_feed(request).at_location(_id(request)))


async def organization(request: Request) -> Response:
    """One organisation with its services."""
    return _one(_feed(request).organization(_id(request)))


async def taxonomy(request: Request) -> Response:
    """One taxonomy."""
    return _one(next((each for each in taxonomies() if each["id"] == _id(request)), None))


async def taxonomy_term(request: Request) -> Response:
    """One term."""
    return _one(next((each.hsds() for each in TERMS.values() if each.id == _id(request)), None))


PATHS: Sequence[FeedPath] = (
    FeedPath("/", "feed", "Which version of Open Referral UK the feed speaks", NothingAsked, root),
    FeedPath("/services", "feed-services", "Services, a page at a time", ServicesAsked, services),
    FeedPath("/services/{id}", "feed-service", "One service, whole", NothingAsked, service),
    FeedPath(
        "/service_at_locations",
        "feed-at-locations",
        "Services at their locations",
        AtLocationsAsked,
        at_locations,
    ),
    FeedPath(
        "/service_at_locations/{id}",
        "feed-at-location",
        "One service at one location",
        NothingAsked,
        at_location,
    ),
    FeedPath("/organizations", "feed-organizations", "Who runs the services", PageGiven, organizations),
    FeedPath("/organizations/{id}", "feed-organization", "One organisation", NothingAsked, organization),
    FeedPath("/taxonomies", "feed-taxonomies", "The taxonomies", PageGiven, all_taxonomies),
    FeedPath("/taxonomies/{id}", "feed-taxonomy", "One taxonomy", NothingAsked, taxonomy),
    FeedPath("/taxonomy_terms", "feed-terms", "The terms of the taxonomies", PageGiven, taxonomy_terms),
    FeedPath("/taxonomy_terms/{id}", "feed-term", "One term", NothingAsked, taxonomy_term),
)


def feed_routes() -> list[Route]:
    """Every address with and without a final slash."""
    return [
        Route(f"{BASE}{path}", each.view, name=each.name)
        for each in PATHS
        for path in dict.fromkeys((each.path.rstrip("/"), f"{each.path.rstrip('/')}/"))
    ]


def _feed(request: Request) -> Feed:
    feed: Feed = request.app.state.live.published.open_referral
    return feed


Asking = TypeVar("Asking", bound=Given)


def _asked(request: Request, model: type[Asking]) -> Asking:
    """The parameters we know; an empty one was not given. Raises Problem 422 naming every fault."""
    told = {name: value for name, value in read_query(request).items() if value.strip()}
    given, faults = as_model(told, model, strict=False)
    if given is None:
        raise cannot_be_used(faults)
    return given


def _page(
    given: PageGiven, found: Sequence[Item], write: Callable[[Item], bytes], *, private: bool = False
) -> Response:
    window = given.window()
    fragments = [write(found[at]) for at in window.of(len(found))]
    return _written(page_json(window, len(found), fragments), private=private)


def _minimal(request: Request, found: Sequence[int]) -> Response:
    """Every id with when it was changed, on one page."""
    feed = _feed(request)
    items = [to_json({"id": id_, "modified_date": moment(when)}) for id_, when in feed.ids_of(found)]
    return _written(page_json(Window(1, max(1, len(items))), len(items), items))


def _whole(write: Callable[[int], object]) -> Callable[[int], bytes]:
    return lambda number: to_json(write(number))


def _one(record: object) -> Response:
    if record is None:
        raise Problem(404, NOT_FOUND)
    return _written(to_json(record))


def _id(request: Request) -> str:
    return str(request.path_params["id"]).lower()


def _written(body: bytes, *, private: bool = False) -> Response:
    headers = {"Cache-Control": PRIVATE if private else PUBLIC}
    return Response(body, headers=headers, media_type="application/json")
