"""The tables to fetch: /open-data/entitlements.csv and so on, each with its companion beside it."""

import asyncio
import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.addresses import base_of
from offer.clock import today
from offer.live import live_of
from offer.open_data.columns import council_tax, entitlements, services
from offer.open_data.replies import open_reply
from offer.published import Published
from offer.tables import Table, described, to_csv

FOLDER = "/open-data"
TABLES: Mapping[str, Callable[[Published, str, date], Table[Any]]] = {
    "entitlements": entitlements,
    "services": services,
    "council-tax": council_tax,
}


async def table(request: Request) -> Response:
    """GET /open-data/{name}.csv."""
    found = _table(request)
    companion = f"<{FOLDER}/{found.name}.csv-metadata.json>"
    headers = {
        "Content-Disposition": f'attachment; filename="{found.name}.csv"',
        "Link": f'{companion}; rel="describedby"; type="application/csvm+json"',
    }
    body = await asyncio.to_thread(to_csv, found)
    return open_reply(request, body, "text/csv; charset=utf-8; header=present", headers)


async def companion(request: Request) -> Response:
    """GET /open-data/{name}.csv-metadata.json: licence, date and what each column holds."""
    found, published = _table(request), live_of(request).published
    modified = published.published_at.date() if published.published_at else None
    about = described(found, f"{base_of(request)}{FOLDER}/{found.name}.csv", modified)
    return open_reply(request, json.dumps(about, indent=1).encode(), "application/csvm+json")


def _table(request: Request) -> Table[Any]:
    name = request.url.path.rsplit("/", 1)[-1].partition(".")[0]
    return TABLES[name](live_of(request).published, base_of(request), today())


# One route a table, so that an unknown name is no page at all.
ROUTES = tuple(
    route
    for name in TABLES
    for route in (
        Route(f"{FOLDER}/{name}.csv", table),
        Route(f"{FOLDER}/{name}.csv-metadata.json", companion),
    )
)
