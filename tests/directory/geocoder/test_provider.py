"""Each way in which a geocoder answers or fails, in both formats, against a server on the loopback."""

import logging
from collections.abc import Callable
from email.utils import formatdate
from time import time

import pytest

from directory.geocoder import LookupFailed, Spot
from directory.geocoder.config import Provider
from directory.geocoder.provider import LONGEST_REST, Geocoder
from tests.geocoders import (
    LEEDS,
    LINCOLN,
    Loopback,
    Reply,
    body,
    endless,
    hangs_up,
    loopback,
    never,
    nominatim,
    photon,
)

PROVIDERS: dict[Provider, Callable[..., Reply]] = {"nominatim": nominatim, "photon": photon}
both = pytest.mark.parametrize("provider", PROVIDERS)


async def ask(server: Loopback, provider: Provider, seconds: float = 5.0) -> tuple[Spot, ...]:
    async with Geocoder(server.config(provider, seconds)) as geocoder:
        return await geocoder.search("steep hill")


async def failure(reply: Reply, provider: Provider = "nominatim", seconds: float = 5.0) -> LookupFailed:
    async with loopback(reply) as server:
        with pytest.raises(LookupFailed) as caught:
            await ask(server, provider, seconds)
        assert len(server.heard) == 1, "no failure is tried again at once"
    return caught.value


@both
async def test_points_best_first(provider: Provider) -> None:
    async with loopback(PROVIDERS[provider](LINCOLN, LEEDS)) as server:
        assert await ask(server, provider) == (Spot(*LINCOLN), Spot(*LEEDS))


@both
async def test_nothing_found_is_no_failure(provider: Provider) -> None:
    async with loopback(PROVIDERS[provider]()) as server:
        assert await ask(server, provider) == ()


async def test_what_is_sent() -> None:
    async with loopback(nominatim()) as server:
        await ask(server, "nominatim")
        (request,) = server.heard
    assert request.path == "/search"
    assert dict(request.query) == {
        "q": "steep hill", "format": "json", "limit": "10", "countrycodes": "gb", "accept-language": "en",
    }  # fmt: skip
    assert request.headers["User-Agent"] == "care-leaver-local-offer/1 (people@example.org)"
    assert not {"Cookie", "Referer", "X-Forwarded-For"} & set(request.headers)


async def test_photon_is_kept_to_the_united_kingdom() -> None:
    async with loopback(photon(LINCOLN, country="FR")) as server:
        assert await ask(server, "photon") == ()
        (request,) = server.heard
    assert request.path == "/api"
    assert request.query["bbox"] == "-8.7,49.8,1.8,60.9"


@both
async def test_slow(provider: Provider) -> None:
    assert (await failure(never, provider, seconds=0.05)).outcome == "slow"


@both
@pytest.mark.parametrize(
    ("status", "outcome"),
    [(503, "unavailable"), (500, "unavailable"), (502, "unavailable"), (504, "unavailable"),
     (408, "unavailable"), (403, "refused"), (404, "refused"), (400, "refused"), (204, "unreadable")],
)  # fmt: skip
async def test_each_status(provider: Provider, status: int, outcome: str) -> None:
    fault = await failure(body("" if status == 204 else "no", status=status), provider)
    assert (fault.outcome, fault.rest) == (outcome, None)


@both
@pytest.mark.parametrize(
    ("told", "rest"), [("7", 7), ("soon", 60), ("9" * 5000, 60), ("999999", LONGEST_REST)]
)
async def test_too_many_requests_and_how_long_to_wait(provider: Provider, told: str, rest: float) -> None:
    fault = await failure(body("slow down", status=429, Retry_After=told), provider)
    assert (fault.outcome, fault.rest) == ("rate_limited", rest)


async def test_retry_after_as_a_date_and_with_503() -> None:
    fault = await failure(body("", status=429, Retry_After=formatdate(time() + 600, usegmt=True)))
    assert fault.rest is not None
    assert 500 < fault.rest <= 600
    assert (await failure(body("", status=429))).rest == 60
    away = await failure(body("", status=503, Retry_After="30"))
    assert (away.outcome, away.rest) == ("unavailable", 30)


@both
@pytest.mark.parametrize(
    "text", ["<!DOCTYPE html><title>Maintenance</title>", "", "[{", "null", "{}", '""', "0", "true", "[1]",
             '{"error": "Unable to geocode"}', '{"error": {"code": 500}}', '[{"lat": "x", "lon": "y"}]',
             '[{"lat": "NaN", "lon": "0"}]', "[{}]", '[{"lat": "53.2"}]', '[{"lat": "-33.9", "lon": "151"}]',
             '{"features": null}', '{"features": [1]}',
             '{"features": [{"properties": {"countrycode": "GB"}}]}',
             "[" * 100_000, "\ufeff\ud7ff"],
)  # fmt: skip
async def test_what_is_no_answer_is_never_taken_for_not_found(provider: Provider, text: str) -> None:
    assert (await failure(body(text, "application/json"), provider)).outcome == "unreadable"


async def test_bytes_that_are_no_text() -> None:
    from aiohttp import web

    async def reply(_: web.Request) -> web.Response:
        return web.Response(body=b"\xff\xfe[\x80", content_type="application/json")

    assert (await failure(reply)).outcome == "unreadable"


@both
async def test_a_redirect_is_not_followed(provider: Provider) -> None:
    async with loopback(nominatim(LINCOLN)) as elsewhere:
        there = f"http://{elsewhere.host}/search"
        for status in (301, 302, 303, 307, 308):
            assert (await failure(body("", status=status, Location=there), provider)).outcome == "redirected"
        assert not elsewhere.heard


@both
async def test_a_body_without_end(provider: Provider) -> None:
    assert (await failure(endless, provider)).outcome == "too_big"


async def test_a_small_body_that_unpacks_into_a_huge_one_is_not_unpacked() -> None:
    import gzip

    from aiohttp import web

    async def reply(_: web.Request) -> web.Response:
        packed = gzip.compress(b"[" + b" " * 50_000_000 + b"]")
        return web.Response(
            body=packed, content_type="application/json", headers={"Content-Encoding": "gzip"}
        )

    assert (await failure(reply)).outcome == "unreadable"


async def test_hanging_up_and_nobody_there() -> None:
    assert (await failure(hangs_up)).outcome == "unavailable"
    async with loopback(never) as server:
        config = server.config()
    async with Geocoder(config) as geocoder:
        with pytest.raises(LookupFailed) as caught:
            await geocoder.search("steep hill")
    assert caught.value.outcome == "unavailable"


async def test_cookies_are_not_kept() -> None:
    async with loopback(body("[]", "application/json", Set_Cookie="who=you")) as server:
        async with Geocoder(server.config()) as geocoder:
            await geocoder.search("steep hill")
            await geocoder.search("high street")
        assert all("Cookie" not in request.headers for request in server.heard)


async def test_what_was_typed_stands_in_no_log_and_no_fault(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    for reply in (nominatim(LINCOLN), body("steep hill?", status=429), body("steep hill", status=400)):
        async with loopback(reply) as server:
            try:
                await ask(server, "nominatim")
            except LookupFailed as fault:
                assert "steep" not in f"{fault!r} {fault.__cause__!r}"
    ours = [record.getMessage() for record in caplog.records if record.name != "aiohttp.access"]
    assert not any("steep" in message for message in ours), ours
