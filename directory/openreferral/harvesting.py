"""Walking through a feed: the root says which standard, the pages which services, each service the rest."""

import asyncio
import json
import re
from collections.abc import AsyncIterator, Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from directory.openreferral.cleaning import plain_line
from directory.openreferral.faults import FeedFault
from directory.openreferral.fetching import Fetcher
from directory.openreferral.limits import Limits

PER_PAGE = "100"
AT_ONCE = 4
MOST_NOTES = 200
_VERSION = re.compile(r"^(?:HSDS[-_ ]?(?:UK[-_ ]?)?|V)?([0-9]{1,3})(?:\.[0-9]{1,3})*$", re.IGNORECASE)
_FAR_FUTURE = "2999-01-01T00:00:00.000Z"

Progress = Callable[[int, int], object]


def unseen(done: int, total: int) -> None:
    """The progress of somebody who does not look."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The ids a feed lists, in its order. `complete`: the end was reached, so what is missing is gone."""

    ids: tuple[str, ...]
    complete: bool
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fetched:
    """One service as the feed gives it, or the trouble with it."""

    remote_id: str
    record: Mapping[str, Any] | None
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Harvest:
    """What a feed or a file holds: all its ids, and those services that may have changed, as they come."""

    base: str  # the feed's address, "" of a file
    host: str
    notes: tuple[str, ...]
    listing: Listing
    services: AsyncIterator[Fetched]


async def harvest(
    fetcher: Fetcher, url: str, since: datetime | None, known: Collection[str], progress: Progress = unseen
) -> Harvest:
    """A feed's services: all, or with `since` and where the feed can tell, those changed or not `known`.

    Raises FeedFault where it is no Open Referral UK 3 feed, or cannot be reached at all.
    """
    base = base_of(url)
    notes = await check_root(fetcher, base)
    listing = await list_services(fetcher, base)
    wanted = listing.ids
    if since is not None and await honours_modified_after(fetcher, base):
        changed = await list_services(fetcher, base, since)
        if changed.complete:
            again = set(changed.ids)
            wanted = tuple(each for each in listing.ids if each in again or each not in known)
    services = read_services(fetcher, base, wanted, progress)
    return Harvest(base, urlsplit(base).hostname or "", (*notes, *listing.notes), listing, services)


def harvest_file(file: Path, limits: Limits) -> Harvest:
    """The services of a file: one record, a list of them, or a page with `contents`. Raises FeedFault."""
    try:
        if file.stat().st_size > limits.all_bytes:
            raise FeedFault(f"it is larger than {limits.all_bytes:,} bytes")
        found = json.loads(file.read_bytes())
    except (OSError, ValueError, RecursionError):
        raise FeedFault("it is not a file of JSON that we can read") from None
    listed = found.get("contents", [found]) if isinstance(found, dict) else found
    if not isinstance(listed, list) or len(listed) > limits.services:
        raise FeedFault("it holds no list of services, or too many")
    notes: list[str] = []
    ids = tuple(dict.fromkeys(_ids(listed, 1, notes)))
    by_id = {uuid_in(each["id"]): each for each in listed if isinstance(each, dict) and "id" in each}

    async def services() -> AsyncIterator[Fetched]:
        for each in ids:
            yield Fetched(each, by_id[each])

    return Harvest("", file.name, tuple(notes), Listing(ids, True, tuple(notes)), services())


def base_of(url: str) -> str:
    """The feed's base address without its last slash. Raises FeedFault."""
    try:
        parts = urlsplit(url.strip())
        fits = parts.scheme in ("http", "https") and parts.hostname and not parts.query and not parts.fragment
    except ValueError:  # brackets that are of no address
        fits = False
    if not fits:
        raise FeedFault("it is not the base address of a feed, such as https://example.org/openreferral")
    return url.strip().rstrip("/")


async def check_root(fetcher: Fetcher, base: str) -> tuple[str, ...]:
    """What to note about the feed's root. Raises FeedFault unless it speaks Open Referral UK 3."""
    root = await fetcher.json(f"{base}/")
    said = root.get("version") if isinstance(root, dict) else None
    version = plain_line(said, 40) or ""
    match = _VERSION.match(version)
    if match is None:
        raise FeedFault("its first page does not say which version of Open Referral UK it speaks")
    if int(match[1]) != 3:
        raise FeedFault(
            f"it speaks version {version} of Open Referral UK, and we read version 3: "
            "ask its owner for the address of a version 3 feed"
        )
    if not version.upper().startswith("HSDS-UK-"):
        return (f"it calls its version '{version}'; the standard asks for HSDS-UK-3.0",)
    return ()


async def list_services(fetcher: Fetcher, base: str, since: datetime | None = None) -> Listing:
    """Every service id, page after page, until the last page, an empty one, or one that says nothing new.

    What the feed says of its size is not believed. `since`: only those modified after it.
    """
    ids: dict[str, None] = {}
    notes: list[str] = []  # no longer than MOST_NOTES, however much is wrong
    for number in range(1, fetcher.limits.pages + 1):
        try:
            page = await fetcher.json(f"{base}/services", _page_query(number, since))
            items = _items(page)
        except FeedFault as fault:
            return Listing(tuple(ids), False, (*notes, f"page {number} could not be read: {fault}"))
        before = len(ids)
        ids.update(dict.fromkeys(_ids(items, number, notes)))
        if not items or _is_last(page):
            return Listing(tuple(ids), True, tuple(notes))
        if len(ids) == before:
            notes.append(f"page {number} says nothing new, so the list was ended there")
            return Listing(tuple(ids), True, tuple(notes))
        if len(ids) > fetcher.limits.services:
            kept = tuple(ids)[: fetcher.limits.services]
            notes.append(f"it lists more than {fetcher.limits.services:,} services; the rest was left out")
            return Listing(kept, False, tuple(notes))
    notes.append(f"it has more than {fetcher.limits.pages:,} pages; the rest was left out")
    return Listing(tuple(ids), False, tuple(notes))


async def honours_modified_after(fetcher: Fetcher, base: str) -> bool:
    """Whether a day far off gives no service, as it must where the parameter is read."""
    try:
        page = await fetcher.json(f"{base}/services", {"page": "1", "modified_after": _FAR_FUTURE})
        return not _items(page)
    except FeedFault:
        return False


async def read_services(
    fetcher: Fetcher, base: str, ids: Sequence[str], progress: Progress = unseen
) -> AsyncIterator[Fetched]:
    """Each service whole, in the order given, a few asked for at once. Ends early when the feed is away."""
    failures = 0
    for start in range(0, len(ids), AT_ONCE):
        asked = ids[start : start + AT_ONCE]
        for fetched in await asyncio.gather(*(_read_service(fetcher, base, each) for each in asked)):
            failures = failures + 1 if fetched.record is None else 0
            yield fetched
        progress(min(start + AT_ONCE, len(ids)), len(ids))
        if failures >= fetcher.limits.failures:
            raise FeedFault(f"{failures} services one after another could not be read, so we stopped")


async def _read_service(fetcher: Fetcher, base: str, remote_id: str) -> Fetched:
    try:
        record = await fetcher.json(f"{base}/services/{remote_id}")
    except FeedFault as fault:
        return Fetched(remote_id, None, str(fault))
    if not isinstance(record, dict):
        return Fetched(remote_id, None, "it is not a record")
    if uuid_in(record.get("id")) != remote_id:
        return Fetched(remote_id, None, "the record that came back is another one")
    return Fetched(remote_id, record)


def uuid_in(value: object) -> str | None:
    """A UUID in its usual form; None for all else."""
    if not isinstance(value, str) or len(value) != 36:
        return None
    try:
        return str(UUID(value))
    except ValueError:
        return None


def _page_query(number: int, since: datetime | None) -> dict[str, str]:
    query = {"page": str(number), "per_page": PER_PAGE}
    if since is not None:
        query["modified_after"] = since.strftime("%Y-%m-%dT%H:%M:%S.000Z")
    return query


def _items(page: object) -> list[object]:
    contents = page.get("contents") if isinstance(page, dict) else None
    if contents is None and isinstance(page, dict) and ("content" in page or "totalElements" in page):
        raise FeedFault("its pages are those of Open Referral UK 1.0")
    if not isinstance(contents, list):
        raise FeedFault("it is not a page of services")
    return contents


def _is_last(page: object) -> bool:
    return isinstance(page, dict) and page.get("last_page") is True


def _ids(items: list[object], number: int, notes: list[str]) -> Iterator[str]:
    for item in items:
        remote_id = uuid_in(item.get("id")) if isinstance(item, dict) else None
        if remote_id is None:
            name = plain_line(item.get("name"), 80) if isinstance(item, dict) else None
            if len(notes) < MOST_NOTES:
                notes.append(
                    f"page {number}: a service{f' ({name})' if name else ''} has no id that is a UUID"
                )
        else:
            yield remote_id
