"""Walking through feeds that page badly, lie, repeat themselves or never end."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from aiohttp import web

from directory.openreferral.faults import FeedFault
from directory.openreferral.fetching import Fetcher, fetching
from directory.openreferral.harvesting import (
    Fetched,
    base_of,
    check_root,
    honours_modified_after,
    list_services,
    read_services,
)
from directory.openreferral.limits import Limits
from tests.directory.openreferral.loopback import ROOT, Handler, feed, page, says, serving, uuid

LIMITS = Limits(reply_bytes=200_000, pages=20, services=30, failures=3, reply_seconds=20)
SERVICES = [{"id": uuid(f"s{number}"), "name": f"Service {number}"} for number in range(5)]
IDS = tuple(each["id"] for each in SERVICES)


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with fetching(LIMITS, allow_private=True) as made:
        yield made


async def read(fetcher: Fetcher, base: str, ids: tuple[str, ...]) -> list[Fetched]:
    return [each async for each in read_services(fetcher, base, ids)]


@pytest.mark.parametrize(
    "url", ["", "example.org", "ftp://x.org", "https://x.org/?page=1", "file:///etc", "https://"]
)
def test_a_base_address_is_a_web_address(url: str) -> None:
    with pytest.raises(FeedFault):
        base_of(url)


def test_a_base_address_may_end_with_a_slash() -> None:
    assert base_of(" https://x.org/openreferral/ ") == "https://x.org/openreferral"


@pytest.mark.parametrize("version", ["HSDS-UK-3.0", "HSDS-UK-3.1"])
async def test_version_three_is_accepted(fetcher: Fetcher, version: str) -> None:
    async with serving({"/": says({**ROOT, "version": version})}) as base:
        assert await check_root(fetcher, base) == ()


async def test_a_sloppy_version_three_is_accepted_with_a_note(fetcher: Fetcher) -> None:
    async with serving({"/": says({"version": "HSDS 3.0"})}) as base:
        assert "HSDS-UK-3.0" in (await check_root(fetcher, base))[0]


@pytest.mark.parametrize("root", [{"version": "1.0"}, {"version": "V1"}, {"version": "HSDS-UK-1.0"}])
async def test_version_one_is_refused_in_plain_words(fetcher: Fetcher, root: dict[str, str]) -> None:
    async with serving({"/": says(root)}) as base:
        with pytest.raises(FeedFault, match="ask its owner for the address of a version 3 feed"):
            await check_root(fetcher, base)


@pytest.mark.parametrize(
    "root", [{}, [], None, 3, {"version": None}, {"version": 3}, {"version": "<b>"}, "3.0"]
)
async def test_a_root_that_says_nothing_is_refused(fetcher: Fetcher, root: object) -> None:
    async with serving({"/": says(root)}) as base:
        with pytest.raises(FeedFault, match="does not say"):
            await check_root(fetcher, base)


async def test_every_page_is_read_whatever_the_feed_says_of_its_size(fetcher: Fetcher) -> None:
    async with serving(feed(SERVICES)) as base:
        listing = await list_services(fetcher, base)
        assert listing.ids == IDS and listing.complete and not listing.notes
        assert [each.record for each in await read(fetcher, base, listing.ids)] == SERVICES


async def test_a_feed_that_gives_the_same_page_for_ever_is_left(fetcher: Fetcher) -> None:
    async with serving({"/services": says(page(SERVICES, last=False))}) as base:
        listing = await list_services(fetcher, base)
    assert listing.ids == IDS and listing.complete
    assert "page 2 says nothing new" in listing.notes[0]


@pytest.mark.parametrize(("items", "word"), [(1, "more than 20 pages"), (9, "more than 30 services")])
async def test_endless_pages_end(fetcher: Fetcher, items: int, word: str) -> None:
    async def endless(request: web.Request) -> web.Response:
        number = request.query["page"]
        return web.json_response(page([{"id": uuid(f"{number}/{at}")} for at in range(items)], last=False))

    async with serving({"/services": endless}) as base:
        listing = await list_services(fetcher, base)
    assert not listing.complete and len(listing.ids) <= LIMITS.services
    assert word in listing.notes[-1]


async def test_a_page_that_fails_leaves_the_list_open(fetcher: Fetcher) -> None:
    async def breaks(request: web.Request) -> web.Response:
        first = request.query["page"] == "1"
        return web.json_response(page(list(SERVICES), last=False), status=200 if first else 500)

    async with serving({"/services": breaks}) as base:
        listing = await list_services(fetcher, base)
    assert listing.ids == IDS and not listing.complete and "status 500" in listing.notes[0]


@pytest.mark.parametrize("reply", [[], None, {"contents": None}, {"contents": {}}, {}, "x"])
async def test_pages_of_wrong_shape_are_said(fetcher: Fetcher, reply: object) -> None:
    async with serving({"/services": says(reply)}) as base:
        listing = await list_services(fetcher, base)
    assert listing.ids == () and not listing.complete and "not a page" in listing.notes[0]


async def test_pages_of_version_one_are_named(fetcher: Fetcher) -> None:
    async with serving({"/services": says({"totalElements": 1, "content": []})}) as base:
        assert "1.0" in (await list_services(fetcher, base)).notes[0]


async def test_items_without_an_id_are_one_line_each(fetcher: Fetcher) -> None:
    odd: list[object] = [
        None,
        3,
        [],
        {"id": 5},
        {"id": None, "name": "<b>Odd</b>"},
        {"id": "../../etc/passwd"},
        {"id": IDS[0]},
    ]
    async with serving({"/services": says(page(odd))}) as base:
        listing = await list_services(fetcher, base)
    assert listing.ids == IDS[:1] and len(listing.notes) == 6
    assert "(Odd)" in listing.notes[4]


async def test_a_bad_record_stops_nothing(fetcher: Fetcher) -> None:
    routes: dict[str, Handler] = dict(feed(SERVICES))
    routes[f"/services/{IDS[1]}"] = says({}, 500)
    routes[f"/services/{IDS[3]}"] = says({"id": IDS[0]})
    async with serving(routes) as base:
        found = await read(fetcher, base, IDS)
    assert [each.record is not None for each in found] == [True, False, True, False, True]
    assert "status 500" in found[1].trouble and "another one" in found[3].trouble


async def test_a_feed_that_went_away_is_left(fetcher: Fetcher) -> None:
    ids = tuple(uuid(str(number)) for number in range(1000))
    async with serving({}) as base:
        with pytest.raises(FeedFault, match="one after another"):
            await read(fetcher, base, ids)


async def test_whether_modified_after_is_honoured(fetcher: Fetcher) -> None:
    async def honest(request: web.Request) -> web.Response:
        return web.json_response(page([] if "modified_after" in request.query else [{"id": IDS[0]}]))

    async with serving({"/services": honest}) as base:
        assert await honours_modified_after(fetcher, base)
        since = datetime(2026, 11, 1, tzinfo=UTC)
        assert (await list_services(fetcher, base, since)).ids == ()
    async with serving(feed(SERVICES)) as base:
        assert not await honours_modified_after(fetcher, base)


async def test_the_list_is_not_too_slow_for_a_limit(fetcher: Fetcher) -> None:
    async with fetching(replace(LIMITS, all_seconds=0), allow_private=True) as late:
        listing = await list_services(late, "http://127.0.0.1:9")
    assert not listing.complete and "is over" in listing.notes[0]
