"""What the processes that are killed do, beside the commands of `local-offer`: what staff do on a page.

Each says "done" once it would have told somebody so: from then on nothing of it may be lost.
"""

import json
from collections.abc import Callable, Coroutine, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import httpx2
from tortoise.backends.base.client import BaseDBAsyncClient

from directory.places import build
from offer import app
from offer.catalogue import commands as catalogue
from offer.catalogue.files import folders_in
from offer.clock import now, today
from offer.commands import machine
from offer.db.connections import orm
from offer.settings import read_settings
from offer.staff.acts import still_right
from offer.staff.audit import By
from offer.staff.change import Item
from offer.staff.change_publishing import publish_change, publish_due
from offer.staff.change_rows import newest_of
from offer.staff.exchange import make_change
from offer.staff.versions import body_of_version, go_back
from tests.offer.db.filled import AT

BEN = By(2, "Leaving care")


def done() -> None:
    """Tells, as a reply would."""
    print("done", flush=True)


async def change(number: str) -> None:
    """Publishes an approved change."""
    async with orm(read_settings().database) as connection:
        await publish_change(connection, int(number), BEN, now())
        done()


async def hour() -> None:
    """Publishes what is due, as every process does by itself."""
    async with orm(read_settings().database) as connection:
        await publish_due(connection, now())
        done()


async def right(kind: str, slug: str) -> None:
    """Says that an entry is still right."""
    async with orm(read_settings().database) as connection:
        number = await newest_of(connection, kind, slug)
        await still_right(connection, kind, slug, number, BEN, now(), today())
        done()


async def back(kind: str, slug: str) -> None:
    """Brings the first version of an entry back."""
    async with orm(read_settings().database) as connection:
        number = await newest_of(connection, kind, slug)
        await go_back(connection, kind, slug, 1, number, BEN, now())
        done()


async def sheet(slugs: str) -> None:
    """Brings in a sheet of staff: one change with a draft of each document that a row changes."""
    async with orm(read_settings().database) as connection:
        items = [await _row(connection, slug) for slug in slugs.split(",")]
        await make_change(connection, "england", "From a sheet", items, BEN, now())
        done()


async def _row(connection: BaseDBAsyncClient, slug: str) -> Item:
    number = await newest_of(connection, "entitlement", slug)
    body = await body_of_version(connection, "entitlement", slug, number)
    assert body is not None
    return Item("entitlement", slug, "save", number, {**body, "summary": "Changed in a sheet."})


async def ready(folder: str) -> None:
    """`local-offer ready` where the starter catalogue is a small one."""
    catalogue.starter_folders = lambda: folders_in(Path(folder))  # type: ignore[attr-defined]
    await machine.ready_catalogue(read_settings(), print, lambda *_: None)
    done()


async def places(content: str) -> None:
    """The end of `local-offer build-places`: writing the file, without the half minute before it."""
    build._write(read_settings().places_file, Path(content).read_bytes())  # noqa: ASYNC240 - alone here
    done()


async def migrate_old() -> None:
    """`local-offer migrate`, on a civil day that does not change."""
    await catalogue.migrate(read_settings().database, at=AT)
    done()


async def starts(slug: str) -> None:
    """Starts the service and asks it whether it is ready, and for a page."""
    whole = app.create_app(read_settings())
    async with whole.router.lifespan_context(whole):
        transport = httpx2.ASGITransport(app=whole)
        async with httpx2.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            for path in ("/readyz", "/", f"/entitlements/{slug}", "/search?q=bus"):
                reply = await client.get(path)
                assert reply.status_code == 200, (path, reply.status_code, reply.text[:400])
            print(json.dumps({"version": whole.state.live.version}), flush=True)


ACTS: Mapping[str, Callable[..., Coroutine[Any, Any, None]]] = MappingProxyType(
    {
        "act-change": change, "act-hour": hour, "act-right": right, "act-back": back, "act-sheet": sheet,
        "act-ready": ready, "act-places": places, "act-migrate": migrate_old, "act-starts": starts,
    }
)  # fmt: skip
