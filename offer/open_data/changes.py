"""What changed, as Atom feeds (RFC 4287): of everything, of England or one council, and of one entry.

Each entry of a feed is one publication of one document, in the words of the page "What changed".
Its id never changes.
"""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element, SubElement

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.addresses import CHANGES_FEED as PATH
from offer.addresses import OFFER, base_of
from offer.clock import today
from offer.entitlements.schema import ENGLAND
from offer.errors import Problem
from offer.licence import LICENCE, LICENCE_NAME
from offer.live import live_of
from offer.open_data.replies import open_reply
from offer.open_data.xml import add, to_xml
from offer.published import Published
from offer.what_changed.places import changes_of, codes_of
from offer.what_changed.told import Change
from offer.what_changed.words import href_of, is_here, said_parts, said_title

MOST = 100
NAME = "Care leaver offers"
UNKNOWN = "We do not know that council. Use a council's code, such as E10000019."
_SPACE = "http://www.w3.org/2005/Atom"
_OURS = UUID("0b4f2f0e-2f0b-4a39-8f6e-5f8c1c3a9d20")  # any fixed number: an id stays the same for ever
_BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


async def everything(request: Request) -> Response:
    """GET /open-data/changes.atom."""
    published = live_of(request).published
    found = published.changes.told()
    return await _reply(request, "What changed", f"{PATH}.atom", "/what-changed", found)


async def of_council(request: Request) -> Response:
    """GET /open-data/changes/{gss}.atom: in the list of England, or of one council and its districts."""
    published, gss = live_of(request).published, request.path_params["gss"]
    codes = codes_of(published, gss, today())
    if codes is None:
        raise Problem(404, UNKNOWN)
    title = f"What changed: {'all of England' if gss == ENGLAND else published.names[gss]}"
    page = "/what-changed" if gss == ENGLAND else f"/what-changed/{gss}"
    found = changes_of(published, codes)
    return await _reply(request, title, f"{PATH}/{gss}.atom", page, found)


async def of_entry(request: Request) -> Response:
    """GET /open-data/changes/entitlement/{slug}.atom: of one entry that is public now."""
    published, slug = live_of(request).published, request.path_params["slug"]
    entry = published.entries.get(slug)
    if entry is None:
        raise HTTPException(404)
    found = published.changes.of_entry(OFFER, slug)
    page, path = f"/entitlements/{slug}/what-changed", f"{PATH}/{OFFER}/{slug}.atom"
    return await _reply(request, f"What changed: {entry.title}", path, page, found)


async def _reply(request: Request, title: str, path: str, page: str, changes: Sequence[Change]) -> Response:
    published, base = live_of(request).published, base_of(request)
    found = changes[:MOST]
    updated = found[0].at if found else published.published_at or _BEFORE_ALL

    def made() -> bytes:
        root = _feed(title, base, path, page, updated)
        root.extend(_entry(published, change, base) for change in found)
        return to_xml(root)

    return open_reply(request, await asyncio.to_thread(made), "application/atom+xml")


def _feed(title: str, base: str, path: str, page: str, updated: datetime) -> Element:
    root = Element("feed", {"xmlns": _SPACE, "xml:lang": "en-GB"})
    add(root, "id", uuid5(_OURS, path).urn)
    add(root, "title", f"{title} – {NAME}")
    add(root, "updated", _moment(updated))
    SubElement(root, "link", rel="self", type="application/atom+xml", href=f"{base}{path}")
    SubElement(root, "link", rel="alternate", type="text/html", href=f"{base}{page}")
    SubElement(root, "link", rel="license", href=LICENCE)
    add(SubElement(root, "author"), "name", NAME)
    add(root, "rights", LICENCE_NAME)
    return root


def _entry(published: Published, change: Change, base: str) -> Element:
    entry = Element("entry")
    add(entry, "id", uuid5(_OURS, _key(change)).urn)
    add(entry, "title", said_title(published, change))
    add(entry, "updated", _moment(change.at))
    href = href_of(change) if is_here(published, change) else "/what-changed"
    SubElement(entry, "link", rel="alternate", type="text/html", href=f"{base}{href}")
    if change.kind:
        SubElement(entry, "category", term=change.kind)
    parts = " ".join(said_parts(published, change, below_title=False))
    add(entry, "summary", parts or said_title(published, change))
    return entry


def _key(change: Change) -> str:
    """What an id is made of; those of changed and new pages are as old as the first feeds."""
    if change.act == "many":
        return f"many/{change.authority}/{change.version}"
    gone = "/gone" if change.act == "gone" else ""
    return f"{change.kind}/{change.slug}/{change.version}{gone}"


def _moment(at: datetime) -> str:
    """RFC 3339 in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


ROUTES = (
    Route(f"{PATH}.atom", everything),
    Route(f"{PATH}/{{gss}}.atom", of_council),
    Route(f"{PATH}/{OFFER}/{{slug}}.atom", of_entry),
)
