"""What changed, as Atom feeds (RFC 4287): of everything, and of one council's own list.

Made from the history of publications, so that each entry of a feed is one publication
that showed a document for the first time or with a new text. Its id never changes.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element, SubElement

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.addresses import OFFER, SERVICE, base_of, entry_href, service_href
from offer.catalogue.history import Changed
from offer.errors import Problem
from offer.licence import LICENCE, LICENCE_NAME
from offer.open_data.replies import open_reply
from offer.open_data.xml import add, to_xml
from offer.published import Published

PATH = "/open-data/changes"
MOST = 100
NAME = "Care leaver offers"
UNKNOWN = "We hold no list of that council. Use a council's code, such as E10000019."
_SPACE = "http://www.w3.org/2005/Atom"
_OURS = UUID("0b4f2f0e-2f0b-4a39-8f6e-5f8c1c3a9d20")  # any fixed number: an id stays the same for ever
_BEFORE_ALL = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Change:
    """One publication of one document that is public now."""

    kind: str
    slug: str
    title: str
    summary: str
    is_new: bool
    changed: Changed

    @property
    def path(self) -> str:
        """The page of the document."""
        return entry_href(self.slug) if self.kind == OFFER else service_href(self.slug)


async def everything(request: Request) -> Response:
    """GET /open-data/changes.atom."""
    return await _reply(request, "What changed", f"{PATH}.atom", None)


async def of_council(request: Request) -> Response:
    """GET /open-data/changes/{gss}.atom: what changed in one council's own list."""
    published, gss = request.app.state.live.published, request.path_params["gss"]
    if gss not in {whose for *_, whose in _documents(published)}:
        raise Problem(404, UNKNOWN)
    return await _reply(
        request, f"What changed: {published.names.get(gss, 'all of England')}", f"{PATH}/{gss}.atom", gss
    )


async def _reply(request: Request, title: str, path: str, authority: str | None) -> Response:
    published, base = request.app.state.live.published, base_of(request)
    found = (await asyncio.to_thread(changes, published, authority))[:MOST]
    updated = found[0].changed.at if found else published.published_at or _BEFORE_ALL
    root = _feed(title, base, path, updated)
    root.extend(_entry(change, base) for change in found)
    return open_reply(request, to_xml(root), "application/atom+xml")


def changes(published: Published, authority: str | None = None) -> list[Change]:
    """Every change of what is public now, the latest first; `authority` keeps one council's own."""
    found = [
        Change(kind, slug, title, summary, number == 0, changed)
        for kind, slug, title, summary, whose in _documents(published)
        if authority in (None, whose)
        for number, changed in enumerate(reversed(published.history.get((kind, slug), ())))
    ]
    return sorted(found, key=lambda each: (-each.changed.version, each.kind, each.slug))


def _documents(published: Published) -> Iterator[tuple[str, str, str, str, str]]:
    """Kind, slug, title, summary and whose list it stands in, of every document with a page."""
    for entry in published.entries.values():
        yield OFFER, entry.id, entry.title, entry.summary, entry.authority
    for view in published.services.values():
        service = view.record
        if service.is_shown and not service.redirect_to:
            yield SERVICE, service.id, service.name, service.summary, service.authority


def _feed(title: str, base: str, path: str, updated: datetime) -> Element:
    root = Element("feed", {"xmlns": _SPACE, "xml:lang": "en-GB"})
    add(root, "id", uuid5(_OURS, path).urn)
    add(root, "title", f"{title} – {NAME}")
    add(root, "updated", _moment(updated))
    SubElement(root, "link", rel="self", type="application/atom+xml", href=f"{base}{path}")
    SubElement(root, "link", rel="alternate", type="text/html", href=f"{base}/about")
    SubElement(root, "link", rel="license", href=LICENCE)
    add(SubElement(root, "author"), "name", NAME)
    add(root, "rights", LICENCE_NAME)
    return root


def _entry(change: Change, base: str) -> Element:
    entry = Element("entry")
    add(entry, "id", uuid5(_OURS, f"{change.kind}/{change.slug}/{change.changed.version}").urn)
    add(entry, "title", f"{'New' if change.is_new else 'Changed'}: {change.title}")
    add(entry, "updated", _moment(change.changed.at))
    SubElement(entry, "link", rel="alternate", type="text/html", href=f"{base}{change.path}")
    SubElement(entry, "category", term=change.kind)
    add(entry, "summary", change.summary)
    return entry


def _moment(at: datetime) -> str:
    """RFC 3339 in UTC."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


ROUTES = (Route(f"{PATH}.atom", everything), Route(f"{PATH}/{{gss}}.atom", of_council))
