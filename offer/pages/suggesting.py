"""The names of everything published, for suggestions while somebody types.

They are sent once and looked through on the phone, so that nothing typed leaves it.
"""

import asyncio
from collections.abc import Iterable, Iterator
from datetime import date

from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route

from offer.addresses import OFFER, SERVICE
from offer.caching import HOUR
from offer.clock import today
from offer.entitlements.schema import ENGLAND
from offer.guides.reading import guides
from offer.language import gettext as _
from offer.pages.edition import edition_of
from offer.pages.listing import row_of
from offer.pages.search_query import Query, find, read_query
from offer.pages.topic_view import title_of
from offer.published import Published
from search.documents import Key

PATH = "/search/names"
MOST = 600  # names, some 30 kB on the wire; of a bigger catalogue England's alone where no council is known

Name = list[str]  # [title, address, mark, other names …]
BREAK: Name = ["", "", ""]  # before it what is everybody's: a district's of many would bury that


async def names(request: Request) -> JSONResponse:
    """GET /search/names: topics, entries and services, of England and of the councils asked for."""
    published, on = edition_of(request), today()
    asked = read_query(request.query_params, published.places, on)
    found = await asyncio.to_thread(_names, published, Query(by=asked.by, lives_in=asked.lives_in), on)
    return JSONResponse(found, headers=HOUR)


def address_of(query: Query) -> str:
    """Where the page of this search finds its names."""
    _, mark, councils = Query(by=query.by, lives_in=query.lives_in).address.partition("?")
    return f"{PATH}{mark}{councils}"


def _names(published: Published, councils: Query, on: date) -> list[Name]:
    keys = [*_keys(published, councils, on)]
    everybodys = [key for key in keys if _is_everybodys(published, key)]
    own = [key for key in keys if not _is_everybodys(published, key)]
    return [*_topics(), *_records(published, everybodys, on), BREAK, *_records(published, own, on)]


def _is_everybodys(published: Published, key: Key) -> bool:
    kind, slug = key
    if kind == OFFER:
        return published.entries[slug].authority == ENGLAND
    return published.services[slug].record.is_national


def _keys(published: Published, councils: Query, on: date) -> Iterable[Key]:
    if councils.is_empty and len(published.entries) + len(published.services) > MOST:
        every = (
            *((OFFER, slug) for slug in published.entries),
            *((SERVICE, slug) for slug in published.services),
        )
        return (key for key in every if _is_everybodys(published, key))
    return [hit.key for hit in find(published, councils, on).hits]


def _topics() -> Iterator[Name]:
    for slug, guide in guides().items():
        names = (name.replace("-", " ") for name in guide.names)
        yield [title_of(guide), "/help-now" if slug == "help-now" else f"/topics/{slug}", _("Topic"), *names]


def _records(published: Published, keys: Iterable[Key], on: date) -> Iterator[Name]:
    for kind, slug in keys:
        row = row_of(published, kind, slug, on)
        if row is None:
            continue
        record = published.entries[slug] if kind == OFFER else published.services[slug].record
        yield [row.title, row.href, row.mark, *record.also_known_as]


ROUTES = (Route(PATH, names),)
