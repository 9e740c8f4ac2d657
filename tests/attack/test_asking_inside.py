"""SSRF: nobody leads our clients to this machine, a private network, or the keys of a cloud machine."""

import asyncio
import itertools
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime

import aiohttp
import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from directory.geocoder import LookupFailed, config_of
from directory.geocoder.provider import Geocoder
from directory.openreferral.faults import FeedFault
from directory.openreferral.fetching import fetching
from directory.openreferral.limits import Limits
from directory.public_web import NotPublic, is_not_public, may_be_read, public_only
from offer.staff.council.config import ProviderConfig
from offer.staff.council.errors import NotBelieved, ProviderAway
from offer.staff.council.journey import new_journey
from offer.staff.council.provider import AskedProvider
from offer.staff.links.asking import MANNERS, asking
from tests.strength import survived, tries

HOW = "make strength (tests/attack/test_asking_inside.py)"
INSIDE = (
    "127.0.0.1",
    "127.255.255.254",
    "10.1.2.3",
    "172.31.255.1",
    "192.168.0.1",
    "100.64.0.1",
    "0.0.0.0",
    "169.254.169.254",
    "198.18.0.1",
    "192.0.0.170",
    "224.0.0.1",
    "240.0.0.1",
    "255.255.255.255",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "2002:7f00:1::1",
    "2002:a9fe:a9fe::1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::a00:1",
    "2001:db8::1",
    "2001::7f00:1",
    "fec0::1",
)
CLOUD_KEYS = (
    "169.254.169.254",
    "::ffff:169.254.169.254",
    "::ffff:a9fe:a9fe",
    "fe80::a9fe:a9fe",
    "64:ff9b::a9fe:a9fe",
    "2002:a9fe:a9fe::",
    "0.0.0.0",
)
# The same few addresses in every way a client of some language has read them.
WRITTEN = (
    "127.0.0.1",
    "127.1",
    "127.0.1",
    "0",
    "0x7f000001",
    "0x7f.0.0.1",
    "0x7f.1",
    "2130706433",
    "017700000001",
    "0177.0.0.1",
    "0177.0.0.01",
    "127.0.0.1.",
    "127。0。0。1",
    "127．0．0．1",
    "１２７.0.0.1",
    "①②⑦.0.0.1",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[0:0:0:0:0:0:0:1]",
    "[::127.0.0.1]",
    "localhost",
    "localhost.",
    "LOCALHOST",
    "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
    "ip6-localhost",
    "169.254.169.254",
    "0xa9fea9fe",
    "2852039166",
    "0251.0376.0251.0376",
    "169。254。169。254",
    "[::ffff:a9fe:a9fe]",
    "[fe80::1%25lo]",
    "0.0.0.0",
    "[::]",
)
QUICK = replace(MANNERS, between=0.0, seconds=10.0, ports=None)


class Names(AbstractResolver):
    """A name server of the attacker's: gives its answers one after the other, and the last for ever."""

    def __init__(self, *answers: str) -> None:
        self.answers, self.asked = list(answers), 0

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        self.asked += 1
        given = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [
            ResolveResult(
                hostname=host,
                host=each,
                port=port,
                family=socket.AF_INET6 if ":" in each else socket.AF_INET,
                proto=0,
                flags=0,
            )
            for each in given.split(",")
        ]

    async def close(self) -> None:
        """Nothing to give back."""


@pytest.fixture
async def trap() -> AsyncIterator[tuple[int, list[bytes]]]:
    """A server on this machine that nobody may be led to: its port, and what came."""
    came: list[bytes] = []

    async def took(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        came.append(await reader.read(200))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 6\r\n\r\nsecret")
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(took, "127.0.0.1", 0)
    six = None
    try:
        port = server.sockets[0].getsockname()[1]
        if socket.has_ipv6:
            try:
                six = await asyncio.start_server(took, "::1", port)
            except OSError:
                six = None
        yield port, came
    finally:
        server.close()
        if six:
            six.close()


def test_no_address_inside_may_be_read() -> None:
    assert [each for each in INSIDE if may_be_read(each)] == []
    assert [each for each in CLOUD_KEYS if may_be_read(each, allow_private=True)] == []
    assert may_be_read("8.8.8.8") and may_be_read("2a00:1450:4009:81f::200e")


@pytest.mark.parametrize("host", WRITTEN)
async def test_however_an_address_is_written_nothing_reaches_it(
    trap: tuple[int, list[bytes]], host: str
) -> None:
    port, came = trap
    url = f"http://{host}:{port}/latest/meta-data/"
    async with asking(QUICK) as asker:
        assert (await asker.look(url)).problem
    async with fetching(Limits(reply_seconds=10)) as fetcher:
        with pytest.raises(FeedFault):
            await fetcher.json(url)
    assert came == []


async def test_the_last_check_is_at_the_connection_itself(trap: tuple[int, list[bytes]]) -> None:
    """A host that reads as a number to the client and as a name to a check: no name server is asked."""
    port, came = trap
    async with aiohttp.ClientSession(connector=public_only(allow_private=False)) as session:
        for host in ("127.0.0.1", "127。0。0。1", "[::1]"):
            with pytest.raises((aiohttp.ClientError, ValueError)) as fault:
                await session.get(f"http://{host}:{port}/")
            assert is_not_public(fault.value), host
    assert came == []
    async with aiohttp.ClientSession(connector=public_only(allow_private=True)) as session:
        assert (await session.get(f"http://127.0.0.1:{port}/")).status == 200
        with pytest.raises(aiohttp.ClientError):
            await session.get("http://169.254.169.254/")


async def test_a_name_that_stands_for_an_address_inside_is_refused_each_time(
    trap: tuple[int, list[bytes]],
) -> None:
    port, came = trap
    for address in INSIDE:
        async with asking(QUICK, resolver=Names(address)) as asker:
            seen = await asker.look(f"http://council.example:{port}/")
        assert "private network" in seen.problem, address
    assert came == []


async def test_one_bad_address_among_good_ones_spoils_all(trap: tuple[int, list[bytes]]) -> None:
    port, came = trap
    async with asking(QUICK, resolver=Names("8.8.8.8,127.0.0.1")) as asker:
        assert "private network" in (await asker.look(f"http://council.example:{port}/")).problem
    assert came == []


async def test_a_name_that_changes_between_two_looks_gains_nothing(trap: tuple[int, list[bytes]]) -> None:
    """DNS rebinding: what was looked up is what is connected to; it is looked up anew for each connection."""
    port, came = trap
    names = Names("203.0.113.1", "127.0.0.1")
    manners = replace(QUICK, seconds=1.0)
    async with asking(manners, resolver=names) as asker:
        for _ in range(3):
            assert (await asker.look(f"http://council.example:{port}/")).problem
    assert names.asked >= 2 and came == []


def hosts() -> Iterator[str]:
    """Every number of an address that is inside, in every base, whole or in two to four parts."""
    for a, b, c, d in itertools.product((127, 10, 169), (0, 254), (0, 169), (1, 254)):
        number = (a << 24) + (b << 16) + (c << 8) + d
        for form in ("{}", "0x{:x}", "0{:o}"):
            yield form.format(number)
            yield f"{form.format(a)}.{form.format((b << 16) + (c << 8) + d)}"
            yield f"{form.format(a)}.{form.format(b)}.{form.format((c << 8) + d)}"
            yield ".".join(form.format(each) for each in (a, b, c, d))
        yield f"[::ffff:{a}.{b}.{c}.{d}]"
        yield f"[64:ff9b::{a:02x}{b:02x}:{c:02x}{d:02x}]"
        yield f"[2002:{a:02x}{b:02x}:{c:02x}{d:02x}::1]"


async def test_hundreds_of_ways_to_write_one(trap: tuple[int, list[bytes]]) -> None:
    port, came = trap
    every = list(dict.fromkeys(hosts()))
    tried = every[:: max(1, len(every) // tries(60, len(every)))]
    reached = 0
    async with aiohttp.ClientSession(connector=public_only(allow_private=False)) as session:
        for host in tried:
            try:
                async with session.get(f"http://{host}:{port}/", timeout=aiohttp.ClientTimeout(5)):
                    reached += 1
            except (aiohttp.ClientError, ValueError, OSError):
                continue
    assert (reached, came) == (0, [])
    survived("attack", "an address inside our network, written in another way", len(tried), len(tried), HOW)


@asynccontextmanager
async def leading(*locations: str) -> AsyncIterator[str]:
    """A server that sends on: to each location in turn."""
    left = list(locations)

    async def took(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        to = left.pop(0) if len(left) > 1 else left[0]
        writer.write(f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\n\r\n".encode())
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(took, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        server.close()


async def test_a_redirect_to_cloud_keys_is_never_followed() -> None:
    """By none of the four clients, though three may ask servers in a private network where that is set."""
    for host in ("169.254.169.254", "[::ffff:a9fe:a9fe]", "2852039166", "0xa9fea9fe", "169。254。169。254"):
        async with leading(f"http://{host}/latest/meta-data/") as base:
            async with asking(replace(QUICK, allow_private=True)) as asker:
                assert (await asker.look(base)).problem
            async with fetching(Limits(reply_seconds=5), allow_private=True) as fetcher:
                with pytest.raises(FeedFault):
                    await fetcher.json(base)
            config = config_of("nominatim", base, "it@council.example", "1", 5.0)
            async with Geocoder(config) as geocoder:
                with pytest.raises(LookupFailed):
                    await geocoder.search("high street")
            with pytest.raises((ProviderAway, NotBelieved)):
                await provider_at(base).address(new_journey("sign-in", "/staff"), "http://127.0.0.1/back")


def provider_at(issuer: str) -> AskedProvider:
    return AskedProvider(ProviderConfig(issuer, "us", "secret", "the council"))


async def test_an_address_that_settings_name_by_mistake_still_is_not_the_cloud_s_keys() -> None:
    """GEOCODER_URL and OIDC_ISSUER may be inside the council's network, but never link-local."""
    config = replace(config_of("nominatim", None, "it@council.example", "1", 5.0), scheme="http")
    async with Geocoder(replace(config, domain="169.254.169.254")) as geocoder:
        with pytest.raises(LookupFailed):
            await geocoder.search("high street")
    with pytest.raises((ProviderAway, NotBelieved)):
        journey = new_journey("sign-in", "/staff")
        await provider_at("https://169.254.169.254").subject(journey, "code", "x", datetime.now(UTC))
    async with aiohttp.ClientSession(connector=public_only(allow_private=True)) as session:
        with pytest.raises(aiohttp.ClientError) as fault:
            await session.get("http://169.254.169.254/")
    assert is_not_public(fault.value) and issubclass(NotPublic, OSError)
