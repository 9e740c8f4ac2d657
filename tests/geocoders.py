"""A geocoder on the loopback that speaks as Nominatim or Photon do, well or badly, and remembers."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from directory.geocoder import GeocoderConfig, config_of
from directory.geocoder.config import Provider

LINCOLN, LEEDS, CARDIFF, ATLANTIC = (53.2312, -0.5457), (53.7997, -1.5492), (51.4816, -3.1791), (50.1, -7.9)
CONTACT = "people@example.org"
Reply = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Loopback:
    """`reply` answers each request; `heard` are the requests, in order."""

    reply: Reply
    heard: list[web.Request] = field(default_factory=list)
    host: str = ""

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.heard.append(request)
        return await self.reply(request)

    @property
    def asked(self) -> list[str]:
        """The words that arrived."""
        return [request.query.get("q", "") for request in self.heard]

    def config(self, provider: Provider = "nominatim", seconds: float = 5.0) -> GeocoderConfig:
        """As the settings would have it, with time to spare."""
        return config_of(provider, f"http://{self.host}", CONTACT, "1", seconds)


@asynccontextmanager
async def loopback(reply: Reply) -> AsyncIterator[Loopback]:
    """Such a server, running."""
    made, app = Loopback(reply), web.Application()
    app.router.add_route("*", "/{tail:.*}", made.answer)
    async with TestServer(app) as server:
        made.host = f"127.0.0.1:{server.port}"
        yield made


def nominatim(*points: tuple[float, float]) -> Reply:
    """Nominatim's `format=json`: a list, its degrees as text."""
    found = [
        {
            "place_id": number, "licence": "Data © OpenStreetMap contributors, ODbL 1.0.", "osm_type": "way",
            "osm_id": number, "lat": str(lat), "lon": str(lon), "class": "highway", "type": "residential",
            "place_rank": 26, "importance": 0.05, "addresstype": "road", "name": "Steep Hill",
            "display_name": "Steep Hill, Uphill, Lincoln, Lincolnshire, England, LN2 1LU, United Kingdom",
            "boundingbox": [str(lat), str(lat), str(lon), str(lon)],
        }
        for number, (lat, lon) in enumerate(points)
    ]  # fmt: skip
    return body(json.dumps(found), "application/json")


def photon(*points: tuple[float, float], country: str = "GB") -> Reply:
    """Photon's GeoJSON: degrees as numbers, east first."""
    features = [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [lon, lat]},
            "properties": {"osm_type": "W", "osm_id": 1, "osm_key": "highway", "osm_value": "residential",
                           "type": "street", "countrycode": country, "name": "Steep Hill", "city": "Lincoln",
                           "postcode": "LN2 1LU", "state": "England"},
        }
        for lat, lon in points
    ]  # fmt: skip
    return body(json.dumps({"type": "FeatureCollection", "features": features}), "application/json")


def body(text: str, kind: str = "text/html", status: int = 200, **headers: str) -> Reply:
    """Any reply at all."""

    async def reply(_: web.Request) -> web.Response:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return web.Response(text=text, status=status, content_type=kind, headers=named)

    return reply


async def never(_: web.Request) -> web.StreamResponse:
    """Takes the request and says nothing."""
    await asyncio.Event().wait()
    raise AssertionError("unreachable")


async def hangs_up(request: web.Request) -> web.StreamResponse:
    """Ends the line without a reply."""
    assert request.transport is not None
    request.transport.abort()
    await asyncio.sleep(0)
    return web.Response()


async def endless(request: web.Request) -> web.StreamResponse:
    """A list that goes on and on."""
    reply = web.StreamResponse(headers={"Content-Type": "application/json"})
    await reply.prepare(request)
    try:
        while True:
            await reply.write(b"[" + b" " * 65536)
    except (ConnectionError, asyncio.CancelledError):
        return reply


def in_turn(*replies: Reply) -> Reply:
    """One reply after the other; the last again and again."""
    left = list(replies)

    async def reply(request: web.Request) -> Any:
        return await (left.pop(0) if len(left) > 1 else left[0])(request)

    return reply
