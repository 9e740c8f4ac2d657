"""The official mock feeds, served as feeds: one that is well and one that is not."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from directory.places import Places
from offer.db.connections import orm
from offer.db.migrate import migrate
from offer.db.models import Document, ImportedRecord
from offer.openreferral.importing import Order, import_feed
from offer.openreferral.report import ImportReport
from tests.directory.openreferral.loopback import says, serving

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
FILES = {
    "/": "api_details",
    "/services": "service_list",
    "*": "service_full",
}  # every service is the same one


@pytest.fixture
async def database(sqlite_url: str) -> str:
    await migrate(sqlite_url, at=AT)
    return sqlite_url


async def imported(shared: Path, mock: str, database: str, places: Places) -> ImportReport:
    folder = shared / "oruk" / "mocks" / mock
    routes = {path: says((folder / f"{name}.json").read_bytes()) for path, name in FILES.items()}
    async with serving(routes) as address:
        return await import_feed(database, Order(address, allow_private=True), places, at=AT)


async def test_the_good_one_becomes_drafts_with_what_to_look_at(
    shared: Path, database: str, places: Places
) -> None:
    report = await imported(shared, "V3.0-UK-Default", database, places)
    assert report.notes == [] and report.bad == [] and report.stopped == ""
    assert [each.split()[0] for each in report.new] == ["organisation", "location", "service"]
    assert any("not in the United Kingdom" in doubt for doubt in report.doubts)
    async with orm(database):
        assert await Document.all().count() == await ImportedRecord.all().count() == 3


async def test_the_bad_one_is_read_as_far_as_it_goes(shared: Path, database: str, places: Places) -> None:
    report = await imported(shared, "V3.0-UK-Fail", database, places)
    assert "HSDS-UK-3.0" in report.notes[0]
    assert len(report.bad) == 2  # every record that comes back is the first one
    assert all("the record that came back is another one" in line for line in report.bad)
    assert "service community-counselling" in report.new
    async with orm(database):
        service = await ImportedRecord.get(kind="service")
    assert "email-example_com" in service.given and "email-example_com" not in service.staged
