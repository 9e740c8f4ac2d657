"""A feed into the catalogue and again: drafts, provenance, staff's changes, what is gone, what is alike."""

import json
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from directory.openreferral.faults import FeedFault
from directory.openreferral.limits import Limits
from directory.places import Places
from directory.records import Record, Service
from offer.catalogue.commands import publish
from offer.catalogue.documents import document_of
from offer.catalogue.reading import read_published
from offer.catalogue.revisions import Stamp, history, save
from offer.db.connections import orm
from offer.db.migrate import migrate
from offer.db.models import Document, Feed, ImportedRecord, Revision
from offer.openreferral.importing import Order, import_feed
from offer.openreferral.report import ImportReport
from offer.openreferral.shelf import Action, read_shelf, text_of, write
from offer.published import Published, build_published
from tests.directory.openreferral.loopback import Handler, drips, feed, page, pours, says, serving, uuid

AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
LIMITS = Limits(reply_seconds=30)
ORGANISATION = {"id": uuid("org"), "name": "Helping Hands", "description": "A charity.",
                "website": "https://hands.example", "organization_identifiers": [
                    {"id": uuid("number"), "identifier_scheme": "GB-CHC", "identifier_type": "Charity number",
                     "identifier": "1000001"}]}  # fmt: skip


def service(name: str, **changes: Any) -> dict[str, Any]:
    """A small service as a feed has it."""
    place = {
        "id": uuid(f"{name} place"), "name": f"{name} house", "location_type": "physical",
        "addresses": [{"id": uuid(f"{name} address"), "address_1": "1 Street", "city": "Lincoln",
                       "state_province": "Lincolnshire", "postal_code": "LN1 1YL", "country": "GB",
                       "address_type": "physical"}],
    }  # fmt: skip
    made = {"id": uuid(name), "name": name, "status": "active", "description": f"{name} is here to help.",
            "organization": ORGANISATION, "url": f"https://{name.replace(' ', '')}.example",
            "service_at_locations": [{"id": uuid(f"{name} at"), "location": place}]}  # fmt: skip
    return made | changes


@pytest.fixture
async def database(database_url: str) -> str:
    """An empty database, migrated: once on SQLite, once on PostgreSQL."""
    await migrate(database_url, at=AT)
    return database_url


@pytest.fixture
async def importing(database: str, places: Places) -> AsyncIterator[Callable[..., Any]]:
    """Imports a list of services, or the routes of a feed, through a real server that stays the same."""
    routes: dict[str, Handler] = {}
    async with serving(routes) as address:

        async def run(
            what: list[dict[str, Any]] | dict[str, Handler], days: int = 0, **order: Any
        ) -> ImportReport:
            routes.clear()
            routes.update(what if isinstance(what, dict) else feed(what))
            source = replace(Order(address, allow_private=True, limits=LIMITS), **order)
            return await import_feed(database, source, places, at=AT + timedelta(days=days))

        yield run


async def newest(database: str, slug: str, kind: str = "service") -> tuple[Record, Revision]:
    async with orm(database):
        revision = (await history(kind, slug))[0]
    return cast(Record, document_of(kind, revision.body)), revision


async def edit(database: str, slug: str, state: str = "ready", **changes: Any) -> None:
    """What somebody of the staff does to a record."""
    record, _ = await newest(database, slug)
    made = Service.model_validate({**record.model_dump(mode="json"), **changes})
    async with orm(database):
        await save("service", made, Stamp("anna", AT, state=cast(Any, state)))


async def approve(database: str) -> None:
    """Somebody reads every draft, finds it well, and makes it public."""
    async with orm(database):
        for document in await Document.all():
            revision = (await history(document.kind, document.slug))[0]
            draft = document_of(document.kind, revision.body)
            well = draft.model_copy(update={"stage": "public", "confidence": "partly"})
            await save(document.kind, well, Stamp("anna", AT))


async def public(database: str) -> list[str]:
    """The services people see."""
    await publish(database, at=AT, author="anna")
    async with orm(database) as connection:
        published = await read_published(connection)
    return [each.id for each in published.records if isinstance(each, Service) and each.is_shown]


async def test_everything_arrives_as_a_draft_with_its_raw_record(database: str, importing: Any) -> None:
    report = await importing([service("Drop in"), service("Job club")])
    assert report.new == [
        "organisation helping-hands", "location drop-in-house", "service drop-in",
        "location job-club-house", "service job-club",
    ]  # fmt: skip
    record, revision = await newest(database, "drop-in")
    assert isinstance(record, Service)
    assert record.stage == "draft" and record.authority == "E10000019"
    assert (revision.state, revision.origin, revision.author) == (
        "draft",
        "imported",
        "local-offer import oruk",
    )
    assert await public(database) == []
    async with orm(database):
        kept = await ImportedRecord.get(remote_id=uuid("Drop in"))
        assert json.loads(kept.given) == service("Drop in")
        assert json.loads(kept.staged)["id"] == "drop-in"
        assert (await Feed.first()).read_at == AT  # type: ignore[union-attr]


async def test_the_same_feed_again_changes_nothing(database: str, importing: Any) -> None:
    await importing([service("Drop in")])
    report = await importing([service("Drop in")], days=3)
    assert (report.new, report.changed, report.unchanged, report.kept) == ([], [], 3, [])
    async with orm(database):
        assert await Revision.all().count() == 3


async def test_a_dry_run_says_the_same_and_writes_nothing(database: str, importing: Any) -> None:
    dry = await importing([service("Drop in")], dry_run=True)
    async with orm(database):
        assert await Document.all().count() == await Feed.all().count() == 0
    assert "nothing was written" in dry.lines()[-1]
    wet = await importing([service("Drop in")])
    assert dry.new == wet.new


async def test_what_the_feed_changes_becomes_a_new_draft(database: str, importing: Any) -> None:
    await importing([service("Drop in")])
    report = await importing([service("Drop in", fees="Free")], days=1)
    assert report.changed == ["service drop-in"]
    record, revision = await newest(database, "drop-in")
    assert isinstance(record, Service)
    assert record.cost == "Free" and revision.number == 2 and revision.state == "draft"


async def test_what_staff_changed_wins_and_the_difference_is_shown(database: str, importing: Any) -> None:
    await importing([service("Drop in", fees="£2")])
    await approve(database)
    await edit(database, "drop-in", summary="A warm room in Lincoln.")
    changed = service("Drop in", fees="£3", description="Something else.")
    report = await importing([changed], days=1)
    assert report.kept == [
        'service drop-in: summary stays "A warm room in Lincoln."; the feed says "Something else."'
    ]
    record, revision = await newest(database, "drop-in")
    assert isinstance(record, Service)
    assert (record.summary, record.cost, record.stage) == ("A warm room in Lincoln.", "£3", "public")
    assert revision.state == "draft"
    assert "drop-in" in await public(database)  # as staff had it: the feed's change waits
    again = await importing([changed], days=2)
    assert again.kept == report.kept and again.changed == []


async def test_gone_once_is_flagged_and_gone_twice_is_withdrawn(database: str, importing: Any) -> None:
    both = [service("Drop in"), service("Job club")]
    await importing(both)
    await approve(database)
    assert await public(database) == ["drop-in", "job-club"]
    first = await importing(both[1:], days=1)
    assert first.missed == ["drop-in"] and await public(database) == ["drop-in", "job-club"]
    second = await importing(both[1:], days=2)
    assert second.withdrawn == ["drop-in: it is gone from the feed"]
    assert await public(database) == ["job-club"]
    third = await importing(both[1:], days=3)
    assert not (third.missed or third.withdrawn)
    back = await importing(both, days=4)
    record, _ = await newest(database, "drop-in")
    assert "service drop-in" in back.changed and isinstance(record, Service) and record.status == "open"


async def test_back_after_one_miss_counts_from_the_start(importing: Any) -> None:
    both = [service("Drop in"), service("Job club")]
    await importing(both)
    for days, listed in enumerate((both[1:], both, both[1:]), 1):
        report = await importing(listed, days=days)
        assert report.withdrawn == []
    assert report.missed == ["drop-in"]


@pytest.mark.parametrize("status", ["defunct", "inactive"])
async def test_what_has_ended_is_hidden(database: str, importing: Any, status: str) -> None:
    await importing([service("Drop in")])
    await approve(database)
    report = await importing([service("Drop in", status=status)], days=1)
    assert report.withdrawn == ["drop-in: the feed says that it has ended"]
    assert await public(database) == []


async def test_an_unfinished_draft_is_not_made_public_by_hiding(database: str, importing: Any) -> None:
    await importing([service("Drop in")])
    await approve(database)
    assert await public(database) == ["drop-in"]
    await edit(database, "drop-in", state="draft", summary="Not finished.")
    await importing([service("Drop in", status="defunct")], days=1)
    _, revision = await newest(database, "drop-in")
    assert revision.state == "draft"
    assert await public(database) == ["drop-in"]


async def test_a_list_that_is_cut_short_or_empty_withdraws_nothing(importing: Any) -> None:
    await importing([service("Drop in")])
    for days in (1, 2, 3):
        assert (await importing([], days=days)).missed == []
        broken = {**feed([]), "/services": says({"contents": "?"})}
        assert (await importing(broken, days=days)).missed == []


async def test_a_bad_record_is_one_line_and_stops_nothing(importing: Any) -> None:
    nameless = {**service("Nameless"), "name": None}
    bad = [nameless, service("Drop in"), {"id": uuid("odd"), "name": ["x"]}]
    report = await importing(bad)
    assert len(report.bad) == 2 and "it has no name" in report.bad[0]
    assert "service drop-in" in report.new
    large = await importing([service("Large", description="x" * 300_000)], days=1)
    assert "larger than" in large.bad[0]


async def test_what_somebody_saves_meanwhile_is_not_written_over(database: str, importing: Any) -> None:
    await importing([service("Drop in")])
    async with orm(database) as connection:
        shelf = await read_shelf(connection, (await Feed.get()).url)
    held = shelf.held["service", uuid("Drop in")]
    await edit(database, "drop-in", summary="Saved just now.")
    body = text_of({**held.body, "summary": "From the feed."})
    late = Action("service", uuid("Drop in"), "drop-in", None, body, body, held.opened, held.first_seen)
    async with orm(database):
        assert await write(shelf.url, [late], AT) == [late]
    record, _ = await newest(database, "drop-in")
    assert isinstance(record, Service) and record.summary == "Saved just now."


async def test_likely_duplicates_are_said_and_never_joined(database: str, importing: Any) -> None:
    await importing([service("Drop in")])
    other_organisation = {
        **ORGANISATION,
        "id": uuid("org 2"),
        "name": "HH",
        "website": "https://other.example",
    }
    twin = service("Drop-In!", organization=other_organisation, url="https://dropin.example/x")
    report = await importing([service("Drop in"), twin], days=1)
    assert [str(each) for each in report.alike] == [
        "organisation hh may be helping-hands: the same GB-CHC number",
        "location drop-in-house-"
        + uuid("Drop-In! place")[:4]
        + " may be drop-in-house: the same postcode and nearly the same name",
        "service drop-in-" + uuid("Drop-In!")[:4] + " may be drop-in: the same website, dropin.example",
    ]
    async with orm(database):
        assert await Document.filter(kind="service").count() == 2


async def test_a_feed_cannot_take_over_a_record_of_ours(database: str, importing: Any) -> None:
    await importing([service("Drop in")])
    await approve(database)
    async with orm(database):
        await Feed.all().delete()
    from directory.openreferral.ids import id_of

    evil = service("Evil", id=id_of("service/drop-in"), slug="drop-in")
    report = await importing([evil], days=1)
    assert "service evil" in report.new
    record, _ = await newest(database, "drop-in")
    assert record.name == "Drop in"


async def test_only_what_changed_is_asked_for_where_the_feed_can_tell(importing: Any) -> None:
    from aiohttp import web

    asked: list[str] = []
    services = [service("Drop in"), service("Job club")]

    async def listed(request: web.Request) -> web.Response:
        since = request.query.get("modified_after", "")
        changed = services if not since else services[:1] if since < "2999" else []
        return web.json_response(page([{"id": each["id"]} for each in changed]))

    def detail(record: dict[str, Any]) -> Handler:
        async def handler(request: web.Request) -> web.Response:
            asked.append(record["name"])
            return web.json_response(record)

        return handler

    routes = {**feed([]), "/services": listed}
    routes |= {f"/services/{each['id']}": detail(each) for each in services}
    await importing(routes)
    await importing(routes, days=1)
    assert sorted(asked) == ["Drop in", "Drop in", "Job club"]


async def test_hostile_feeds_end_in_words(importing: Any, database: str) -> None:
    handler, _ = pours(1000)
    small = replace(LIMITS, reply_seconds=0.5, reply_bytes=100_000)
    for root in (drips(0.05), handler, says({"version": "1.0"}), says(b"[" * 50_000), says({}, 500)):
        with pytest.raises(FeedFault):
            await importing({"/": root}, limits=small)
    tiny = replace(LIMITS, all_bytes=6_000)
    full = await importing([service(f"Number {number}") for number in range(20)], limits=tiny)
    assert full.bad or full.stopped
    async with orm(database):
        assert sum(len(each.given) for each in await ImportedRecord.all()) <= 6_000


async def test_what_goes_out_comes_back_and_goes_out_the_same(
    database: str, importing: Any, published: Published, places: Places, tmp_path: Path
) -> None:
    """Our own directory, imported as drafts into an empty catalogue, published there and sent out again."""
    first = {each["slug"]: each for each in exported(published)}
    report = await importing(list(first.values()))
    assert not report.bad and len([each for each in report.new if each.startswith("service")]) == len(first)
    async with orm(database):
        bodies = await Revision.all().values_list("document__kind", "body")
    drafts = [cast(Record, document_of(kind, body)) for kind, body in bodies]
    assert {each.stage for each in drafts} == {"draft"}
    opened = [each.model_copy(update={"stage": "public"}) for each in drafts]
    there = build_published([], opened, places, 1, published.published_at, today=AT.date())
    second = {each["slug"]: each for each in exported(there)}
    assert second.keys() == first.keys()
    for slug, record in first.items():
        assert second[slug] == record


def exported(edition: Published) -> list[dict[str, Any]]:
    """The services of the directory as the feed has them, without the moment of publication."""
    feed_ = edition.open_referral
    records = [
        feed_.whole_service(number)
        for number, each in enumerate(feed_.services)
        if each.key.startswith("service/")
    ]
    return [{name: value for name, value in each.items() if name != "last_modified"} for each in records]
