"""Every address of the service, from its own table of routes: an address that is added is attacked too."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import httpx2
from starlette.applications import Starlette
from starlette.routing import Route

COUNCIL, DISTRICT = "E10000019", "E07000139"
# What there is, under the names that the routes give their parts.
THERE = {
    "topic": "housing", "area": DISTRICT, "gss": DISTRICT, "day": "2026-11-22", "code": COUNCIL,
    "kind": "entitlement", "place": COUNCIL, "name": "entries.csv", "scope": COUNCIL, "visit": "none",
    "key": "none", "id": "00000000-0000-0000-0000-000000000000", "number": "1",
}  # fmt: skip
SLUGS = {"services": "lincolnshire-leaving-care-team", "organisations": "lincolnshire-county-council"}
ENTRY = "lincolnshire-college-bursary"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@dataclass(frozen=True, slots=True)
class Door:
    """One method of one route, and an address that leads there."""

    method: str
    path: str
    address: str

    @property
    def is_staff(self) -> bool:
        """Whether only staff may use it."""
        return self.path.startswith("/staff")

    @property
    def is_open(self) -> bool:
        """Whether any site may call it: it carries no cookie."""
        return self.path.startswith(("/api/", "/openreferral"))


def doors(app: Starlette) -> Iterator[Door]:
    """Every method of every route but streams, which have no end."""
    for route in app.routes:
        if isinstance(route, Route) and not route.path.endswith("/live"):
            for method in sorted((route.methods or set()) - {"HEAD"}):
                yield Door(method, route.path, address_of(route.path))


def address_of(path: str) -> str:
    """The path with something in the place of its parts."""

    def part(found: re.Match[str]) -> str:
        name, _, kind = found[1].partition(":")
        if name == "slug":
            return SLUGS.get(path.split("/")[1], ENTRY)
        return THERE.get(name, "1" if kind == "int" else "none")

    return re.sub(r"{([^}]+)}", part, path)


def outside(app: Starlette, host: str = "offers.example", client: str = "203.0.113.7") -> httpx2.AsyncClient:
    """A browser somewhere on the internet; a fault of ours is answered, not raised."""
    transport = httpx2.ASGITransport(app=app, client=(client, 4711), raise_app_exceptions=False)
    return httpx2.AsyncClient(transport=transport, base_url=f"https://{host}")


async def ask(client: httpx2.AsyncClient, door: Door, **more: object) -> httpx2.Response:
    """One request at a door, with a small body where there is one."""
    if door.method != "POST":
        return await client.request(door.method, door.address, **more)  # type: ignore[arg-type]
    if door.is_open:
        return await client.post(door.address, json={}, **more)  # type: ignore[arg-type]
    return await client.post(door.address, data={"kind": "wrong", "q": "rent"}, **more)  # type: ignore[arg-type]
