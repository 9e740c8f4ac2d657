"""Four people around one visit, in any order, over HTTP: always what the plain model says.

Two may be in it and no third; nobody else ever reads a word; every answer that was taken is there; when it
is over its row is gone. Cookies kept from an earlier moment are tried as well.
"""

import asyncio
import copy
import json
import re
from collections.abc import Awaitable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import permutations
from pathlib import Path
from typing import ClassVar, TypeVar

import httpx2
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from nacl.public import PrivateKey
from starlette.applications import Starlette
from tortoise.backends.base.client import BaseDBAsyncClient

from offer.app import create_app
from offer.db.connections import orm
from offer.db.migrate import migrate
from offer.db.visit_models import VisitKnock, VisitRow
from offer.pages import visit_deeds, visit_door, visit_knocking, visit_leaving, visit_room
from offer.published import Published
from offer.settings import Settings
from offer.visits import store
from offer.visits.cookies import read_member
from offer.visits.keys import to_text
from offer.visits.shared import ROLES, Role
from tests.attack.unhurried import unhurried
from tests.attack.visit_model import Model
from tests.offer.visits.people import Phone, begun, opened
from tests.strength import survived, tries

Made = TypeVar("Made")
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
NAMES = ("anna", "ben", "cara", "dan")
BEGINS = NAMES[0]
# Answers that contradict none of the others; a place is said back by the name of its district.
ANSWERS = {
    "age_years": ("18", "20", "22"),
    "employed": ("true", "false"),
    "pregnant": ("true", "false"),
    "place": ("Sleaford", "Boston", "Skegness"),
}
FACT = {"place": "lives_in"}
SECRETS = ("Sleaford", "North Kesteven", "Skegness", "East Lindsey", "You said this", "seen_change")
POINTS = ("", "staying-put", "setting-up-home-allowance")
_NAMES = st.sampled_from(NAMES)
_SAID = st.sampled_from([(name, text) for name, texts in ANSWERS.items() for text in texts])
_PAGES = {
    "room": "Your visit",
    "waiting": "Waiting to be let in",
    "handed": "They have let you in",
    "ask": "Ask to join",
    "over": "This visit is over",
}


class Visiting(RuleBasedStateMachine):
    """One visit. Each rule does one deed for real and in the model, and compares the replies."""

    app: ClassVar[Starlette]
    runner: ClassVar[asyncio.Runner]
    connection: ClassVar[BaseDBAsyncClient]
    moment: ClassVar[datetime] = AT
    steps: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        transport = httpx2.ASGITransport(app=self.app)
        self.phones = {
            name: Phone(httpx2.AsyncClient(transport=transport, base_url="http://offer.test"))
            for name in NAMES
        }
        self.tabs = {name: PrivateKey.generate() for name in NAMES}
        self.kept: list[tuple[str, dict[str, str]]] = []  # cookies of an earlier moment, and whose they were

    def teardown(self) -> None:
        for phone in self.phones.values():
            self.run(phone.http.aclose())

    @initialize(role=st.sampled_from(ROLES), joined=st.sampled_from([True, True, False]))
    def begin(self, role: Role, joined: bool) -> None:
        Visiting.moment = AT
        if role == "adviser":
            self.address, _ = self.run(begun(self.phones[BEGINS]))
        else:
            reply = self.run(self.phones[BEGINS].post("/visit", role=role))
            self.address = reply.url.path
        self.model = Model(AT, {BEGINS: role}, {BEGINS})
        if joined:
            self.knock(NAMES[3])
            self.let_in(NAMES[1])

    @rule(who=_NAMES, keyed=st.booleans(), lost=st.sampled_from([False, False, True]))
    def knock(self, who: str, keyed: bool = False, lost: bool = False) -> None:
        """With the key of their tab, or as without script; or they have lost what opens the visit."""
        self.model.knock(who, keyed=keyed, lost=lost)
        fields = {"key": to_text(bytes(self.tabs[who].public_key))} if keyed else {}
        again = {"again": "1"} if lost else {}
        self.saw(who, self.run(self.phones[who].post(f"{self.address}/knock", **fields, **again)))

    @rule(who=_NAMES, right=st.sampled_from([True, True, False]))
    def come_in(self, who: str, right: bool) -> None:
        """What the tab makes of the page, or a key that opens nothing."""
        self.look(who)
        box = re.search(r'data-handed="([^"]+)"', self.run(self.phones[who].get(self.address)).text)
        if box and right:
            reply = self.deed(who, "enter", key=to_text(opened(box[1], self.tabs[who])))
            assert reply.status_code == self.model.come_in(who) == 200
        else:
            reply = self.deed(who, "enter", key=to_text(bytes(32)))
            wanted = 403 if box else self.model.come_in(who)
            assert reply.status_code == wanted
        self.saw(who, reply, reply.status_code)

    @rule(who=_NAMES)
    def look(self, who: str) -> None:
        self.model.look(who)
        self.saw(who, self.run(self.phones[who].get(self.address)))

    @rule(who=_NAMES, whom=_NAMES)
    def admit(self, who: str, whom: str) -> None:
        reply = self.deed(who, "admit", knock=self.number_of(whom))
        assert reply.status_code == self.model.admit(who, whom)

    @rule(whom=_NAMES, keyed=st.booleans())
    def let_in(self, whom: str, keyed: bool = False) -> None:
        """As it is meant: they knock, who began lets them in, they look again, or their tab opens it."""
        self.knock(whom, keyed)
        self.admit(BEGINS, whom)
        self.come_in(whom, True)

    @rule(who=_NAMES, whom=_NAMES)
    def turn_away(self, who: str, whom: str) -> None:
        reply = self.deed(who, "turn-away", knock=self.number_of(whom))
        assert reply.status_code == self.model.turn_away(who, whom)

    @rule(who=_NAMES, said=_SAID)
    def answer(self, who: str, said: tuple[str, str]) -> None:
        reply = self.deed(who, "answer", **{said[0]: said[1]})
        assert reply.status_code == self.model.answer(who, *said), reply.text[:2000]

    @rule(first=_SAID, second=_SAID)
    def both_answer_at_once(self, first: tuple[str, str], second: tuple[str, str]) -> None:
        """Two answers at the same moment: as if one had been a moment before the other."""
        people = sorted(self.model.inside)
        if self.model.over or len(people) < 2:
            return
        asked = list(zip(people, (first, second), strict=True))
        replies = self.run(self.at_once([(who, {name: text}) for who, (name, text) in asked]))
        taken = [(who, said) for (who, said), status in zip(asked, replies, strict=True) if status == 200]
        orders = (self.in_order(each) for each in permutations(taken))
        stands = self.run(self.opened(sorted(self.model.inside)[0]))
        self.model = next(each for each in orders if each and (each.typed, each.given) == stands)

    @rule(who=_NAMES, question=st.sampled_from(sorted(ANSWERS)))
    def leave_out(self, who: str, question: str) -> None:
        reply = self.deed(who, "leave-out", fact=FACT.get(question, question))
        assert reply.status_code == self.model.leave_out(who, question)

    @rule(who=_NAMES, at=st.sampled_from(POINTS))
    def point(self, who: str, at: str) -> None:
        assert self.deed(who, "point", at=at).status_code == self.model.point(who, at)

    @rule(who=_NAMES, deed=st.sampled_from(["leave", "leave", "wipe"]))
    def go(self, who: str, deed: str) -> None:
        """Somebody goes, or ends it for both; their browser forgets it."""
        reply = self.deed(who, deed)
        assert reply.status_code == getattr(self.model, deed)(who)
        if reply.status_code == 200:
            assert not self.cookies_of(who)

    @rule(minutes=st.sampled_from([1, 30, 119, 121]))
    def time_passes(self, minutes: int) -> None:
        Visiting.moment += timedelta(minutes=minutes)
        self.model.clock(Visiting.moment)

    @rule()
    def sweep(self) -> None:
        self.run(store.sweep(self.connection, Visiting.moment))

    @rule(who=_NAMES)
    def keep_cookies(self, who: str) -> None:
        """Somebody keeps what their browser holds now."""
        if held := self.cookies_of(who):
            self.kept.append((who, held))

    @precondition(lambda self: self.kept)
    @rule(which=st.integers(0, 5))
    def old_cookies(self, which: int) -> None:
        """Cookies of an earlier moment open no more than their owner may see now, and a knock only once."""
        who, held = self.kept[which % len(self.kept)]
        if self.model.page(who) in ("room", "handed") and who not in self.model.inside:
            return  # let in a moment ago: with this they would come in, on another phone of theirs
        member = "visit" in held and who in self.model.members and not self.model.over
        page, done = self.run(self.with_cookies(held, lost=who in self.model.inside))
        assert ("seen_change" in page.text) == (member and page.status_code == 200)
        if not member:
            assert not [word for word in SECRETS if word in page.text]
            assert done.status_code in (403, 410)

    @invariant()
    def all_is_as_the_model_says(self) -> None:
        type(self).steps += 1
        row = self.run(
            VisitRow.get_or_none(id=self.id, ends_at__gt=Visiting.moment, using_db=self.connection)
        )
        assert (row is None) == self.model.over
        if row is None:
            return
        assert sorted(json.loads(row.members).values()) == sorted(self.model.members.values())
        assert len(json.loads(row.members)) <= 2
        assert (row.code is not None) == self.model.open and row.knocks == self.model.knocks
        assert not [word for word in SECRETS if word in f"{row.sealed}{row.members}{row.signing}"]
        for who in sorted(self.model.inside):
            assert self.run(self.opened(who)) == (self.model.typed, self.model.given)
            assert self.left_out == self.model.left_out

    @invariant()
    def nobody_else_reads_a_word(self) -> None:
        for who in NAMES:
            if who not in self.model.members:
                self.saw(who, self.run(self.phones[who].get(self.address)))

    @invariant()
    def nothing_is_left_of_what_is_over(self) -> None:
        if self.model.over:
            self.run(store.sweep(self.connection, Visiting.moment))
            assert self.run(VisitRow.get_or_none(id=self.id, using_db=self.connection)) is None
            assert not self.run(VisitKnock.filter(visit_id=self.id).using_db(self.connection).count())

    @property
    def id(self) -> str:
        return self.address.rpartition("/")[2]

    def run(self, work: Awaitable[Made]) -> Made:
        return self.runner.run(_awaited(work))

    def deed(self, who: str, name: str, **fields: str) -> httpx2.Response:
        return self.run(self.phones[who].post(f"{self.address}/{name}", **fields))

    def saw(self, who: str, reply: httpx2.Response, status: int = 200) -> None:
        """The page somebody is shown, and that it tells nothing to who is not in."""
        kind = self.model.page(who)
        assert _PAGES[kind] in reply.text, (who, kind, reply.status_code, reply.text[:1500])
        assert reply.status_code == (410 if kind == "over" else status)
        assert "no-store" in reply.headers["cache-control"]
        if kind != "room":
            assert not [word for word in SECRETS if word in reply.text]

    def cookies_of(self, who: str) -> dict[str, str]:
        jar = self.phones[who].http.cookies.jar
        return {each.name: each.value or "" for each in jar if each.path == self.address}

    def number_of(self, who: str) -> str:
        """The id somebody waits under, or the last they had."""
        return self.cookies_of(who).get("visit-waiting", "nobody.").partition(".")[0]

    async def opened(self, who: str) -> tuple[dict[str, str], dict[str, Role]]:
        """The answers that stand and whose they are, as the key of somebody inside opens them."""
        signing = await store.signing_key(self.connection, self.id, Visiting.moment)
        member = read_member(self.cookies_of(who)["visit"], signing)
        assert member is not None
        shared = (await store.read(self.connection, self.id, member, Visiting.moment)).shared
        assert (shared.pointer.at if shared.pointer else "") == self.model.pointer
        typed = {name: shared.typed[name] for name in ANSWERS if name in shared.typed}
        names = {FACT.get(name, name): name for name in ANSWERS}
        self.left_out = {names[fact] for fact in shared.left_out}
        return typed, {names[fact]: given.by for fact, given in shared.given.items()}

    def in_order(self, said: tuple[tuple[str, tuple[str, str]], ...]) -> Model | None:
        """What would stand, were these answers given one after another; None where one would be refused."""
        model = copy.deepcopy(self.model)
        statuses = [model.answer(who, *each) for who, each in said]
        return model if all(status == 200 for status in statuses) else None

    async def at_once(self, asked: list[tuple[str, dict[str, str]]]) -> list[int]:
        replies = await asyncio.gather(
            *(self.phones[who].post(f"{self.address}/answer", **fields) for who, fields in asked)
        )
        return [each.status_code for each in replies]

    async def with_cookies(
        self, held: dict[str, str], *, lost: bool
    ) -> tuple[httpx2.Response, httpx2.Response]:
        """The page, and an answer nobody asked for, with those cookies alone; nothing else is kept of it.

        `lost`: whoever waited with them is in, and must not be put outside by them.
        """
        header = "; ".join(f"{name}={value}" for name, value in held.items())
        transport = httpx2.ASGITransport(app=self.app)
        async with httpx2.AsyncClient(transport=transport, base_url="http://offer.test") as http:
            page = await http.get(self.address, headers={"cookie": header})
            fields = {"sec-fetch-site": "same-origin", "cookie": header}
            if lost and not self.model.open:
                await http.post(f"{self.address}/knock", data={"again": "1"}, headers=fields)
            return page, await http.post(f"{self.address}/answer", data={"shoe_size": "44"}, headers=fields)


async def _awaited(work: Awaitable[Made]) -> Made:
    return await work


@pytest.fixture
def machine(
    published: Published, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[type[Visiting]]:
    """The machine with a service of its own, whose clock it moves."""
    for module in (visit_door, visit_deeds, visit_knocking, visit_room, visit_leaving):
        monkeypatch.setattr(module, "now", lambda: Visiting.moment)
    made = Settings(data_dir=tmp_path, public_url="https://offers.example")
    app = create_app(made)
    app.state.live.edition = published
    app.state.live.fair_use = unhurried()
    with asyncio.Runner() as runner:
        runner.run(migrate(made.database, at=AT))
        database = orm(made.database, everywhere=True)
        connection = runner.run(database.__aenter__())
        app.state.live.connection = connection

        class Run(Visiting):
            pass

        Run.app, Run.runner, Run.connection = app, runner, connection
        try:
            yield Run
        finally:
            runner.run(database.__aexit__(None, None, None))


def test_a_visit_is_what_the_model_says(machine: type[Visiting]) -> None:
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=tries(8, 100), stateful_step_count=tries(20, 40), deadline=None, database=None,
            derandomize=True, suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    survived(
        "attack", "deeds of four people around a visit in any order, held to a plain model",
        machine.steps, machine.steps, "make strength ARGS=tests/attack/test_visit_machine.py",
    )  # fmt: skip
