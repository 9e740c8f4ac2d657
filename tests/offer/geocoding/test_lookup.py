"""When the geocoder is asked, when not, and what is said then: with a clock and a geocoder of our own."""

import asyncio
from collections.abc import AsyncIterator, Iterable
from datetime import date
from itertools import islice
from typing import Any

import pytest

from directory.geocoder import BUSY, COULD_NOT, LookupFailed, Spot
from directory.geocoder.found import NOTHING
from directory.places import PlaceAnswer, Places
from offer.geocoding.lookup import OnlinePlaces
from offer.geocoding.store import DAY, GeocoderStore
from tests.offer.geocoding.moving import Clock, Said, store_on

ON = date(2026, 11, 22)
HILL = (Spot(53.2312, -0.5457),)


def districts_at(lat: float, lon: float) -> Iterable[str]:
    return ["E07000138"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def store(database_url: str, clock: Clock) -> AsyncIterator[GeocoderStore]:
    async with store_on(database_url, clock) as made:
        yield made


def process(
    places: Places, store: Any, clock: Clock, *answers: tuple[Spot, ...] | LookupFailed
) -> OnlinePlaces:
    """One process of the deployment."""
    return OnlinePlaces(places, Said([*answers]), store, districts_at, clock=clock.seconds, sleep=clock.sleep)


async def ask(online: OnlinePlaces, text: str) -> PlaceAnswer:
    return await online.complete(text, online.places.read(text, ON), ON)


def asked(online: OnlinePlaces) -> list[str]:
    assert isinstance(online.geocoder, Said)
    return online.geocoder.asked


async def test_only_what_we_do_not_know_is_asked(places: Places, store: GeocoderStore, clock: Clock) -> None:
    online = process(places, store, clock, HILL)
    for text in ("LN1 1YL", "Lincoln", "LN1 1ZZ", "", "12 Steep Hill LN1 1ZZ"):
        assert await ask(online, text) == places.read(text, ON)
    assert asked(online) == []
    answer = await ask(online, "12 Steep Hill")
    assert [match.district.name for match in answer.matches] == ["Lincoln"]
    assert asked(online) == ["steep hill"]
    assert online.counts == {"found": 1}


async def test_hits_and_misses_are_kept_for_every_process(
    places: Places, store: GeocoderStore, clock: Clock
) -> None:
    one, two = process(places, store, clock, HILL, ()), process(places, store, clock, HILL)
    assert (await ask(one, "Steep Hill")).online == "found"
    clock.ms += 1000
    assert await ask(one, "Swallowbeck") == NOTHING
    for text in ("STEEP  HILL", "4 Steep Hill", "Swallowbeck"):
        assert (await ask(two, text)).online in ("found", "nothing")
    assert asked(two) == []
    assert two.counts == {"known": 3}
    clock.ms += DAY
    await ask(two, "Swallowbeck")
    await ask(two, "Steep Hill")
    assert asked(two) == ["swallowbeck"], "a miss is asked again after a day"
    clock.ms += 29 * DAY
    await ask(two, "Steep Hill")
    assert asked(two) == ["swallowbeck", "steep hill"], "and a hit after thirty"


async def test_two_processes_share_one_request_a_second(
    places: Places, store: GeocoderStore, clock: Clock
) -> None:
    one, two = process(places, store, clock, HILL), process(places, store, clock, HILL)
    start = clock.ms
    await ask(one, "Steep Hill")
    await ask(two, "Swallowbeck")  # waits for its turn: the clock moves with its sleep
    assert asked(two) == ["swallowbeck"]
    assert 1000 <= clock.ms - start <= 1250


async def test_when_the_turn_is_not_free_soon_it_is_said_and_nothing_is_asked(
    places: Places, store: GeocoderStore, clock: Clock
) -> None:
    online = process(places, store, clock, HILL)
    assert await store.take_turn(60_000)
    assert await ask(online, "Steep Hill") == BUSY
    assert asked(online) == []
    assert "many people are asking" in (BUSY.note or "")
    assert online.service.failures == 0, "busy is no failure of theirs"


async def test_no_crowd_waits_in_one_process(places: Places, store: GeocoderStore, clock: Clock) -> None:
    online = process(places, store, clock, HILL)
    assert await store.take_turn(60_000)
    go = asyncio.Event()

    async def until_told(_: float) -> None:
        await go.wait()

    online.sleep = until_told
    crowd = [asyncio.create_task(ask(online, f"Steep Hill {'abcdefgh'[n] * 4}")) for n in range(8)]
    for turned_away in islice(asyncio.as_completed(crowd), 5):
        assert await turned_away == BUSY
    go.set()
    assert set(await asyncio.gather(*crowd)) == {BUSY}
    assert asked(online) == []


KINDS = ("slow", "unavailable", "refused", "unreadable", "too_big", "redirected")


@pytest.mark.parametrize("kind", KINDS)
async def test_a_failure_is_never_not_found(
    places: Places, store: GeocoderStore, clock: Clock, kind: Any
) -> None:
    online = process(places, store, clock, LookupFailed(kind), HILL)
    answer = await ask(online, "Steep Hill")
    assert answer == COULD_NOT
    assert answer.note
    assert answer.note.startswith("We could not look this up just now.")
    assert online.counts == {kind: 1}
    clock.ms += 1000
    assert (await ask(online, "Steep Hill")).online == "found", "a failure is not kept"


async def test_after_three_failures_it_is_left_alone_for_a_minute(
    places: Places, store: GeocoderStore, clock: Clock
) -> None:
    down = LookupFailed("unavailable")
    online = process(places, store, clock, down, down, down, down, HILL)
    for _ in range(3):
        await ask(online, "Steep Hill")
    assert await ask(online, "Steep Hill") == COULD_NOT
    assert len(asked(online)) == 3
    assert online.counts["resting"] == 1
    clock.ms += 60_000
    await ask(online, "Steep Hill")  # one tries, and fails
    await ask(online, "Steep Hill")
    assert len(asked(online)) == 4
    clock.ms += 60_000
    assert (await ask(online, "Steep Hill")).online == "found"
    clock.ms += 1000
    assert (await ask(online, "Swallowbeck")).online == "found"


async def test_what_is_kept_is_answered_while_the_geocoder_is_left_alone(
    places: Places, store: GeocoderStore, clock: Clock
) -> None:
    online = process(places, store, clock, HILL, LookupFailed("rate_limited", 600))
    await ask(online, "Steep Hill")
    assert await ask(online, "Swallowbeck") == COULD_NOT
    assert (await ask(online, "Steep Hill")).online == "found"


async def test_retry_after_is_honoured_by_the_whole_deployment(
    places: Places, store: GeocoderStore, clock: Clock
) -> None:
    one = process(places, store, clock, LookupFailed("rate_limited", 600), HILL)
    two = process(places, store, clock, HILL)
    assert await ask(one, "Steep Hill") == COULD_NOT
    clock.ms += 590_000
    assert (await ask(one, "Steep Hill")).online == "failed"
    assert (await ask(two, "Steep Hill")).online == "failed"
    assert len(asked(one) + asked(two)) == 1
    clock.ms += 10_000
    assert (await ask(two, "Steep Hill")).online == "found"


class Away:
    """A database that is not there, or does not answer."""

    def __init__(self, *, silent: bool) -> None:
        self.tried, self._silent = 0, silent

    async def known(self, key: str) -> None:
        self.tried += 1
        if self._silent:
            await asyncio.Event().wait()
        raise ConnectionRefusedError("steep hill")


@pytest.mark.parametrize("silent", [False, True])
async def test_without_the_database_nothing_is_asked_and_the_page_is_answered(
    places: Places, clock: Clock, silent: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("offer.geocoding.lookup.DATABASE_SECONDS", 0.01)
    away = Away(silent=silent)
    online = process(places, away, clock, HILL)
    for _ in range(5):
        assert await ask(online, "Steep Hill") == COULD_NOT
    assert asked(online) == []
    assert online.counts == {"no_database": 5}
    assert away.tried == 3, "it is left alone too, so that nobody waits for it"


async def test_a_database_that_goes_away_half_way_loses_no_answer(
    places: Places, store: GeocoderStore, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def gone(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(GeocoderStore, "keep", gone)
    monkeypatch.setattr(GeocoderStore, "give_turn_back", gone)
    online = process(places, store, clock, HILL)
    assert (await ask(online, "Steep Hill")).online == "found"
    assert await ask(online, "Swallowbeck") == BUSY, "its turn comes free when the lease ends"
    clock.ms += 8000
    assert (await ask(online, "Swallowbeck")).online == "found"
