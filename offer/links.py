"""Whether the sources we cite are still there: each address once, a few at a time, and nothing is kept."""

import socket
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from http import HTTPStatus
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from directory.records import Location, Record
from offer.entitlements.schema import Entitlement
from offer.published import Published

AT_ONCE = 8
SECONDS = 15.0
# Some servers refuse strangers with these: the page may well be there, so a person must look.
LOOK = {HTTPStatus.FORBIDDEN, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.UNAUTHORIZED}
AGENT = "Mozilla/5.0 (compatible; local-offer link check)"

Progress = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Link:
    """An address, where it is cited, and what came of it: "" where it is there."""

    url: str
    cited_by: tuple[str, ...]
    trouble: str = ""

    def __str__(self) -> str:
        return f"{self.trouble}: {self.url} ({', '.join(self.cited_by)})"


def sources_of(published: Published) -> Mapping[str, tuple[str, ...]]:
    """Every address that a public entry or record of the directory cites, and the slugs that cite it."""
    return cited_by(published.entries.values(), _records(published))


def cited_by(entries: Iterable[Entitlement], records: Iterable[Record]) -> Mapping[str, tuple[str, ...]]:
    """Address → the slugs that cite it, in their order."""
    found: dict[str, dict[str, None]] = {}
    for entry in entries:
        for url in (*(source.url for source in entry.sources), *(law.url for law in entry.legal_basis)):
            if url:
                found.setdefault(url, {})[entry.id] = None
    for record in records:
        website = None if isinstance(record, Location) else record.website
        for url in (website, *(source.url for source in record.sources)):
            if url:
                found.setdefault(url, {})[record.id] = None
    return {url: tuple(slugs) for url, slugs in found.items()}


def _records(published: Published) -> Iterable[Record]:
    yield from (service.record for service in published.services.values())
    yield from published.organisations.values()
    yield from published.locations.values()


def check(cited: Mapping[str, tuple[str, ...]], progress: Progress, seconds: float = SECONDS) -> list[Link]:
    """Those that could not be read, by address. Takes up to `seconds` for each few."""
    troubles: dict[str, str] = {}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        asked = {pool.submit(trouble_with, url, seconds): url for url in cited}
        for done, future in enumerate(as_completed(asked), 1):
            troubles[asked[future]] = future.result()
            progress(done, len(asked))
    return [Link(url, cited[url], troubles[url]) for url in sorted(troubles) if troubles[url]]


def trouble_with(url: str, seconds: float = SECONDS) -> str:
    """What is wrong with an address, in a few words; "" when its page is there."""
    if not url.startswith(("http://", "https://")):
        return "not a web address"
    request = Request(url, headers={"User-Agent": AGENT})  # noqa: S310 - the scheme is checked above
    started = time.monotonic()
    try:
        with urlopen(request, timeout=seconds) as reply:  # noqa: S310
            reply.read(1)
    except HTTPError as fault:
        fault.close()
        return "refused us, look yourself" if fault.code in LOOK else f"{fault.code} {fault.reason}"
    except (URLError, OSError, ValueError) as fault:
        slow = isinstance(fault, TimeoutError | socket.timeout) or time.monotonic() - started >= seconds
        return "no answer" if slow else "cannot be reached"
    return ""


def lines(found: Iterable[Link], total: int) -> list[str]:
    """A line for each, and one count."""
    told = [str(link) for link in found]
    return [*told, f"{total} sources, {len(told)} to look at"]
