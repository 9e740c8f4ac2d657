"""`/ar/results` is answered as `/results` in Arabic: pure ASGI, and nothing at all for English."""

from urllib.parse import quote

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from offer.language import speaking
from offer.languages.address import parted, redirected
from offer.languages.finishing import finished
from offer.languages.known import ENGLISH, Language
from offer.languages.marks import without_marks


class InLanguage:
    """Takes the language off the address, and finishes the reply in it."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        language, path = parted(scope["path"]) if scope["type"] == "http" else (ENGLISH, "")
        if language is ENGLISH:
            await self.app(scope, receive, send)
            return
        # Changed in place: the access log, outside of us, finds the route in this very scope.
        scope["path"], scope["raw_path"] = path, quote(path).encode()
        reply = _Reply(send, language, Headers(scope=scope).get("host", ""))
        with speaking(language):
            await self.app(scope, receive, reply.take)


class _Reply:
    """A reply held back until its body is whole, then sent as finished."""

    def __init__(self, send: Send, language: Language, host: str) -> None:
        self._send, self._language, self._host = send, language, host
        self._start: Message = {}
        self._body = bytearray()

    async def take(self, message: Message) -> None:
        """One message of the app's."""
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._body += message.get("body", b"")
        if message.get("more_body"):
            return
        body = self._finished()
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": body})

    def _finished(self) -> bytes:
        headers = MutableHeaders(scope=self._start)
        kind = headers.get("content-type", "")
        if "location" in headers:
            headers["location"] = redirected(headers["location"], self._language, self._host)
        if not kind.startswith(("text/", "application/json")):
            return bytes(self._body)
        text = self._body.decode()
        if kind.startswith("text/html"):
            headers["content-language"] = self._language.code
            text = finished(text, self._language)
        body = without_marks(text).encode()
        if "content-length" in headers and body:
            headers["content-length"] = str(len(body))
        return body
