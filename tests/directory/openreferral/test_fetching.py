"""What a stranger's server may do to us: nothing."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace

import pytest

from directory.openreferral.faults import FeedFault
from directory.openreferral.fetching import Fetcher, fetching
from directory.openreferral.limits import Limits
from directory.public_web import may_be_read
from tests.directory.openreferral.loopback import Handler, bomb, drips, pours, says, sends_on, serving

SMALL = Limits(reply_bytes=100_000, all_bytes=300_000, reply_seconds=20, all_seconds=60)


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with fetching(SMALL, allow_private=True) as made:
        yield made


async def refused(fetcher: Fetcher, handler: Handler, path: str = "/x") -> str:
    async with serving({path: handler}) as base:
        with pytest.raises(FeedFault) as fault:
            await fetcher.json(base + path)
    return str(fault.value)


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "::1",
     "fe80::1%eth0", "fd00::1", "::ffff:127.0.0.1", "::ffff:169.254.169.254", "64:ff9b::a9fe:a9fe",
     "2002:7f00:1::", "224.0.0.1", "255.255.255.255", "100.64.0.1", "::", "not an address", "2130706433"],
)  # fmt: skip
def test_addresses_inside_are_never_read(address: str) -> None:
    assert not may_be_read(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111"])
def test_public_addresses_are_read(address: str) -> None:
    assert may_be_read(address)


def test_this_machine_is_read_only_where_allowed_and_cloud_keys_never() -> None:
    assert may_be_read("127.0.0.1", allow_private=True)
    assert may_be_read("10.0.0.1", allow_private=True)
    for address in ("169.254.169.254", "::ffff:169.254.169.254", "fe80::1", "0.0.0.0"):
        assert not may_be_read(address, allow_private=True)


@pytest.mark.parametrize(
    "url",
    ["file:///etc/passwd", "ftp://example.org/", "//example.org", "gopher://127.0.0.1:11211/", "http://",
     "http://user:secret@127.0.0.1/", "http://169.254.169.254/latest/meta-data/", "http://[::ffff:a9fe:a9fe]/",
     "http://2130706433/", "http://0177.0.0.1/", "http://127.1/"],
)  # fmt: skip
async def test_odd_addresses_are_refused(fetcher: Fetcher, url: str) -> None:
    with pytest.raises(FeedFault):
        await fetcher.json(url)


async def test_names_of_this_machine_are_refused_after_they_are_looked_up() -> None:
    async with serving({"/x": says({})}) as base, fetching(SMALL) as fetcher:
        for host in ("localhost", "127.0.0.1"):
            with pytest.raises(FeedFault, match="private network"):
                await fetcher.json(base.replace("127.0.0.1", host) + "/x")


@pytest.mark.parametrize(
    "to",
    ["http://169.254.169.254/latest/meta-data/", "file:///etc/passwd", "gopher://127.0.0.1/", "http://[fe80::1]/"],
)  # fmt: skip
async def test_redirects_are_checked_again(fetcher: Fetcher, to: str) -> None:
    said = await refused(fetcher, sends_on(to))
    assert "private network" in said or "not a web address" in said


async def test_redirects_are_followed_but_not_round_in_circles(fetcher: Fetcher) -> None:
    assert "address to address" in await refused(fetcher, sends_on("/x"))
    async with serving({"/x": sends_on("/y"), "/y": says({"a": 1})}) as base:
        assert await fetcher.json(f"{base}/x") == {"a": 1}


async def test_a_slow_drip_ends() -> None:
    async with fetching(replace(SMALL, reply_seconds=0.5), allow_private=True) as fetcher:
        assert "too long" in await refused(fetcher, drips(0.05))


async def test_the_whole_time_is_limited() -> None:
    async with fetching(replace(SMALL, all_seconds=0), allow_private=True) as fetcher:
        assert "is over" in await refused(fetcher, says({}))


async def test_of_a_gigabyte_almost_nothing_is_taken(fetcher: Fetcher) -> None:
    handler, sent = pours(1000)
    assert "larger than 100,000 bytes" in await refused(fetcher, handler)
    assert sent[0] < 100
    assert fetcher.taken < 1_000_000


async def test_a_bomb_does_not_go_off(fetcher: Fetcher) -> None:
    packed = bomb(200)
    assert "larger than" in await refused(fetcher, says(packed, packed="gzip"))
    assert fetcher.taken < 1_000_000


async def test_all_replies_together_are_limited(fetcher: Fetcher) -> None:
    async with serving({"/x": says({"a": "b" * 90_000})}) as base:
        for _ in range(3):
            await fetcher.json(f"{base}/x")
        with pytest.raises(FeedFault, match="all its replies"):
            await fetcher.json(f"{base}/x")


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b'{"a":', b'{"a": NaN}', b"\xff\xfe{}", b"[" * 90_000, b'{"a":' * 15_000, b"1" * 50_000,
     b'{"a": 1}garbage'],
)  # fmt: skip
async def test_what_is_not_json_is_said_to_be_none(fetcher: Fetcher, body: bytes) -> None:
    assert "not JSON" in await refused(fetcher, says(body))


async def test_packed_json_is_read_and_other_packings_are_refused(fetcher: Fetcher) -> None:
    import gzip

    body = gzip.compress(json.dumps({"a": "é"}).encode())
    async with serving({"/x": says(body, packed="gzip")}) as base:
        assert await fetcher.json(f"{base}/x") == {"a": "é"}
    assert "packed" in await refused(fetcher, says(b"x", packed="br"))
    assert "broke off" in await refused(fetcher, says(b"not gzip", packed="gzip"))


async def test_statuses_and_dead_servers_are_said_plainly(fetcher: Fetcher) -> None:
    assert "status 503" in await refused(fetcher, says({}, 503))
    async with serving({}) as base:
        pass
    with pytest.raises(FeedFault, match="cannot be reached"):
        await fetcher.json(f"{base}/x")
