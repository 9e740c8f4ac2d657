"""Issue 4: the Open Referral feed, a page of 50, beside an empty Starlette route; and how it grows."""

import asyncio
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message

from directory.assembled import assemble
from directory.openreferral.feed import Feed
from directory.openreferral.listed import Listed, ListedPlace, listed_of, runners_of
from directory.places import Places
from offer.app import create_app
from offer.logs import configure
from offer.settings import Settings
from tests.bench.edition import places_file, published
from tests.bench.goals import Goal
from tests.directory.openreferral.invented import postcodes, records

SIZES = (500, 3_000, 10_000, 150_000)
MADE = 10_000  # services really invented; a larger feed holds copies under other names
CALLS = 200
MOMENT = datetime(2026, 11, 1, tzinfo=UTC)


def goals() -> Iterator[Goal]:
    """The page of 50 at every size, and what the filters cost."""
    configure("WARNING")
    places = Places.open(places_file())
    made = _listed(places)
    with TemporaryDirectory() as folder:
        for size in SIZES:
            yield from _at(size, made, places, Path(folder))


def _at(size: int, made: Sequence[Listed], places: Places, folder: Path) -> Iterator[Goal]:
    services = list(_many(made, size))
    started = perf_counter()
    feed = Feed(services, runners_of(services), places, {})
    built = perf_counter() - started
    app = _app(feed, folder)
    chance = random.Random(1)
    pages = [("/openreferral/services", f"page={chance.randint(1, size // 50)}") for _ in range(CALLS)]
    page, empty = _p95(app, pages), _p95(_empty(), [("/", "")] * CALLS)
    name = f"Open Referral: page of 50 from {size:,} services"
    issue = 4 if size == 10_000 else None
    yield Goal(f"{name}, p95", page, "ms", 200, issue=4, note=f"built in {built:.1f} s")
    yield Goal(f"{name}, beside an empty route", page / empty, "times", issue=issue, note="p95 to p95")
    yield Goal(f"{name}, never asked for before", _cold(app, feed, pages), "ms", 200, issue=issue)
    near = [
        ("/openreferral/service_at_locations", f"postcode={chance.choice(postcodes(places))}&proximity=5000")
        for _ in range(CALLS // 8)
    ]
    words = [
        ("/openreferral/services", f"search=help+{number}&minimum_age=16") for number in range(CALLS // 8)
    ]
    times = ["day=MO&start_time=08:00&end_time=18:00", "minimum_age=14&maximum_age=25"]
    inside = [("/openreferral/services", each) for each in times * (CALLS // 16)]
    for what, calls in (("words", words), ("ages or hours", inside), ("postcode and 5 km", near)):
        yield Goal(f"Open Referral: {what}, of {size:,} services, p95", _p95(app, calls), "ms", 200, issue=4)


def _listed(places: Places) -> list[Listed]:
    services = assemble(records(MADE, places)).services.values()
    return [listed_of(each, places, MOMENT) for each in services]


def _many(made: Sequence[Listed], size: int) -> Iterator[Listed]:
    for number in range(size):
        one = made[number % len(made)]
        again = number // len(made)
        if not again:
            yield one
            continue
        places = tuple(_elsewhere(place, again) for place in one.places)
        yield replace(one, key=f"{one.key}-{again}", name=f"{one.name} {again}", places=places)


def _elsewhere(place: ListedPlace, again: int) -> ListedPlace:
    """The place in another part of the country, as a feed so large would be of all of it."""
    lat, lon = place.point or (0.0, 0.0)
    point = (lat - again % 5 * 0.6, lon - again // 5 * 0.8) if place.point else None
    return replace(place, key=f"{place.key}-{again}", point=point)


def _app(feed: Feed, folder: Path) -> Starlette:
    """The whole application, layers and all, with this feed."""
    app = create_app(Settings(data_dir=folder))
    edition = replace(published())
    edition.__dict__["open_referral"] = feed
    app.state.live.edition = edition
    return app


def _empty() -> Starlette:
    async def nothing(request: Request) -> Response:
        return Response()

    return Starlette(routes=[Route("/", nothing)])


def _p95(app: ASGIApp, calls: Sequence[tuple[str, str]]) -> float:
    """Milliseconds of the slowest twentieth of calls through the whole application.

    Each call counts with the best of five, so that the calls are compared and not the machine's other work.
    """
    return quantiles(asyncio.run(_times(app, calls)), n=20)[-1]


def _cold(app: ASGIApp, feed: Feed, calls: Sequence[tuple[str, str]]) -> float:
    """The same with no item of a list kept from an earlier call; each call once."""

    async def times() -> list[float]:
        found = []
        for path, query in calls:
            feed.service_item.cache_clear()
            started = perf_counter()
            await _call(app, path, query)
            found.append((perf_counter() - started) * 1000)
        return found

    return quantiles(asyncio.run(times()), n=20)[-1]


async def _times(app: ASGIApp, calls: Sequence[tuple[str, str]]) -> list[float]:
    for path, query in calls[:20]:
        await _call(app, path, query)
    found = []
    for path, query in calls:
        took = []
        for _ in range(5):
            started = perf_counter()
            await _call(app, path, query)
            took.append((perf_counter() - started) * 1000)
        found.append(min(took))
    return found


async def _call(app: ASGIApp, path: str, query: str) -> None:
    scope: dict[str, Any] = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": path, "raw_path": path.encode(), "root_path": "", "query_string": query.encode(),
        "headers": [(b"host", b"bench.test")], "client": ("127.0.0.1", 1), "server": ("bench.test", 80),
    }  # fmt: skip

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        assert message.get("status", 200) == 200

    await app(scope, receive, send)
