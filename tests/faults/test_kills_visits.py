"""A visit whose server is killed again and again: what it had said yes to is there when it is back."""

import asyncio
import os
import random
import signal
from dataclasses import dataclass, field

from offer.clock import now
from offer.db.connections import orm
from offer.db.migrate import migrate
from offer.visits import store
from offer.visits.cookies import read_member
from tests.bench.serving import free_port, wait_for
from tests.faults.house import House, sound
from tests.faults.killing import HOW, Forge, seed
from tests.offer.db.filled import AT, fill
from tests.strength import survived, tries
from tests.visiting import Phone, together

AGES, TOWNS = tuple(map(str, range(16, 25))), ("Sleaford", "Boston", "Grantham", "Lincoln", "Durham")


@dataclass(slots=True)
class Said:
    """One question: what was acknowledged last, and what was sent after it without an answer."""

    acknowledged: str = ""
    unheard: list[str] = field(default_factory=list)

    def allows(self, found: str) -> bool:
        """Whether that may be what the visit says now."""
        return found in (self.acknowledged, *self.unheard)


async def answering(
    phone: Phone, question: str, values: tuple[str, ...], chance: random.Random, said: Said
) -> None:
    """Answers one question again and again until the line is cut."""
    while True:
        value = chance.choice(values)
        said.unheard.append(value)
        try:
            reply = await phone.post("answer", **{question: value})
        except (OSError, asyncio.IncompleteReadError):
            return
        if reply.status == 0:
            return  # cut before the first line of the reply
        assert reply.status == 303, reply.text[:400]
        said.acknowledged, said.unheard = value, []


async def beginning(address: str, begun: list[tuple[Phone, Phone]]) -> None:
    """Begins one visit after another until the line is cut; those that both were let into."""
    while True:
        try:
            begun.append(await together(address, age_years="19"))
        except (OSError, KeyError, AssertionError, asyncio.IncompleteReadError):
            return


async def shared_by(house: House, phone: Phone) -> dict[str, str]:
    """What the visit holds, opened with the phone's own key."""
    visit = phone.visit.rpartition("/")[2]
    async with orm(house.url) as connection:
        signing = await store.signing_key(connection, visit, now())
        member = read_member(phone.cookie.partition("=")[2], signing)
        assert member is not None
        return dict((await store.read(connection, visit, member, now())).shared.typed)


async def test_what_was_acknowledged_is_there_afterwards(house: House, forged: Forge) -> None:
    await migrate(house.url, at=AT)
    async with orm(house.url) as connection:
        await fill(connection)
    port, number = free_port(), seed()
    address, chance = f"http://127.0.0.1:{port}", random.Random(number)
    pid = await started(house, forged, port)
    adviser, young = await together(address, age_years="19")
    age, place = Said("19"), Said("")
    rounds, acknowledged = tries(2, 50), 0
    for turn in range(rounds):
        begun: list[tuple[Phone, Phone]] = []
        wait = chance.uniform(0, 0.4)
        work = [
            asyncio.create_task(answering(young, "age_years", AGES, chance, age)),
            asyncio.create_task(answering(adviser, "place", TOWNS, chance, place)),
            asyncio.create_task(beginning(address, begun)),
        ]
        await asyncio.sleep(wait)
        os.kill(pid, signal.SIGKILL)
        await asyncio.gather(*work)
        told = f"{house.engine}, KILL_SEED={number}, turn {turn}"
        pid = await started(house, forged, port)
        held = await shared_by(house, young)
        assert age.allows(held["age_years"]) and place.allows(held.get("place", "")), (told, held, age, place)
        age, place = Said(held["age_years"]), Said(held.get("place", ""))
        for pair in ((adviser, young), *begun):
            for phone in pair:
                assert (await phone.ask("GET", phone.visit)).status == 200, told
        acknowledged += len(begun)
    os.kill(pid, signal.SIGKILL)
    assert not (wrong := await sound(house)), wrong
    what = f"kill -9 of the server during visits, {house.engine}"
    survived("fault", what, rounds, rounds, HOW)


async def started(house: House, forged: Forge, port: int) -> int:
    """A server on that port; its number."""
    pid = forged.begin(house, "serve", PORT=str(port))
    await asyncio.to_thread(wait_for, port)
    return pid
