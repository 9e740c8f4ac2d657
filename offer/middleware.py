"""What every reply carries, as pure ASGI: headers, the access log, limits and the same-origin wall."""

import secrets
import time
from collections.abc import Callable
from urllib.parse import unquote, urlsplit

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from offer.caching import ASK_AGAIN, KEEP_PRIVATE, PRIVATE
from offer.errors import WORDS, Problem
from offer.fault_replies import on_problem, on_surprise
from offer.logs import log
from offer.public_address import has_words, tells, without_telling
from offer.seen.tally import METHODS

BODY_LIMIT = 64 * 1024  # bytes; a person's facts are well under 4 kB
# Staff send whole entries, and sheets of them: the first that fits the path counts.
BODY_LIMITS = (("/staff/exchange/", 6 * 1024 * 1024), ("/staff/", 1024 * 1024))
OPEN_PATHS = ("/api/", "/openreferral")
FOREIGN = "This form was sent from another site. Open our page and try again."
HTTP_VERSIONS = ("1.0", "1.1", "2", "3")
SAFE_METHODS = {"GET", "HEAD", "OPTIONS", "TRACE"}
HUNG_UP = 499  # in the log and the figures: nobody was there any more to be answered


Count = Callable[[str, str, int, float], None]  # method, route pattern, status, seconds


REQUEST_ID = "Request-Id"


class AccessLog:
    """One line a request: method, route pattern, status, milliseconds, its number. Never the address.

    The number is ours, made by chance and sent back in `Request-Id`: what else is logged meanwhile carries
    it too. One that comes with a request is not taken over: it could say anything. `count` is told the
    rest, for the figures of /metrics.
    """

    def __init__(self, app: ASGIApp, count: Count | None = None) -> None:
        self.app, self.count = app, count

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started, status, number = time.perf_counter(), 500, secrets.token_hex(8)

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                MutableHeaders(scope=message)[REQUEST_ID] = number
            await send(message)

        with structlog.contextvars.bound_contextvars(request_id=number):
            try:
                await self.app(scope, receive, noting)
            except ClientDisconnect:
                status = HUNG_UP
            finally:
                self._note(scope, status, time.perf_counter() - started)

    def _note(self, scope: Scope, status: int, seconds: float) -> None:
        """A raised error's text and locals may hold what somebody typed: it is not logged here."""
        method = scope["method"] if scope["method"] in METHODS else "other"
        route = getattr(scope.get("route"), "path", "unmatched")
        log().info("request", method=method, route=route, status=status, ms=round(seconds * 1000, 1))
        if self.count is not None:
            self.count(method, route, status, seconds)


class Guard:
    """The headers of every reply; the same-origin wall; the limit on bodies."""

    def __init__(self, app: ASGIApp, policy: Callable[[], str], *, https: bool) -> None:
        self.app, self.policy, self.https = app, policy, https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        asked = scope["path"]

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                _lead_here(MutableHeaders(scope=message), asked)
                self._add(MutableHeaders(scope=message))
            await send(message)

        headers = Headers(scope=scope)
        if _has_two_ends(scope, headers):
            log().warning("refused", why="two ends")
            reply = await on_problem(Request(scope), Problem(400, WORDS[400]))
            reply.headers["Connection"] = "close"  # what comes behind it on this line may be somebody else's
            await reply(scope, receive, with_headers)
        elif is_foreign(scope, headers):
            log().warning("refused", why="other site")
            reply = await on_problem(Request(scope), Problem(403, FOREIGN))
            await reply(scope, receive, with_headers)
        elif _says_too_long(headers, limit_of(scope["path"])):
            log().warning("refused", why="too long")
            reply = await on_problem(Request(scope), Problem(413, WORDS[413]))
            await reply(scope, receive, with_headers)
        else:
            await self._within_limit(scope, receive, with_headers)

    async def _within_limit(self, scope: Scope, receive: Receive, send: Send) -> None:
        """A body sent without a length is counted as it comes."""
        taken, most = 0, limit_of(scope["path"])

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > most:
                log().warning("refused", why="too long")
                raise Problem(413, WORDS[413])
            return message

        await self.app(scope, counted, send)

    def _add(self, headers: MutableHeaders) -> None:
        headers["Content-Security-Policy"] = self.policy()
        headers["X-Content-Type-Options"] = "nosniff"
        headers.setdefault("Referrer-Policy", "same-origin")
        headers["Permissions-Policy"] = "geolocation=(self), camera=(), microphone=()"
        headers["Cross-Origin-Opener-Policy"] = "same-origin"
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if self.https:
            headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"


def limit_of(path: str) -> int:
    """How many bytes a body sent to a path may have."""
    return next((most for below, most in BODY_LIMITS if path.startswith(below)), BODY_LIMIT)


def _lead_here(headers: MutableHeaders, asked: str) -> None:
    """Takes the host off a redirect to the same address with or without its last slash.

    Starlette writes there the host that the asker claims, which a cache could hand to others.
    """
    to = urlsplit(headers.get("location", ""))
    if to.netloc and unquote(to.path).strip("/") == asked.strip("/") and not to.path.startswith("//"):
        headers["location"] = to._replace(scheme="", netloc="").geturl()


def _has_two_ends(scope: Scope, headers: Headers) -> bool:
    """Whether a proxy could see another end of this request than we do (RFC 9112, 6.1)."""
    both = "transfer-encoding" in headers and "content-length" in headers
    return both or scope.get("http_version", "1.1") not in HTTP_VERSIONS


def _says_too_long(headers: Headers, most: int) -> bool:
    length = headers.get("content-length", "0")
    return not length.isdigit() or int(length) > most


def is_foreign(scope: Scope, headers: Headers) -> bool:
    """Whether an unsafe request comes from another site.

    `Sec-Fetch-Site` decides; where a browser does not send it, Origin's host must
    equal Host. With neither it is no browser, and carries no cookie of ours.
    """
    if scope["method"] in SAFE_METHODS or scope["path"].startswith(OPEN_PATHS):
        return False
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is not None and urlsplit(origin).netloc != headers.get("host")


class Surprises:
    """A fault of ours becomes a reply here, inside the other layers, so that it carries their headers."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False

        async def noting(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except ClientDisconnect:  # who asked is gone: nothing of ours broke
            raise
        except Exception as fault:
            if scope["type"] != "http" or started:
                raise
            reply = await on_surprise(Request(scope), fault)
            await reply(scope, receive, send)


class CatalogueVersion:
    """Replies that are not JSON name the edition of the catalogue in a header."""

    def __init__(self, app: ASGIApp, version: Callable[[], int | None]) -> None:
        self.app, self.version = app, version

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def with_version(message: Message) -> None:
            if message["type"] == "http.response.start" and (version := self.version()) is not None:
                MutableHeaders(scope=message).setdefault("Catalogue-Version", str(version))
            await send(message)

        await self.app(scope, receive, with_version if scope["type"] == "http" else send)


class NeverKept:
    """Every reply below a path says `no-store`, faults too: nothing stays behind on a shared machine."""

    def __init__(self, app: ASGIApp, below: str) -> None:
        self.app, self.below = app, below

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def unkept(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Cache-Control"] = "no-store"
            await send(message)

        ours = scope["type"] == "http" and f"{scope['path']}/".startswith(f"{self.below}/")
        await self.app(scope, receive, unkept if ours else send)


class Unshared:
    """What an address tells of a person is kept by no cache, and what it asks in words by none for many.

    Pages of ours never lead to such an address (offer/public_address.py); somebody can write one by hand.
    The API says for each call who may keep it.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        query = scope.get("query_string", b"").decode("latin-1") if scope["type"] == "http" else ""
        if not query or scope["path"].startswith((*OPEN_PATHS, "/staff")):
            await self.app(scope, receive, send)
            return

        async def unshared(message: Message) -> None:
            if message["type"] == "http.response.start":
                _unshare(MutableHeaders(scope=message), query)
            await send(message)

        await self.app(scope, receive, unshared)


def _unshare(headers: MutableHeaders, query: str) -> None:
    if tells(query):
        headers.update(PRIVATE)
        del headers["etag"]
        if "location" in headers:
            headers["location"] = without_telling(headers["location"])
    elif has_words(query) and headers.get("cache-control") == ASK_AGAIN["Cache-Control"]:
        headers.update(KEEP_PRIVATE)
