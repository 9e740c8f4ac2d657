"""Asks one source if it is still there: politely, safely, and never more than the limits."""

import asyncio
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from http import HTTPStatus
from urllib.parse import SplitResult, urljoin
from urllib.robotparser import RobotFileParser

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, DummyCookieJar
from aiohttp.abc import AbstractResolver

from directory.public_web import NOT_PUBLIC, REDIRECTS, NotToBeAsked, checked, is_not_public, public_only
from offer.staff.links.main_text import digest_of_page
from offer.staff.links.seen import Seen

AGENT = "local-offer-link-check"
_WORDS = ("text/html", "application/xhtml+xml", "text/plain")
# Some servers say these to strangers, or to HEAD: the page may well be there.
_ASK_AGAIN = {
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.NOT_IMPLEMENTED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.NOT_FOUND,
}
_SHY = {HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.UNAUTHORIZED}
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True)
class Manners:
    """What one look may take. `between`: seconds between two requests to one host; `ports`: None for any."""

    seconds: float = 20.0
    page_bytes: int = 2_000_000
    robots_bytes: int = 200_000
    redirects: int = 5
    between: float = 3.0
    ports: frozenset[int] | None = frozenset({80, 443})
    allow_private: bool = False


MANNERS = Manners()


class _Trouble(Exception):  # noqa: N818
    """What is wrong, in plain words."""

    def __init__(self, words: str, status: int | None = None) -> None:
        super().__init__(words)
        self.status = status


@dataclass(slots=True)
class Asker:
    """Asks, one request at a time for each host, and knows what each host's robots.txt allows."""

    session: ClientSession
    manners: Manners
    _robots: dict[str, RobotFileParser] = field(default_factory=dict)
    _last: dict[str, float] = field(default_factory=dict)

    async def look(self, url: str) -> Seen:
        """Looks at an address; never raises for what the other side does."""
        try:
            async with asyncio.timeout(self.manners.seconds + 4 * self.manners.between):
                return await self._look(url)
        except _Trouble as fault:
            return Seen(fault.status, problem=str(fault))
        except NotToBeAsked as fault:
            return Seen(problem=f"We do not ask it: {fault}")
        except TimeoutError:
            return Seen(problem="It took too long to answer")
        except (ClientError, OSError, ValueError) as fault:
            words = f"We do not ask it: {NOT_PUBLIC}" if is_not_public(fault) else "It cannot be reached"
            return Seen(problem=words)

    async def _look(self, url: str) -> Seen:
        for _ in range(self.manners.redirects + 1):
            parts = self._allowed(url)
            if not (await self._robots_of(parts)).can_fetch(AGENT, url):
                return Seen(problem="The site asks that no machine looks at it: look yourself")
            status, onward, digest = await self._ask(parts, url)
            if onward is None:
                return self._seen(status, digest)
            url = urljoin(url, onward)
        raise _Trouble("It sends us on from address to address")

    def _allowed(self, url: str) -> SplitResult:
        parts = checked(url, allow_private=self.manners.allow_private)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        if self.manners.ports is not None and port not in self.manners.ports:
            raise NotToBeAsked("it leads to a port that is not for web pages")
        return parts

    def _seen(self, status: int, digest: str) -> Seen:
        if status in _SHY:
            return Seen(status, problem="The site refused us: look yourself")
        return Seen(status, digest, "" if status < 400 else f"It answers {status}: {_said(status)}")

    async def _ask(self, parts: SplitResult, url: str) -> tuple[int, str | None, str]:
        """Status, where it leads on to, and the digest: a short look first, the page only for words."""
        await self._wait_for(parts)
        async with self.session.head(url, allow_redirects=False) as reply:
            if reply.status in REDIRECTS:
                return reply.status, _onward(reply), ""
            if reply.status not in _ASK_AGAIN and (reply.status >= 400 or not _is_words(reply)):
                return reply.status, None, _digest_of_headers(reply) if reply.status < 400 else ""
        await self._wait_for(parts)
        async with self.session.get(url, allow_redirects=False) as reply:
            if reply.status in REDIRECTS:
                return reply.status, _onward(reply), ""
            if reply.status >= 400:
                return reply.status, None, ""
            if not _is_words(reply):
                return reply.status, None, _digest_of_headers(reply)
            body = await _body(reply, self.manners.page_bytes)
            return reply.status, None, digest_of_page(body, reply.charset)

    async def _robots_of(self, parts: SplitResult) -> RobotFileParser:
        """What the host allows. Without a robots.txt, everything; one that cannot be had now, nothing."""
        site = f"{parts.scheme}://{parts.netloc}"
        if site not in self._robots:
            found = RobotFileParser()
            found.parse((await self._robots_text(parts, f"{site}/robots.txt")).splitlines())
            self._robots[site] = found
        return self._robots[site]

    async def _robots_text(self, parts: SplitResult, url: str) -> str:
        for _ in range(self.manners.redirects + 1):
            await self._wait_for(parts)
            async with self.session.get(url, allow_redirects=False) as reply:
                if reply.status in REDIRECTS:
                    url = urljoin(url, _onward(reply))
                    parts = self._allowed(url)
                    continue
                if reply.status >= 500:
                    raise _Trouble(f"It answers {reply.status}: {_said(reply.status)}", reply.status)
                body = await _body(reply, self.manners.robots_bytes) if reply.status < 400 else b""
                return body.decode("utf-8", "replace")
        return ""

    async def _wait_for(self, parts: SplitResult) -> None:
        """Leaves each host in peace between two requests."""
        host = parts.hostname or ""
        left = self._last.get(host, -self.manners.between) + self.manners.between - time.monotonic()
        if left > 0:
            await asyncio.sleep(left)
        self._last[host] = time.monotonic()


@asynccontextmanager
async def asking(
    manners: Manners = MANNERS, *, site: str = "", resolver: AbstractResolver | None = None
) -> AsyncIterator[Asker]:
    """An Asker that keeps no cookie, uses no proxy, and says who it is. `site`: our public address."""
    connector = public_only(allow_private=manners.allow_private, resolver=resolver, limit=1, force_close=True)
    async with ClientSession(
        connector=connector,
        cookie_jar=DummyCookieJar(),
        headers={"User-Agent": f"{AGENT}/1.0{f' (+{site})' if site else ''}", "Accept-Encoding": "identity"},
        timeout=ClientTimeout(total=manners.seconds),
        max_line_size=8190,
        max_field_size=8190,
    ) as session:
        yield Asker(session, manners)


async def _body(reply: ClientResponse, most: int) -> bytes:
    """Up to `most` bytes: a longer page is known by its beginning."""
    body = bytearray()
    async for chunk in reply.content.iter_chunked(_CHUNK):
        body += chunk
        if len(body) >= most:
            break
    return bytes(body[:most])


def _onward(reply: ClientResponse) -> str:
    return reply.headers.get("Location", "")


def _is_words(reply: ClientResponse) -> bool:
    return reply.content_type in _WORDS


def _digest_of_headers(reply: ClientResponse) -> str:
    """For a file that is no page: what the server says of its edition; "" where it says nothing."""
    said = [reply.headers.get(name, "") for name in ("ETag", "Last-Modified", "Content-Length")]
    return sha256("\n".join(said).encode("utf-8", "replace")).hexdigest() if any(said) else ""


def _said(status: int) -> str:
    """What a status means, in our words: theirs are not repeated."""
    if status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE):
        return "the page is gone"
    return "the site has a fault" if status >= 500 else "it does not give us the page"
