"""Reading a stranger's addresses safely: http(s) only, public hosts only, and never more than the limits.

The address of a host is checked where the connection is made, after the name was looked up, so that
a name that changes between two look-ups gains nothing; every redirect is checked again.
"""

import asyncio
import ipaddress
import json
import socket
import time
import zlib
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from urllib.parse import urlencode, urljoin, urlsplit

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, DummyCookieJar, TCPConnector
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from directory.openreferral.faults import FeedFault
from directory.openreferral.limits import Limits

AGENT = "local-offer (Open Referral UK import)"
REDIRECTS = frozenset({301, 302, 303, 307, 308})
_CHUNK = 64 * 1024
_NOT_PUBLIC = "it leads to an address inside a private network"
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_GZIP = zlib.MAX_WBITS | 16


def may_be_read(address: str, *, allow_private: bool = False) -> bool:
    """Whether an IP address may be asked.

    `allow_private` lets in this machine and private networks, never link-local addresses, where
    cloud machines keep their keys (169.254.169.254).
    """
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    inner = None
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo and found.teredo[1])
        if found in _NAT64:
            return False
    real = inner or found
    if real.is_link_local or real.is_multicast or real.is_unspecified or real.is_reserved:
        return False
    return real.is_global or (allow_private and (real.is_loopback or real.is_private))


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
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise FeedFault("it leads to something that is not a web address (http or https)")
        if parts.username is not None:
            raise FeedFault("its address holds a user name or a password")
        is_number = parts.hostname.replace(".", "").isdigit() or ":" in parts.hostname
        if is_number and not may_be_read(parts.hostname, allow_private=self._allow_private):
            raise FeedFault(_NOT_PUBLIC)

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
    connector = TCPConnector(
        resolver=_PublicOnly(allow_private=allow_private), use_dns_cache=False, limit=4, force_close=False
    )
    async with ClientSession(
        connector=connector,
        auto_decompress=False,
        cookie_jar=DummyCookieJar(),
        headers={"User-Agent": AGENT, "Accept": "application/json", "Accept-Encoding": "gzip, identity"},
        timeout=ClientTimeout(total=limits.reply_seconds),
    ) as session:
        yield Fetcher(session, limits, allow_private=allow_private)


class _NotPublic(OSError):  # noqa: N818
    """A name that stands for an address nobody outside should ask."""


class _PublicOnly(AbstractResolver):
    """Looks names up, and gives back only addresses that may be asked: these are the ones connected to."""

    def __init__(self, *, allow_private: bool) -> None:
        self._resolver = ThreadedResolver()
        self._allow_private = allow_private

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Raises OSError where any address of the name may not be asked."""
        found = await self._resolver.resolve(host, port, family)
        if not all(may_be_read(each["host"], allow_private=self._allow_private) for each in found):
            raise _NotPublic(_NOT_PUBLIC)
        return found

    async def close(self) -> None:
        """Nothing to give back."""
        await self._resolver.close()


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
    inner: BaseException | None = fault
    while inner is not None:
        if isinstance(inner, _NotPublic):
            return _NOT_PUBLIC
        inner = getattr(inner, "os_error", None) or inner.__cause__
    return "it cannot be reached, or broke off"


def _no_such_number(_: str) -> object:
    raise ValueError("NaN and Infinity are not JSON")
