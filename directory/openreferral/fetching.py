"""Reading a stranger's addresses safely: http(s) only, public hosts only, and never more than the limits.

The address of a host is checked where the connection is made, after the name was looked up, so that
a name that changes between two look-ups gains nothing; every redirect is checked again.
"""

import asyncio
import json
import time
import zlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from urllib.parse import urlencode, urljoin

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, DummyCookieJar

from directory.openreferral.faults import FeedFault
from directory.openreferral.limits import Limits
from directory.public_web import NOT_PUBLIC, REDIRECTS, NotToBeAsked, checked, is_not_public, public_only

AGENT = "local-offer (Open Referral UK import)"
_CHUNK = 64 * 1024
_GZIP = zlib.MAX_WBITS | 16


class Fetcher:
    """Reads JSON from one feed, and counts what it has taken."""

    def __init__(self, session: ClientSession, limits: Limits, *, allow_private: bool) -> None:
        self.limits = limits
        self.taken = 0  # bytes
        self._session = session
        self._allow_private = allow_private
        self._end = time.monotonic() + limits.all_seconds

    async def json(self, url: str, query: Mapping[str, str] | None = None) -> object:
        """The JSON at an address. Raises FeedFault for whatever goes wrong, in one plain sentence."""
        text = await self._read(f"{url}?{urlencode(query)}" if query else url)
        try:
            return json.loads(text, parse_constant=_no_such_number)
        except (ValueError, RecursionError):
            raise FeedFault("its reply is not JSON that we can read") from None

    async def _read(self, url: str) -> bytes:
        left = self._end - time.monotonic()
        if left <= 0:
            raise FeedFault("the time for the whole import is over")
        try:
            async with asyncio.timeout(min(left, self.limits.reply_seconds)):
                return await self._follow(url)
        except TimeoutError:
            raise FeedFault("it took too long to answer") from None
        except (ClientError, OSError, ValueError, zlib.error) as fault:
            raise FeedFault(_words(fault)) from None

    async def _follow(self, url: str) -> bytes:
        for _ in range(self.limits.redirects + 1):
            self._check(url)
            async with self._session.get(url, allow_redirects=False) as reply:
                if reply.status not in REDIRECTS:
                    return await self._body(reply)
                url = urljoin(url, reply.headers.get("Location", ""))
        raise FeedFault("it sends us on from address to address")

    def _check(self, url: str) -> None:
        try:
            checked(url, allow_private=self._allow_private)
        except NotToBeAsked as fault:
            raise FeedFault(str(fault)) from None

    async def _body(self, reply: ClientResponse) -> bytes:
        if reply.status != 200:
            raise FeedFault(f"it answered with status {reply.status}")
        unpack = _unpacker(reply.headers.get("Content-Encoding", "identity").strip().lower())
        body = bytearray()
        async for chunk in reply.content.iter_chunked(_CHUNK):
            room = self.limits.reply_bytes - len(body) + 1
            fresh = unpack.decompress(chunk, room) if unpack else chunk
            body += fresh
            self.taken += max(len(chunk), len(fresh))
            if len(body) > self.limits.reply_bytes:
                raise FeedFault(f"its reply is larger than {self.limits.reply_bytes:,} bytes")
            if self.taken > self.limits.all_bytes:
                raise FeedFault(f"all its replies are larger than {self.limits.all_bytes:,} bytes")
        return bytes(body)


@asynccontextmanager
async def fetching(limits: Limits, *, allow_private: bool = False) -> AsyncIterator[Fetcher]:
    """A Fetcher that keeps no cookie, uses no proxy and asks no more than four things at once."""
    connector = public_only(allow_private=allow_private, limit=4, force_close=False)
    async with ClientSession(
        connector=connector,
        auto_decompress=False,
        cookie_jar=DummyCookieJar(),
        headers={"User-Agent": AGENT, "Accept": "application/json", "Accept-Encoding": "gzip, identity"},
        timeout=ClientTimeout(total=limits.reply_seconds),
    ) as session:
        yield Fetcher(session, limits, allow_private=allow_private)


def _unpacker(encoding: str) -> "zlib._Decompress | None":
    match encoding:
        case "" | "identity":
            return None
        case "gzip" | "x-gzip":
            return zlib.decompressobj(_GZIP)
        case "deflate":
            return zlib.decompressobj()
    raise FeedFault("its reply is packed in a way that we do not read")


def _words(fault: Exception) -> str:
    """The fault in a few words that repeat nothing of what the other side sent."""
    if is_not_public(fault):
        return NOT_PUBLIC
    return "it cannot be reached, or broke off"


def _no_such_number(_: str) -> object:
    raise ValueError("NaN and Infinity are not JSON")
