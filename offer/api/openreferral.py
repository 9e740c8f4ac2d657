"""GET /openreferral/…: the Open Referral UK 3.0 feed. Shapes: directory/openreferral/writing.py.

Unlike the rest of the API it ignores parameters it does not know, as the standard expects.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from directory.openreferral.feed import Feed
from directory.openreferral.paging import Window, page_json, to_json
from directory.openreferral.taxonomies import TERMS, taxonomies
from directory.openreferral.writing import moment
from offer.api.bodies import Given, as_model, cannot_be_used, read_query
from offer.api.openreferral_given import AtLocationsAsked, NothingAsked, PageGiven, ServicesAsked
from offer.caching import PRIVATE, PUBLIC
from offer.errors import Problem
from offer.live import live_of

BASE, AT = "/openreferral", "/service_at_locations"
VERSION = "HSDS-UK-3.0"
PROFILE = "https://github.com/OpenReferralUK/uk-profile"
NOT_FOUND = "The feed holds no record of that id."

Item = TypeVar("Item")


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
    feed, given = await _feed(request), _asked(request, ServicesAsked)
    found = feed.find_services(given.asked())
    if given.minimal:
        return await _minimal(request, found)
    return _page(given, found, _whole(feed.whole_service) if given.full else feed.service_item)


async def at_locations(request: Request) -> Response:
    """The services at each of their locations. A reply that tells of a postcode is kept by nobody."""
    feed, given = await _feed(request), _asked(request, AtLocationsAsked)
    found = feed.find_at_locations(given.asked(), given.near())
    write = _whole(feed.whole_at_location) if given.full else feed.at_location_item
    return _page(given, found, write, private=bool(given.postcode))


async def organizations(request: Request) -> Response:
    """Who runs them."""
    feed, given = await _feed(request), _asked(request, PageGiven)
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
    return _one((await _feed(request)).service(_id(request)))


async def at_location(request: Request) -> Response:
    """One service at one location, whole."""
    return _one((await _feed(request)).at_location(_id(request)))


async def organization(request: Request) -> Response:
    """One organisation with its services."""
    return _one((await _feed(request)).organization(_id(request)))


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


async def _feed(request: Request) -> Feed:
    """The feed of the edition: a whole country's is made for the first who asks, in a thread."""
    edition = live_of(request).published
    held: Feed | None = edition.__dict__.get("open_referral")
    return await asyncio.to_thread(edition.make_feed) if held is None else held


Asking = TypeVar("Asking", bound=Given)


def _asked(request: Request, model: type[Asking]) -> Asking:
    """The parameters we know; an empty one was not given. Raises Problem 422 naming every fault."""
    told = {name: value for name, value in read_query(request).items() if value}
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


async def _minimal(request: Request, found: Sequence[int]) -> Response:
    """Every id with when it was changed, on one page."""
    feed = await _feed(request)
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
    headers = dict(PRIVATE if private else PUBLIC)
    return Response(body, headers=headers, media_type="application/json")
