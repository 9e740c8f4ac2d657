"""Two councils edit for a while, in any order and sometimes at once: always what the plain model says.

After each step everything is read back: what is public, every version ever kept, each change and its drafts,
the number of the catalogue and the audit log, whose chain has to hold.
"""

import asyncio
import copy
import json
from collections.abc import Iterator, Mapping
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from itertools import permutations
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)
from tortoise.backends.base.client import BaseDBAsyncClient

from offer.catalogue.publishing import publish
from offer.catalogue.reading import read_published
from offer.catalogue.revisions import Stamp, save
from offer.db.change_models import StaffChange
from offer.db.connections import orm
from offer.db.errors import Refused
from offer.db.models import CatalogueVersion, PublishedRevision, Revision
from offer.entitlements.schema import Entitlement
from offer.staff import audit, changes
from offer.staff.audit import By
from offer.staff.change import Item, ScopeSettings
from offer.staff.change_publishing import publish_change, publish_due
from offer.staff.change_rows import items_of, mark_of
from offer.staff.scope_settings import keep_settings
from offer.staff.versions import go_back
from offer.staff.withdrawal import withdraw
from tests.attack.editing_model import SCOPES, Model, No, Paper, scope_of_slug
from tests.attack.engines import Copies, postgres_copies, sqlite_copies
from tests.offer.catalogue.conftest import entry
from tests.offer.conftest import postgres_server
from tests.strength import survived, tries

__all__ = ["postgres_server"]
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
KIND = "entitlement"
PEOPLE = tuple(By(number, "Leaving care") for number in (1, 2, 3))
SLUGS = ("durham-1", "durham-2", "lincolnshire-1", "lincolnshire-2", "durham-3", "lincolnshire-3")
AT_FIRST = SLUGS[:4]  # the others are begun by somebody
_REAL = {
    **{each.__name__: each for each in (publish_change, go_back, keep_settings, withdraw)},
    **{name: getattr(changes, name) for name in
       ("put", "take_out", "submit", "send_back", "approve", "drop", "schedule")},
}  # fmt: skip
_NUMBERS = st.integers(0, 30)
_PEOPLE = st.sampled_from(PEOPLE)
_MOVES = ("submit", "send_back", "approve", "drop", "publish_change")


def body(slug: str, words: str) -> dict[str, Any]:
    """An entry of which only its summary ever differs."""
    return entry(slug, authority=scope_of_slug(slug), title=slug.replace("-", " ").title(), summary=words)


async def fill() -> None:
    """Four entries, two of each council, and the public sees them."""
    for slug in AT_FIRST:
        await save(
            KIND, Entitlement.model_validate(body(slug, f"First of {slug}.")), Stamp("files", AT, "loaded")
        )
    await publish(at=AT, author="files")


class Editing(RuleBasedStateMachine):
    """Three people, two councils. Each rule does one act for real and in the model, and compares."""

    copies: ClassVar[Copies]
    steps: ClassVar[int] = 0

    def __init__(self) -> None:
        super().__init__()
        self.at, self.words = AT, 0
        papers = {slug: Paper([(f"First of {slug}.", "public")], 1, {1}) for slug in AT_FIRST}
        self.model = Model(papers)
        self.stack = ExitStack()
        url = self.stack.enter_context(type(self).copies())
        self.runner = self.stack.enter_context(asyncio.Runner())
        self.database = orm(url)
        self.connection: BaseDBAsyncClient = self.runner.run(self.database.__aenter__())

    def teardown(self) -> None:
        try:
            self.runner.run(self.as_the_public_sees_it())
        finally:
            self.runner.run(self.database.__aexit__(None, None, None))
            self.stack.close()

    @initialize(published=st.booleans())
    def first_changes(self, published: bool) -> None:
        """Both councils are at work on something; one may have published a change already."""
        for number, scope in enumerate(sorted(SCOPES.values())):
            self.begin(scope, PEOPLE[number])
            self.write(0, SLUGS[0], PEOPLE[number], number)
        if published:
            self.all_the_way(0, PEOPLE[0], PEOPLE[1])
            self.begin(scope, PEOPLE[2])
            self.write(0, SLUGS[0], PEOPLE[2], 3)

    @rule(scope=st.sampled_from(sorted(SCOPES.values())), who=_PEOPLE)
    def begin(self, scope: str, who: By) -> None:
        at = self.later()
        number = self.runner.run(changes.open_change(self.connection, scope, "A change", who, at))
        self.model.open_change(scope, at, number)

    @rule(which=_NUMBERS, slug=st.sampled_from(SLUGS), who=_PEOPLE, way=st.integers(0, 9))
    def write(self, which: int, slug: str, who: By, way: int) -> None:
        change = self.change(which)
        own = [each for each in SLUGS if scope_of_slug(each) == self.model.plans[change].scope]
        slug = slug if way == 9 else own[which % len(own)]  # seldom another council's
        self.do("put", change, self.draft(change, slug, way), who, self.later())

    @rule(which=_NUMBERS, slug=st.sampled_from(SLUGS), who=_PEOPLE)
    def take_out(self, which: int, slug: str, who: By) -> None:
        self.do("take_out", self.change(which), KIND, slug, who, self.later())

    @rule(
        which=_NUMBERS,
        act=st.sampled_from(_MOVES),
        who=_PEOPLE,
        stale=st.sampled_from(["", "", "", "old", "new"]),
    )
    def move(self, which: int, act: str, who: By, stale: str) -> None:
        change = self.change(which)
        marks = {"": "", "old": mark_of(AT), "new": mark_of(self.model.plans[change].changed_at)}
        self.do(act, change, who, self.later(), seen=marks[stale])

    @rule(which=_NUMBERS, who=_PEOPLE)
    def go_on(self, which: int, who: By) -> None:
        """The act that comes next in the life of a change."""
        change = self.change(which)
        following = {"draft": "submit", "review": "approve", "approved": "publish_change"}
        act = following.get(self.model.plans[change].state, "drop")
        self.do(act, change, who, self.later())

    @rule(which=_NUMBERS, first=_PEOPLE, second=_PEOPLE)
    def all_the_way(self, which: int, first: By, second: By) -> None:
        """Written, handed on, approved and published, as it is meant; each may be refused."""
        self.write(which, SLUGS[0], first, 0)
        for act, who in (("submit", first), ("approve", second), ("publish_change", second)):
            self.do(act, self.change(which), who, self.later())

    @rule(which=_NUMBERS, who=_PEOPLE, minutes=st.sampled_from([None, -5, 30, 90, 600]))
    def schedule(self, which: int, who: By, minutes: int | None) -> None:
        at = self.later()
        hour = None if minutes is None else at + timedelta(minutes=minutes)
        self.do("schedule", self.change(which), hour, who, at)

    @rule(minutes=st.sampled_from([1, 45, 700]))
    def time_passes(self, minutes: int) -> None:
        self.at += timedelta(minutes=minutes)
        done = self.runner.run(publish_due(self.connection, self.at))
        assert done == self.model.publish_due(self.at)

    @rule(
        slug=st.sampled_from(SLUGS),
        who=_PEOPLE,
        opened=st.sampled_from([0, 0, 0, -1]),
        hours=st.integers(0, 2),
    )
    def take_away(self, slug: str, who: By, opened: int, hours: int) -> None:
        at, seen = self.later(), self.model.newest(slug) + opened
        hour = at + timedelta(hours=hours) if hours else None
        self.do("withdraw", KIND, slug, seen, "It harms somebody.", who, at, hour)

    @rule(
        slug=st.sampled_from(SLUGS),
        number=st.integers(1, 6),
        who=_PEOPLE,
        opened=st.sampled_from([0, 0, 0, -1]),
    )
    def go_back(self, slug: str, number: int, who: By, opened: int) -> None:
        number = 1 + number % max(1, self.model.newest(slug))
        self.do("go_back", KIND, slug, number, self.model.newest(slug) + opened, who, self.later())

    @rule(scope=st.sampled_from(sorted(SCOPES.values())), asked=st.booleans(), who=_PEOPLE)
    def four_eyes(self, scope: str, asked: bool, who: By) -> None:
        self.do("keep_settings", ScopeSettings(scope, four_eyes=asked), who, self.later())

    @rule(
        which=_NUMBERS,
        acts=st.lists(st.sampled_from([*_MOVES, "put"]), min_size=2, max_size=2),
        way=st.integers(0, 3),
    )
    def two_at_once(self, which: int, acts: list[str], way: int) -> None:
        """Two people press a button at the same moment: as if one had been a moment before the other."""
        change = self.change(which)
        slug = next(each for each in SLUGS if scope_of_slug(each) == self.model.plans[change].scope)
        asked: list[tuple[str, tuple[Any, ...]]] = []
        for number, act in enumerate(acts):
            more = (self.draft(change, slug, way),) if act == "put" else ()
            asked.append((act, (change, *more, PEOPLE[number], self.later())))
        self.at_once(asked)

    @rule(
        which=_NUMBERS,
        number=st.integers(1, 6),
        act=st.sampled_from(["go_back", "put", *_MOVES]),
        way=st.integers(0, 3),
    )
    def back_while_others_act(self, which: int, number: int, act: str, way: int) -> None:
        """Somebody brings a version back while somebody else works on that entry, or brings it back too."""
        change = self.change(which)
        held = sorted(self.model.plans[change].items)
        own = [each for each in SLUGS if scope_of_slug(each) == self.model.plans[change].scope]
        slug = held[way % len(held)] if held else own[0]
        newest, first, second = self.model.newest(slug), PEOPLE[0], PEOPLE[1]
        seen = sorted(self.model.papers[slug].seen) if slug in self.model.papers else [1]
        back = (KIND, slug, seen[number % len(seen)], newest, first, self.later())
        if act == "go_back":
            other: tuple[Any, ...] = (KIND, slug, seen[way % len(seen)], newest, second, self.later())
        else:
            more = (self.draft(change, slug, way),) if act == "put" else ()
            other = (change, *more, second, self.later())
        self.at_once([("go_back", back), (act, other)])

    def at_once(self, asked: list[tuple[str, tuple[Any, ...]]]) -> None:
        """Two acts at the same moment leave what one after the other would, in one of the two orders."""
        refused = self.runner.run(self.both(asked))
        orders = [self.in_order(asked, order) for order in permutations(range(2))]
        stands = self.runner.run(standing(self.connection))
        fits = [model for model, no in orders if no == refused and model.snapshot() == stands]
        assert fits, (asked, refused, stands, [(no, model.snapshot()) for model, no in orders])
        self.model = fits[0]

    @invariant()
    def everything_is_as_the_model_says(self) -> None:
        type(self).steps += 1
        assert self.runner.run(standing(self.connection)) == self.model.snapshot()
        log = self.runner.run(audit.standing(self.connection))
        assert log.broken is None and log.guarded

    def later(self) -> datetime:
        self.at += timedelta(minutes=1, microseconds=7)
        return self.at

    def change(self, which: int) -> int:
        """One of the changes, the newest more often."""
        numbers = sorted(self.model.plans, reverse=True)
        return numbers[which // 4 % len(numbers)]

    def draft(self, change: int, slug: str, way: int) -> Item:
        """A document as somebody saves it: mostly on what stands, at times older, or with a fault."""
        self.words += 1
        held = self.model.plans[change].items.get(slug)
        edition = (held.edition if held else 0) + (way == 8)
        base = max(0, self.model.newest(slug) - (way == 7))
        words = "" if way == 6 else f"Words {self.words}."
        return Item(KIND, slug, "withdraw" if way == 5 else "save", base, body(slug, words), edition)

    def do(self, act: str, *arguments: Any, **more: Any) -> None:
        """One act, for real and in the model: both do it, or both refuse."""
        try:
            made = self.runner.run(_REAL[act](self.connection, *arguments, **more))
            refused = ""
        except Refused as fault:
            made, refused = 0, str(fault)
        try:
            getattr(self.model, act)(*arguments, **more, **({"number": made} if act == "withdraw" else {}))
            allowed = True
        except No:
            allowed = False
        assert allowed is not bool(refused), (act, arguments, more, refused)

    async def both(self, asked: list[tuple[str, tuple[Any, ...]]]) -> tuple[bool, ...]:
        """Whether each of two acts at the same moment was refused."""
        done = await asyncio.gather(
            *(_REAL[act](self.connection, *arguments) for act, arguments in asked), return_exceptions=True
        )
        for each in done:
            if isinstance(each, BaseException) and not isinstance(each, Refused):
                raise each
        return tuple(isinstance(each, Refused) for each in done)

    def in_order(
        self, asked: list[tuple[str, tuple[Any, ...]]], order: tuple[int, ...]
    ) -> tuple[Model, tuple[bool, ...]]:
        """What would stand, and what would be refused, were they done one after another."""
        model, no = copy.deepcopy(self.model), [False, False]
        for number in order:
            act, arguments = asked[number]
            try:
                getattr(model, act)(*arguments)
            except No:
                no[number] = True
        return model, tuple(no)

    async def as_the_public_sees_it(self) -> None:
        """What a process that starts now would serve."""
        read = await read_published(self.connection)
        seen = sorted((each.id, each.summary) for each in read.entitlements)
        assert seen == self.model.snapshot()["public"]


async def standing(connection: BaseDBAsyncClient) -> Mapping[str, Any]:
    """Everything as it stands in the database, in the form of the model's own."""
    live = PublishedRevision.filter(until=None).using_db(connection)
    public = await live.values_list("revision__document__slug", "revision__body")
    versions: dict[str, list[tuple[str, str]]] = {}
    kept = Revision.all().using_db(connection).order_by("document_id", "number")
    for slug, text in await kept.values_list("document__slug", "body"):
        held = json.loads(text)
        versions.setdefault(slug, []).append((held["summary"], held.get("stage", "draft")))
    found = {}
    for row in await StaffChange.all().using_db(connection):
        items = await items_of(connection, row.id)
        drafts = {each.slug: (each.act, each.body["summary"], each.edition, each.account) for each in items}
        found[row.id] = (row.state, row.approved_by, row.publish_at, drafts)
    return {
        "public": sorted((slug, json.loads(text)["summary"]) for slug, text in public),
        "versions": versions,
        "changes": found,
        "version": (await CatalogueVersion.get(id=1, using_db=connection)).number,
        "acts": (await audit.standing(connection)).rows,
    }


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def copies(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Copies]:
    """A fresh database for each run of the machine, on each engine."""
    if request.param == "sqlite":
        made = sqlite_copies(tmp_path_factory.mktemp("editing"), AT, fill)
    else:
        made = postgres_copies(request.getfixturevalue("postgres_server"), AT, fill)
    with made as found:
        yield found


def test_editing_is_what_the_model_says(copies: Copies, request: pytest.FixtureRequest) -> None:
    engine = "SQLite" if "sqlite" in request.node.name else "PostgreSQL"
    few, many = (6, 150) if engine == "SQLite" else (2, 60)

    class Run(Editing):
        pass

    Run.copies = copies
    run_state_machine_as_test(
        Run,
        settings=settings(
            max_examples=tries(few, many), stateful_step_count=tries(25, 50), deadline=None, database=None,
            derandomize=True, suppress_health_check=list(HealthCheck),
        ),
    )  # fmt: skip
    survived(
        "attack", f"acts of two councils' editors in any order, held to a plain model ({engine})",
        Run.steps, Run.steps, "make strength ARGS=tests/attack/test_editing_machine.py",
    )  # fmt: skip
