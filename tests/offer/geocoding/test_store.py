"""The turn of the whole deployment and the kept answers, on both engines, with a clock that we move."""

import asyncio

import pytest

from directory.geocoder import FoundPlace, config_of
from offer.db.connections import orm
from offer.db.models import GeocoderAnswer, GeocoderTurn
from offer.geocoding import store as stores
from offer.geocoding.store import DAY, GeocoderStore, key_of
from tests.offer.geocoding.moving import Clock, store_on

LEASE, PAUSE = 8000, 1000
FOUND = (FoundPlace("E07000138", 53.23, -0.55), FoundPlace("", 50.1, -7.9))
CONFIG = config_of("nominatim", None, "people@example.org", "1")
KEY = key_of(CONFIG, "steep hill")


async def test_of_many_at_once_one_gets_the_turn(database_url: str) -> None:
    clock = Clock()
    async with store_on(database_url, clock) as store:
        tokens = await asyncio.gather(*(store.take_turn(LEASE) for _ in range(20)))
        assert [token for token in tokens if token] == [clock.ms + LEASE]


async def test_the_next_turn_starts_a_second_after_the_last_one_ended(database_url: str) -> None:
    clock = Clock()
    async with store_on(database_url, clock) as store:
        token = await store.take_turn(LEASE)
        assert token
        clock.ms += 2500  # a slow answer: meanwhile nobody else may ask
        assert await store.take_turn(LEASE) is None
        await store.give_turn_back(token, PAUSE)
        clock.ms += PAUSE - 1
        assert await store.take_turn(LEASE) is None
        clock.ms += 1
        assert await store.take_turn(LEASE)


async def test_a_process_that_died_holds_nobody_up_for_ever(database_url: str) -> None:
    clock = Clock()
    async with store_on(database_url, clock) as store:
        dead = await store.take_turn(LEASE)
        assert dead
        clock.ms += LEASE
        alive = await store.take_turn(LEASE)
        assert alive
        await store.give_turn_back(dead, 0)  # it was not dead after all: the turn is no longer its own
        assert await store.take_turn(LEASE) is None


async def test_a_turn_set_by_a_wrong_clock_is_not_waited_for(database_url: str) -> None:
    clock = Clock()
    async with store_on(database_url, clock) as store:
        clock.ms += 400 * DAY
        await store.take_turn(LEASE)
        clock.ms -= 400 * DAY
        assert await store.take_turn(LEASE)


async def test_an_answer_is_kept_thirty_days_and_nothing_found_one_day(database_url: str) -> None:
    clock = Clock()
    async with store_on(database_url, clock) as store:
        assert await store.known(KEY) is None
        await store.keep(KEY, FOUND)
        await store.keep("other", ())
        assert await store.known(KEY) == FOUND
        assert await store.known("other") == ()
        clock.ms += DAY - 1
        assert await store.known("other") == ()
        clock.ms += 1
        assert await store.known("other") is None
        assert await store.known(KEY) == FOUND
        clock.ms += 29 * DAY
        assert await store.known(KEY) is None
        await store.forget_expired()
        assert await GeocoderAnswer.all().count() == 0


async def test_a_newer_answer_stands_over_an_older_one(database_url: str) -> None:
    async with store_on(database_url, Clock()) as store:
        await store.keep(KEY, ())
        await store.keep(KEY, FOUND)
        assert await store.known(KEY) == FOUND
        assert await GeocoderAnswer.all().count() == 1


async def test_keeping_one_deletes_the_expired_and_what_is_too_much(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stores, "MOST_ROWS", 5)
    clock = Clock()
    async with store_on(database_url, clock) as store:
        await store.keep("old", ())
        clock.ms += DAY
        for number in range(9):
            clock.ms += 1
            await store.keep(str(number), FOUND)
        left = await GeocoderAnswer.all().order_by("expires_at").values_list("key", flat=True)
        assert "".join(map(str, left)) == "45678"
        await store.forget_all()
        assert await GeocoderAnswer.all().count() == 0


async def test_the_shared_clock_is_about_right(database_url: str) -> None:
    from time import time

    async with store_on(database_url, Clock()), orm(database_url) as connection:
        store = GeocoderStore(connection)
        token = await store.take_turn(0)
        assert token is not None
        assert abs(token - time() * 1000) < 60_000
        assert (await GeocoderTurn.get(id=1)).free_at == token


def test_keys_tell_nothing_and_differ_by_provider_and_server() -> None:
    assert len(KEY) == 64
    assert "steep" not in KEY
    others = [
        config_of("photon", None, "people@example.org", "1"),
        config_of("nominatim", "https://n.example.org", "people@example.org", "1"),
    ]
    assert len({KEY, key_of(CONFIG, "steep hil"), *(key_of(other, "steep hill") for other in others)}) == 4
