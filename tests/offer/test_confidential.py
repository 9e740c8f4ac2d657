"""A place kept private leads nobody to its door, through nothing that we serve.

The record of such a place cannot hold a street (directory/records.py). Here one is forced to, past that
check, with words found nowhere else: whatever shows them would show the real ones.
"""

import re
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette
from starlette.routing import Route

from directory.openreferral.ids import id_of
from directory.places import Places
from directory.records import Location, Record, Service
from directory.schedules import Schedule
from offer.app import create_app
from offer.catalogue.files import starter_folders
from offer.catalogue.store import read_folders
from offer.entitlements.schema import Entitlement
from offer.published import Published, build_published
from offer.settings import Settings

CANARY = "NG34 7DU"  # its postcode; the point of it must not be shown either
SECRETS = ("canary street", "behind the canary", "ng34 7du", "ng347du", "ng34%207du", "ng34+7du")
DROP_IN = Schedule(byday=("TU",), opens_at="10:00", closes_at="12:00")
NEAR = {"place": CANARY}


@pytest.fixture(scope="module")
def leaking(places: Places) -> Published:
    """The starter catalogue, every private place of which holds what it must not."""
    records, _ = read_folders(starter_folders())
    documents = [record.document for record in records]
    return build_published(
        [each for each in documents if isinstance(each, Entitlement)],
        [_forced(each) for each in documents if isinstance(each, Record)],
        places,
        version=1,
        today=date(2026, 11, 22),
    )


def _forced(record: Record) -> Record:
    if isinstance(record, Location) and record.confidential:
        told = {"address": ("99 Canary Street",), "postcode": CANARY, "directions": "Behind the canary"}
        return record.model_copy(update=told)
    if isinstance(record, Service) and record.kind == "supported-housing":
        return record.model_copy(update={"schedules": (DROP_IN,)})  # so that it has a calendar
    return record


@pytest.fixture
async def client(leaking: Published, tmp_path: Path) -> AsyncIterator[httpx2.AsyncClient]:
    app = create_app(Settings(data_dir=tmp_path))
    app.state.live.edition = leaking
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://offer.test") as browser:
        browser.headers["accept-language"] = "en"
        yield browser


def told(published: Published) -> list[str]:
    """The secrets, and the point of the postcode to a hundred metres."""
    match = published.places.read(CANARY, date(2026, 11, 22)).matches[0]
    assert match.lat is not None and match.lon is not None
    return [*SECRETS, f"{match.lat:.3f}", f"{match.lon:.3f}"]


def leaks(reply: httpx2.Response, secrets: list[str]) -> list[str]:
    text = reply.text.casefold()
    return [secret for secret in secrets if secret in text]


def private_services(published: Published) -> list[str]:
    found = [slug for slug, view in published.services.items() if view.confidential and view.is_shown]
    assert len(found) >= 8
    return found


def addresses(app: Starlette, published: Published) -> list[str]:
    """Whatever can be opened with nothing typed; and all that is made of a service."""
    plain = [
        route.path
        for route in app.routes
        if isinstance(route, Route) and "GET" in (route.methods or ()) and not route.param_convertors
    ]
    slugs = private_services(published)
    views = [published.services[slug] for slug in slugs]
    organisations = {each.id for view in views for each in view.organisations}
    areas = {code for view in views for code in view.record.areas}
    towns = {town for view in views for town in view.towns}
    return [
        *plain,
        *(f"/services/{slug}{tail}" for slug in slugs for tail in ("", "/times.ics")),
        *(f"/organisations/{slug}" for slug in organisations),
        *(f"/{page}?in={code}" for code in areas for page in ("help-nearby", "services")),
        *(f"/help-nearby?in={code}&kind=supported-housing" for code in areas),
        *(f"/search?q=housing+{town}" for town in towns),
        *(f"/print/custody?by={code}" for code in areas),
        *(f"/help-now?by={code}" for code in areas),
        *(f"/coverage?council={code}" for code in areas),
        *(f"/pack/rules?in={code}" for code in areas),
        "/topics/housing", "/topics/housing?by=E10000019", "/open-data/locations.csv",
        *(f"/api/v1/services/{slug}" for slug in slugs),
        "/api/v1/services?per_page=200", "/api/v1/services?near=NG34+7DU",
        f"/api/v1/search?q=housing&near={CANARY}",
        *(f"/openreferral/services/{id_of(f'service/{slug}')}" for slug in slugs),
        *(f"/openreferral/{kind}?full=true&per_page=500"
          for kind in ("services", "service_at_locations", "organizations")),
    ]  # fmt: skip


async def test_nothing_that_can_be_opened_shows_where_it_is(
    client: httpx2.AsyncClient, leaking: Published, tmp_path: Path
) -> None:
    secrets, opened = told(leaking), 0
    for address in addresses(create_app(Settings(data_dir=tmp_path)), leaking):
        reply = await client.get(address)
        # Our own postcode of the question is ours to repeat; the place's street and point never are.
        asked = [secret for secret in secrets if "NG34" not in address or not secret.startswith("ng34")]
        assert not leaks(reply, asked), address
        opened += reply.status_code == 200
    assert opened > 80, "the test looked at too little"


@pytest.mark.parametrize("form", [NEAR, NEAR | {"topic": "housing"}, NEAR | {"kind": "supported-housing"}])
async def test_asked_from_its_very_door_it_has_no_distance(
    client: httpx2.AsyncClient, leaking: Published, form: dict[str, str]
) -> None:
    page = await client.post("/help-nearby", data=form)
    assert page.status_code == 200
    assert not leaks(page, ["canary street", "behind the canary"])
    for slug in private_services(leaking):
        for card in re.findall(
            rf'<li class="app-row[^>]*>(?:(?!</li>).)*?/services/{slug}".*?</li>', page.text, re.S
        ):
            assert "mile" not in card, slug
