"""Asking Nominatim or Photon through geopy, with every failure told apart from "not found".

geopy alone is not careful enough for a server we do not run (read in 2.5.0): it follows
redirects anywhere, reads a body of any size, calls HTTP 503 a time-out, takes the JSON
`null` for "not found", sends again what a broken line lost, and writes the words asked for
to its debug log.
"""

import json
import logging
import math
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Any, Self

import aiohttp
from geopy.adapters import AioHTTPAdapter, get_retry_after
from geopy.geocoders import Nominatim, Photon
from yarl import URL

from directory.geocoder.config import GeocoderConfig
from directory.geocoder.outcome import LookupFailed, Spot
from directory.public_web import public_only

MOST_BYTES = 256 * 1024  # ten results are about 10 kB
MOST_RESULTS = 10
ISLES = ((49.8, -8.7), (60.9, 1.8))  # south-west and north-east corner of the United Kingdom
LONGEST_REST = 24 * 3600.0  # seconds; no Retry-After keeps us away for longer


class CarefulAdapter(AioHTTPAdapter):  # type: ignore[misc]  # geopy brings no types
    """geopy's adapter with limits on where, how much and for how long; raises LookupFailed."""

    @property
    def session(self) -> aiohttp.ClientSession:
        """Made on first use: no cookies are kept; a council's proxy is taken from the environment."""
        made: aiohttp.ClientSession | None = self.__dict__.get("session")
        if made is None:
            made = aiohttp.ClientSession(
                connector=public_only(allow_private=True),
                cookie_jar=aiohttp.DummyCookieJar(),
                trust_env=True,
                auto_decompress=False,
                middlewares=(_only_once,),
            )
            self.__dict__["session"] = made
        return made

    async def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:  # noqa: ASYNC109 - geopy's own signature
        """The JSON of a 200 reply that is not too long."""
        try:
            async with self.session.get(
                URL(url, encoded=True),
                timeout=aiohttp.ClientTimeout(total=timeout),
                headers={**headers, "Accept-Encoding": "identity"},
                allow_redirects=False,
            ) as reply:
                _refuse(reply)
                body = await _body(reply)
        except TimeoutError:
            raise LookupFailed("slow") from None
        except (aiohttp.ClientError, OSError):
            raise LookupFailed("unavailable") from None
        try:
            return json.loads(body)
        except (ValueError, RecursionError):
            raise LookupFailed("unreadable") from None


async def _only_once(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """aiohttp sends a GET a second time, at once, when the line breaks: our turn is for one request."""
    try:
        return await handler(request)
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError):
        raise LookupFailed("unavailable") from None


def _refuse(reply: aiohttp.ClientResponse) -> None:
    if reply.status == 429:
        raise LookupFailed("rate_limited", _rest(reply.headers))
    if reply.status == 503 and (rest := _rest(reply.headers, default=None)) is not None:
        raise LookupFailed("unavailable", rest)
    if reply.status >= 500 or reply.status == 408:
        raise LookupFailed("unavailable")
    if reply.status >= 400:
        raise LookupFailed("refused")
    if reply.status != 200:
        raise LookupFailed("redirected" if reply.status >= 300 else "unreadable")


def _rest(headers: Mapping[str, str], default: float | None = 60.0) -> float | None:
    """Retry-After in seconds, whether it is a number or a date."""
    try:
        rest = get_retry_after(headers)
    except (ValueError, OverflowError):
        rest = None
    return default if rest is None else min(float(rest), LONGEST_REST)


async def _body(reply: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for part in reply.content.iter_chunked(16 * 1024):
        body += part
        if len(body) > MOST_BYTES:
            raise LookupFailed("too_big")
    return bytes(body)


class NominatimAdapter(CarefulAdapter):
    """Nominatim answers with a list; anything else is a fault, never "not found"."""

    async def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:  # noqa: ASYNC109 - geopy's own signature
        """The list of results."""
        found = await super().get_json(url, timeout=timeout, headers=headers)
        if not isinstance(found, list):
            raise LookupFailed("unreadable")
        return found


class PhotonAdapter(CarefulAdapter):
    """Photon answers with a GeoJSON collection, of which we keep what lies in the United Kingdom."""

    async def get_json(self, url: str, *, timeout: float, headers: Mapping[str, str]) -> Any:  # noqa: ASYNC109 - geopy's own signature
        """The collection; Photon takes no country, so others are left out here."""
        found = await super().get_json(url, timeout=timeout, headers=headers)
        try:
            kept = [each for each in found["features"] if each["properties"].get("countrycode") == "GB"]
        except (LookupError, TypeError, AttributeError):
            raise LookupFailed("unreadable") from None
        return {**found, "features": kept}


class Geocoder:
    """One provider, asked with `search`; use it in `async with`, so that its connections are closed."""

    def __init__(self, config: GeocoderConfig) -> None:
        self.config = config
        logging.getLogger("geopy").setLevel(logging.CRITICAL)  # it would write what was typed
        maker, adapter = {
            "nominatim": (Nominatim, NominatimAdapter),
            "photon": (Photon, PhotonAdapter),
        }[config.provider]
        self._geopy = maker(
            user_agent=config.user_agent,
            scheme=config.scheme,
            domain=config.domain,
            timeout=config.seconds,
            proxies={},
            adapter_factory=adapter,
        )

    async def __aenter__(self) -> Self:
        await self._geopy.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._geopy.__aexit__(kind, fault, trace)

    async def search(self, query: str) -> tuple[Spot, ...]:
        """The places of that name, the best first; none is none. Raises LookupFailed and nothing else."""
        only = {"country_codes": "gb"} if self.config.provider == "nominatim" else {"bbox": ISLES}
        try:
            found = await self._geopy.geocode(
                query, exactly_one=False, limit=MOST_RESULTS, language="en", **only
            )
            return _spots(found or ())
        except LookupFailed:
            raise
        except Exception:  # what geopy raises for JSON of another shape is no set of its own
            raise LookupFailed("unreadable") from None


def _spots(found: Iterable[Any]) -> tuple[Spot, ...]:
    """Raises ValueError for a point that lies nowhere: the reply is not to be trusted."""
    spots = tuple(Spot(float(each.latitude), float(each.longitude)) for each in found)
    (south, west), (north, east) = ISLES
    if not all(math.isfinite(s.lat) and math.isfinite(s.lon) for s in spots):
        raise ValueError("not a point")
    if not all(south <= s.lat <= north and west <= s.lon <= east for s in spots):
        raise ValueError("outside the United Kingdom")
    return spots
