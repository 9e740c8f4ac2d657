"""/sitemap.xml and /robots.txt: every public page, by the sitemaps.org protocol."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import date
from xml.etree.ElementTree import Element, SubElement

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from offer.addresses import OFFER, SERVICE, base_of, entry_href, organisation_href, service_href
from offer.caching import DAY
from offer.clock import today
from offer.council_tax import by_district
from offer.guides.reading import guides
from offer.live import live_of
from offer.open_data.replies import open_reply
from offer.open_data.xml import add, to_xml
from offer.pages import routes
from offer.published import Published

PATH = "/sitemap.xml"
MOST = 50_000  # addresses in one file, by the protocol
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
# What follows a button, or is read by a script: nobody looks for it.
_ANSWERS = frozenset(
    {
        "/results",
        "/start-again",
        "/my-list/share",
        "/feedback/thanks",
        "/saved-list",
        "/pack/saved",
        "/search/names",
    }
)

Page = tuple[str, date | None]  # path, and the day of its last change where we know it


async def site_map(request: Request) -> Response:
    """GET /sitemap.xml; where it holds too many addresses, an index of parts: ?part=1 and so on."""
    published, base, on = live_of(request).published, base_of(request), today()
    part = request.query_params.get("part", "")
    body = await asyncio.to_thread(lambda: _body(list(pages(published, on)), base, part))
    return open_reply(request, body, "application/xml")


async def robots(request: Request) -> Response:
    """GET /robots.txt: all but lists made of somebody's words, and staff pages."""
    closed = "".join(f"Disallow: {path}\n" for path in ("/search?", "/api/", "/staff"))
    text = f"User-agent: *\n{closed}\nSitemap: {base_of(request)}{PATH}\n"
    return PlainTextResponse(text, headers=DAY)


def pages(published: Published, on: date) -> Iterator[Page]:
    """Every page that anybody may open, each once, by its own address."""
    plain = (route for route in routes() if "GET" in (route.methods or ()) and not route.param_convertors)
    held = [route.path for route in plain if route.path not in _ANSWERS and "." not in route.path]
    yield from ((path, None) for path in (*held, "/docs/api"))
    yield from ((f"/topics/{slug}", None) for slug in guides())
    for slug in published.entries:
        yield entry_href(slug), _changed(published, OFFER, slug)
    for service in published.services.values():
        if service.is_shown and not service.record.redirect_to:
            yield service_href(service.id), _changed(published, SERVICE, service.id)
    running = {each.id for service in published.directory.services for each in service.organisations}
    yield from ((organisation_href(slug), None) for slug in sorted(running))
    for each in by_district(published, on):
        yield f"/council-tax/{each.district.gss}", None
        yield f"/housing/{each.district.gss}", None


def _changed(published: Published, kind: str, slug: str) -> date | None:
    changes = published.history.get((kind, slug), ())
    return changes[0].at.date() if changes else None


def _body(found: Sequence[Page], base: str, part: str) -> bytes:
    parts = -(-len(found) // MOST)
    if parts > 1 and not part:
        index = Element("sitemapindex", xmlns=_SPACE)
        for number in range(1, parts + 1):
            add(SubElement(index, "sitemap"), "loc", f"{base}{PATH}?part={number}")
        return to_xml(index)
    first = (int(part) - 1) * MOST if part.isdecimal() and 1 <= int(part) <= parts else 0
    root = Element("urlset", xmlns=_SPACE)
    for path, changed in found[first : first + MOST]:
        url = SubElement(root, "url")
        add(url, "loc", f"{base}{path}")
        if changed:
            add(url, "lastmod", changed.isoformat())
    return to_xml(root)


ROUTES = (Route(PATH, site_map), Route("/robots.txt", robots))
