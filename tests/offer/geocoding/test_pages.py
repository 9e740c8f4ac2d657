"""The running service with the geocoder on: every box for a place, its words, credit and failures."""

import logging
import re
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from pathlib import Path

import httpx2
import pytest
import structlog
from starlette.applications import Starlette
from tortoise.backends.sqlite.client import SqliteClient

from directory.geocoder import config_of
from directory.places import Places
from offer.app import create_app
from offer.catalogue import commands
from offer.clock import now
from offer.db.connections import orm
from offer.db.models import GeocoderAnswer
from offer.errors import PlainError
from offer.geocoding.opening import online_places
from offer.serving import serve
from offer.settings import Settings
from tests.geocoders import (
    ATLANTIC,
    CARDIFF,
    LEEDS,
    LINCOLN,
    Loopback,
    Reply,
    body,
    in_turn,
    loopback,
    nominatim,
    photon,
)
from tests.offer.api.conftest import client_of
from tests.offer.pages.reading import words_of

CREDIT = "© OpenStreetMap contributors"
COULD_NOT = "We could not look this up just now"
STREET = "Zebra Canary Hill"  # no such place: whatever is found is the loopback's


@asynccontextmanager
async def service(data_dir: Path, **settings: str) -> AsyncIterator[tuple[Starlette, httpx2.AsyncClient]]:
    """The whole service after its start, and a browser."""
    made = Settings.model_validate({"data_dir": data_dir, **settings})
    await commands.set_up(made.database, at=now())
    app = create_app(made)
    async with app.router.lifespan_context(app), client_of(app) as client:
        yield app, client


@asynccontextmanager
async def with_geocoder(
    data_dir: Path, reply: Reply, provider: str = "nominatim"
) -> AsyncIterator[tuple[Loopback, httpx2.AsyncClient]]:
    async with loopback(reply) as server:
        settings = {
            "geocoder": provider,
            "geocoder_url": f"http://{server.host}",
            "geocoder_contact": "people@example.org",
            "geocoder_seconds": "10",
        }
        async with service(data_dir, **settings) as (app, client):
            await app.state.live.online.store.forget_all()
            yield server, client


@pytest.mark.parametrize(("provider", "speaks"), [("nominatim", nominatim), ("photon", photon)])
async def test_a_street_is_asked_about_and_never_settled_in_silence(
    data_dir: Path, provider: str, speaks: type
) -> None:
    async with with_geocoder(data_dir, speaks(LINCOLN), provider) as (server, client):
        for path in ("/help-nearby", "/council-tax", "/search"):
            page = await client.post(path, data={"place": f"12 {STREET}", "q": "rent"})
            words = words_of(page)
            assert page.status_code == 200
            assert "OpenStreetMap puts that in Lincoln: if that is wrong, type your postcode." in words
            assert "Do you live there?" in words
            assert CREDIT in words
            assert 'value="E07000138"' in page.text
        settled = await client.post("/council-tax", data={"place": STREET, "district": "E07000138"})
        assert settled.headers["location"] == "/council-tax/E07000138"
    assert server.asked == [STREET.casefold()], "asked once, without the house number; then it is known"


async def test_the_results_ask_too_and_take_the_choice(data_dir: Path) -> None:
    facts = {"age_years": "19", "place": STREET, "care_when": "left_at_18"}
    async with with_geocoder(data_dir, nominatim(LINCOLN)) as (_, client):
        asked = await client.post("/results", data=facts)
        assert asked.status_code == 200
        assert "Is that the right place?" in words_of(asked)
        assert "Living in Lincoln" not in words_of(asked), "nobody has said so yet"
        assert CREDIT in words_of(asked)
        told = await client.post("/results", data={**facts, "lives_in": "E07000138"})
        assert "Is that the right place?" not in words_of(told)
        assert "Living in Lincoln" in words_of(told)
        unsure = await client.post("/results", data={**facts, "lives_in": "unknown"})
        assert "Living in Lincoln" not in words_of(unsure)
        assert "Is that the right place?" not in words_of(unsure)
        assert CREDIT in words_of(told)
        timeline = await client.post("/what-happens-when", data=facts)
        assert timeline.status_code == 200


async def test_the_api_says_who_found_it(data_dir: Path) -> None:
    async with with_geocoder(data_dir, nominatim(LINCOLN, LEEDS)) as (_, client):
        place = (await client.post("/api/v1/places", json={"q": STREET})).json()
        assert (place["precision"], place["online"], place["attribution"]) == ("several", "found", CREDIT)
        assert [match["district"]["name"] for match in place["matches"]] == ["Lincoln", "Leeds"]
        assert [match["lat"] for match in place["matches"]] == [53.23, 53.8], "rounded to about a kilometre"
        near = (await client.post("/api/v1/services", json={"near": STREET})).json()["near"]
        assert (near["online"], near["attribution"]) == ("found", CREDIT)
        known = (await client.post("/api/v1/places", json={"q": "Lincoln"})).json()
        assert not {"online", "attribution"} & known.keys()


async def test_elsewhere_is_a_sentence(data_dir: Path) -> None:
    async with with_geocoder(data_dir, nominatim(CARDIFF)) as (_, client):
        assert "That is in Wales" in words_of(await client.post("/council-tax", data={"place": STREET}))
    async with with_geocoder(data_dir, nominatim(ATLANTIC)) as (_, client):
        page = await client.post("/council-tax", data={"place": STREET})
        assert "That place is not in England, or far from any address" in words_of(page)


@pytest.mark.parametrize(
    "reply",
    [body("", status=503), body("", status=429, Retry_After="1"), body("<html>"),
     body("[{", "application/json"), body("null", "application/json"),
     body("", status=302, Location="http://127.0.0.1:9/")],
    ids=["503", "429", "html", "broken", "null", "redirect"],
)  # fmt: skip
async def test_a_failure_is_said_on_every_page_and_is_never_not_found(data_dir: Path, reply: Reply) -> None:
    async with with_geocoder(data_dir, reply) as (_, client):
        for path in ("/help-nearby", "/council-tax", "/search"):
            page = await client.post(path, data={"place": STREET, "q": "rent"})
            assert page.status_code == 200, "the person did nothing wrong"
            assert COULD_NOT in words_of(page)
            assert "do not know that" not in words_of(page)
            assert "not there" not in words_of(page)
            assert "Error" not in words_of(page)
        results = await client.post("/results", data={"age_years": "19", "place": STREET})
        assert results.status_code == 200
        assert COULD_NOT in words_of(results)
        place = (await client.post("/api/v1/places", json={"q": STREET})).json()
        assert (place["online"], place["precision"]) == ("failed", "none")
        assert place["note"].startswith(COULD_NOT)


async def test_while_the_database_is_away_nothing_is_sent_and_pages_go_on(
    data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object, **__: object) -> None:
        raise sqlite3.OperationalError("disk I/O error")

    async with with_geocoder(data_dir, nominatim(LINCOLN)) as (server, client):
        for name in ("execute_query", "execute_query_dict", "execute_insert", "execute_many"):
            monkeypatch.setattr(SqliteClient, name, away)
        for path in ("/help-nearby", "/council-tax", "/results"):
            page = await client.post(path, data={"place": STREET, "age_years": "19"})
            assert page.status_code == 200
            assert COULD_NOT in words_of(page)
        assert server.asked == []
        monkeypatch.undo()


async def test_somebody_in_danger_waits_for_no_other_computer(data_dir: Path) -> None:
    async with with_geocoder(data_dir, nominatim(LINCOLN)) as (server, client):
        page = await client.post("/search", data={"q": "i want to kill myself", "place": STREET})
        assert "116 123" in words_of(page)
        assert server.asked == []


async def test_nothing_found_is_said_plainly(data_dir: Path) -> None:
    async with with_geocoder(data_dir, nominatim()) as (_, client):
        page = await client.post("/council-tax", data={"place": STREET})
        assert page.status_code == 422
        assert "We looked online too, and that place was not there" in words_of(page)
        place = (await client.post("/api/v1/places", json={"q": STREET})).json()
        assert (place["online"], place["precision"]) == ("nothing", "none")


async def test_what_is_typed_elsewhere_is_never_sent(data_dir: Path) -> None:
    async with with_geocoder(data_dir, nominatim(LINCOLN)) as (server, client):
        await client.get("/search", params={"q": STREET})
        await client.post("/search", data={"q": STREET})
        await client.post("/search", data={"q": "rent", "council": STREET})
        await client.post("/results", data={"age_years": "19", "council": STREET})
        await client.post("/api/v1/search", json={"q": STREET})
        await client.post("/api/v1/check", json={"facts": {"age_years": 19, "postcode": STREET}})
        await client.post("/help-nearby", data={"place": "LN1 1ZZ"})
        assert server.asked == []


async def test_what_was_typed_is_readable_in_no_database_and_no_log(
    data_dir: Path, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with structlog.testing.capture_logs() as logged:
        async with with_geocoder(data_dir, in_turn(nominatim(LINCOLN), body(STREET, status=500))) as (
            _,
            client,
        ):
            await client.post("/council-tax", data={"place": f"12 {STREET}"})
            await client.post("/council-tax", data={"place": f"{STREET} North"})
            metrics = (await client.get("/metrics")).text
    with closing(sqlite3.connect(data_dir / "offer.sqlite3")) as file:
        dump = "\n".join(file.iterdump())
    assert "geocoder_answer" in dump
    assert 'local_offer_geocoder_total{outcome="found"} 1' in metrics
    assert 'local_offer_geocoder_total{outcome="unavailable"} 1' in metrics
    ours = "\n".join(record.getMessage() for record in caplog.records if record.name != "aiohttp.access")
    printed = capfd.readouterr()
    for place in (dump, str(logged), ours, printed.out, printed.err, metrics):
        assert not any(word in place.casefold() for word in ("zebra", "canary"))
    assert b"zebra" not in _bytes(data_dir).lower()


async def test_pages_say_so_where_it_is_on(data_dir: Path) -> None:
    async with with_geocoder(data_dir, nominatim()) as (_, client):
        privacy = await client.get("/privacy")
        assert "we ask 127.0.0.1, which uses the map OpenStreetMap" in words_of(privacy)
        for path in ("/", "/council-tax", "/help-nearby"):
            assert CREDIT in (await client.get(path)).text


async def test_off_it_is_as_if_it_were_not_there(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_session(*_: object, **__: object) -> None:
        raise AssertionError("a session to somewhere")

    monkeypatch.setattr("aiohttp.ClientSession.__init__", no_session)
    async with service(data_dir) as (app, client):
        assert app.state.live.online is None
        page = await client.post("/council-tax", data={"place": STREET})
        assert "We do not know that place" in words_of(page)
        for text in (page.text, (await client.get("/privacy")).text):
            assert "OpenStreetMap" not in text
            assert "geocoder" not in text
        counts = re.findall(r"local_offer_geocoder_total\{.*\} (\S+)", (await client.get("/metrics")).text)
        assert set(counts) == {"0.0"}, "nothing was looked up"


async def test_a_start_deletes_what_has_expired(data_dir: Path) -> None:
    async with service(data_dir):
        pass
    with closing(sqlite3.connect(data_dir / "offer.sqlite3")) as file, file:
        file.execute("INSERT INTO geocoder_answer VALUES ('old', '[]', 1), ('new', '[]', 99999999999999)")
    config = config_of("nominatim", "http://127.0.0.1:9", "people@example.org", "1")
    async with orm(f"sqlite://{data_dir / 'offer.sqlite3'}") as connection:
        places = Places.open(data_dir / "places.bin")
        async with online_places(config, places, connection):
            assert [row.key for row in await GeocoderAnswer.all()] == ["new"]


async def test_switched_off_what_was_kept_is_deleted(data_dir: Path) -> None:
    async with with_geocoder(data_dir, nominatim(LINCOLN)) as (_, client):
        await client.post("/council-tax", data={"place": STREET})
    assert _rows(data_dir) == 1
    async with service(data_dir) as (_, client):
        await client.get("/")
    assert _rows(data_dir) == 0


def _bytes(data_dir: Path) -> bytes:
    """The database's files as they lie on the disk."""
    return b"".join(each.read_bytes() for each in data_dir.glob("offer.sqlite3*"))


def _rows(data_dir: Path) -> int:
    with closing(sqlite3.connect(data_dir / "offer.sqlite3")) as file:
        return int(file.execute("SELECT count(*) FROM geocoder_answer").fetchone()[0])


def test_without_a_contact_the_service_does_not_start(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(PlainError, match="GEOCODER_CONTACT is needed"):
        serve(Settings(data_dir=tmp_path, port=0, geocoder="nominatim"))
    assert "http" not in capsys.readouterr().out, "no address is promised"
