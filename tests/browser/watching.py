"""What a page did behind its face: messages on the console, requests to other hosts, cookies."""

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request

# Chromium writes one of these for a page answered with 404 or 422: the status is the test's to judge.
_STATUS_ONLY = "Failed to load resource: the server responded with a status of 4"


@dataclass  # without slots: Playwright keeps its wrappers on the object whose methods it calls
class Watch:
    """Gathers, for every page of a context, what a public page must never do."""

    host: str
    complaints: list[str] = field(default_factory=list)
    addresses: list[str] = field(default_factory=list)

    def over(self, context: BrowserContext) -> None:
        """Watch every page the context opens from now on."""
        context.on("page", self._page)

    def _page(self, page: Page) -> None:
        page.on("console", self._message)
        page.on("pageerror", lambda error: self.complaints.append(f"script failed: {error}"))
        page.on("request", self._request)

    def _message(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning") and not message.text.startswith(_STATUS_ONLY):
            self.complaints.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        self.addresses.append(request.url)
        parts = urlsplit(request.url)
        if parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.host:
            self.complaints.append(f"asked another host: {parts.netloc}")
