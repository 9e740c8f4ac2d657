"""A visit in the database, on both engines: who gets in, what is kept sealed, and that its end is one."""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from tortoise.backends.base.client import BaseDBAsyncClient

from offer.db.connections import is_sqlite, orm
from offer.db.migrate import migrate
from offer.db.sqlite_file import path_of
from offer.db.visit_models import VisitKnock, VisitRow
from offer.visits import joining, store
from offer.visits.cookies import Member, Waiting
from offer.visits.keys import new_key, new_pair
from offer.visits.shared import LeftOut, Role, Shared, answered, pointed, taken_out
from offer.visits.store import Full, Over, Started
from tests.offer.visits.people import AT, SOON

CANARY = "zebra-canary"
End = Callable[[BaseDBAsyncClient, Started, Member], Awaitable[None]]


async def knock(database: BaseDBAsyncClient, code: str, at: datetime) -> joining.Knocked:
    """Knocks at the visit of a code."""
    return await joining.knock(database, await joining.visit_of(database, code, at), at)


async def joined(database: BaseDBAsyncClient, started: Started) -> Member:
    """The other person, let in by the one who started."""
    knocked = await knock(database, started.code, SOON)
    assert await joining.enter(database, knocked.visit, knocked.waiting, SOON) is None
    await joining.admit(database, started.visit, started.member, knocked.waiting.id, SOON)
    member = await joining.enter(database, knocked.visit, knocked.waiting, SOON)
    assert isinstance(member, Member)
    return member


async def answer(
    database: BaseDBAsyncClient, visit: str, who: Member, question: str, typed: Mapping[str, str]
) -> None:
    def how(shared: Shared) -> Shared:
        return answered(shared, who.role, [question], {**shared.typed, **typed})

    await store.change(database, visit, who, how, SOON)


async def test_two_people_see_one_thing(database: BaseDBAsyncClient, started: Started) -> None:
    young = await joined(database, started)
    assert (started.member.role, young.role) == ("adviser", "young_person")
    assert young.key == started.member.key
    await answer(database, started.visit, young, "age_years", {"age_years": "19"})
    await answer(database, started.visit, started.member, "lives_in", {"lives_in": "E07000139"})
    seen = [await store.read(database, started.visit, each, SOON) for each in (young, started.member)]
    assert seen[0] == seen[1]
    assert seen[0].shared.typed == {"age_years": "19", "lives_in": "E07000139"}
    assert {name: given.by for name, given in seen[0].shared.given.items()} == {
        "age_years": "young_person",
        "lives_in": "adviser",
    }
    assert seen[0].here == {"adviser", "young_person"}


async def test_the_code_finds_a_visit_until_it_is_full(database: BaseDBAsyncClient, started: Started) -> None:
    with pytest.raises(Over):
        await knock(database, "CCCCCC", SOON)
    await joined(database, started)
    with pytest.raises(Over):
        await knock(database, started.code, SOON)
    assert (await VisitRow.get(id=started.visit)).code is None


async def test_a_third_person_is_sent_away_when_the_second_is_let_in(
    database: BaseDBAsyncClient, started: Started
) -> None:
    third = await knock(database, started.code, SOON)
    await joined(database, started)
    with pytest.raises(Over):
        await joining.enter(database, third.visit, third.waiting, SOON)
    with pytest.raises(Full):
        await joining.admit(database, started.visit, started.member, third.waiting.id, SOON)


async def test_somebody_turned_away_is_told_so(database: BaseDBAsyncClient, started: Started) -> None:
    knocked = await knock(database, started.code, SOON)
    seen = await store.read(database, started.visit, started.member, SOON)
    assert seen.knocking == (knocked.waiting.id,)
    await joining.turn_away(database, started.visit, started.member, knocked.waiting.id, SOON)
    with pytest.raises(Over):
        await joining.enter(database, knocked.visit, knocked.waiting, SOON)
    await joined(database, started)  # the code still works for the right person


async def test_ten_knocks_and_the_code_is_dead(database: BaseDBAsyncClient, started: Started) -> None:
    for _ in range(joining.MOST_KNOCKS):
        await knock(database, started.code, SOON)
    with pytest.raises(Full):
        await knock(database, started.code, SOON)


async def test_the_key_is_handed_over_once_and_to_one_person_only(
    database: BaseDBAsyncClient, started: Started
) -> None:
    knocked = await knock(database, started.code, SOON)
    await joining.admit(database, started.visit, started.member, knocked.waiting.id, SOON)
    stranger = Waiting(knocked.waiting.id, new_pair()[0])
    with pytest.raises(Over):
        await joining.enter(database, knocked.visit, stranger, SOON)
    assert await joining.enter(database, knocked.visit, knocked.waiting, SOON)
    left = await VisitKnock.get(id=knocked.waiting.id)
    assert (left.handed, left.public) == ("", ""), "what was handed over is erased"
    assert await joining.enter(database, knocked.visit, knocked.waiting, SOON) == joining.Handed("")


async def test_who_has_no_key_reads_and_changes_nothing(
    database: BaseDBAsyncClient, started: Started
) -> None:
    guesses = (
        Member(started.member.id, "adviser", new_key()),  # the right person, a wrong key
        Member("nobody", "adviser", started.member.key),
    )
    for guess in guesses:
        with pytest.raises(Over):
            await store.read(database, started.visit, guess, SOON)
        with pytest.raises(Over):
            await answer(database, started.visit, guess, "age_years", {"age_years": "19"})
    knocked = await knock(database, started.code, SOON)
    with pytest.raises(Over):  # a forged member must not lock the real ones out
        await joining.admit(database, started.visit, guesses[0], knocked.waiting.id, SOON)


async def test_answers_at_the_same_instant_are_all_kept(
    database: BaseDBAsyncClient, started: Started
) -> None:
    young = await joined(database, started)
    people: tuple[Member, ...] = (young, started.member)
    questions = [f"q{number}" for number in range(8)]
    await asyncio.gather(
        *(
            answer(database, started.visit, people[number % 2], question, {question: str(number)})
            for number, question in enumerate(questions)
        )
    )
    seen = await store.read(database, started.visit, young, SOON)
    assert seen.shared.typed == {question: str(number) for number, question in enumerate(questions)}
    assert seen.shared.change == len(questions)


async def test_two_answers_to_one_question_end_as_one_with_its_giver(
    database: BaseDBAsyncClient, started: Started
) -> None:
    young = await joined(database, started)
    both = ((young, "19"), (started.member, "20"))
    await asyncio.gather(
        *(answer(database, started.visit, who, "age_years", {"age_years": age}) for who, age in both)
    )
    shared = (await store.read(database, started.visit, young, SOON)).shared
    by: dict[str, Role] = {"19": "young_person", "20": "adviser"}
    assert shared.given["age_years"].by == by[shared.typed["age_years"]]


async def test_a_question_taken_out_stays_out_for_the_adviser(
    database: BaseDBAsyncClient, started: Started
) -> None:
    young = await joined(database, started)
    await answer(database, started.visit, started.member, "pregnant", {"pregnant": "true"})
    await store.change(database, started.visit, young, lambda shared: taken_out(shared, "pregnant", {}), SOON)
    with pytest.raises(LeftOut):
        await answer(database, started.visit, started.member, "pregnant", {"pregnant": "true"})
    shared = (await store.read(database, started.visit, young, SOON)).shared
    assert not shared.typed and not shared.given and shared.left_out == {"pregnant"}


async def test_a_visit_is_over_after_two_hours_and_then_erased(
    database: BaseDBAsyncClient, started: Started
) -> None:
    last = AT + store.LASTS
    assert await store.read(database, started.visit, started.member, last - timedelta(seconds=1))
    for moment in (last, last + timedelta(days=1)):
        with pytest.raises(Over):
            await store.read(database, started.visit, started.member, moment)
        with pytest.raises(Over):
            await knock(database, started.code, moment)
    assert not await store.sweep(database, last - timedelta(seconds=1))
    assert await store.sweep(database, last)
    assert await VisitRow.all().count() == 0


async def test_who_leaves_is_out_and_the_last_one_erases_all(
    database: BaseDBAsyncClient, started: Started
) -> None:
    young = await joined(database, started)
    await store.leave(database, started.visit, young)
    with pytest.raises(Over):
        await store.read(database, started.visit, young, SOON)
    seen = await store.read(database, started.visit, started.member, SOON)
    assert seen.here == {"adviser"}
    await store.leave(database, started.visit, young)  # twice is no fault
    await store.leave(database, started.visit, started.member)
    assert await VisitRow.all().count() == 0


async def test_either_may_wipe_everything(database: BaseDBAsyncClient, started: Started) -> None:
    young = await joined(database, started)
    await store.wipe(database, started.visit, Member("nobody", "adviser", new_key()))
    assert await VisitRow.all().count() == 1
    await store.wipe(database, started.visit, young)
    assert await VisitRow.all().count() == 0
    with pytest.raises(Over):
        await store.read(database, started.visit, started.member, SOON)


async def _both_leave(database: BaseDBAsyncClient, started: Started, young: Member) -> None:
    await store.leave(database, started.visit, young)
    await store.leave(database, started.visit, started.member)


async def _one_ends_it(database: BaseDBAsyncClient, started: Started, young: Member) -> None:
    await store.wipe(database, started.visit, young)


async def _two_hours_pass(database: BaseDBAsyncClient, _started: Started, _young: Member) -> None:
    assert await store.sweep(database, AT + store.LASTS)


@pytest.mark.parametrize("end", [_both_leave, _one_ends_it, _two_hours_pass])
async def test_after_the_end_nothing_of_a_visit_is_left(
    database_url: str, database: BaseDBAsyncClient, started: Started, end: End
) -> None:
    knocked = await knock(database, started.code, SOON)
    await joining.admit(database, started.visit, started.member, knocked.waiting.id, SOON)
    handed = (await VisitKnock.get(id=knocked.waiting.id)).handed
    young = await joining.enter(database, knocked.visit, knocked.waiting, SOON)
    assert isinstance(young, Member) and handed is not None
    sealed = [handed]
    for place in (CANARY, f"{CANARY} again"):
        await answer(database, started.visit, young, "place", {"place": place})
        row = await VisitRow.get(id=started.visit)
        stored = f"{row.sealed} {row.members} {row.code} {row.signing}"
        assert CANARY not in stored and started.code not in stored
        sealed.append(row.sealed)
    await end(database, started, young)
    assert await VisitRow.all().count() == await VisitKnock.all().count() == 0
    if is_sqlite(database_url):  # PostgreSQL's log and backups may keep ciphertext; the docs say so
        kept = b"".join(_files(path_of(database_url)))
        assert not [text for text in sealed if text[:40].encode() in kept], "the ciphertext too is gone"
        assert started.visit.encode() not in kept and CANARY.encode() not in kept


async def test_while_a_visit_goes_on_its_ciphertext_is_in_the_file(
    sqlite_url: str,
) -> None:
    await migrate(sqlite_url, at=AT)
    async with orm(sqlite_url) as connection:
        begun = await store.start(connection, "adviser", AT)
        sealed = (await VisitRow.get(id=begun.visit)).sealed
        assert any(sealed[:40].encode() in raw for raw in _files(path_of(sqlite_url)))


async def test_a_journal_that_somebody_reads_at_the_end_is_emptied_by_the_next_sweep(sqlite_url: str) -> None:
    await migrate(sqlite_url, at=AT)
    async with orm(sqlite_url) as connection:
        begun = await store.start(connection, "adviser", AT)
        sealed = (await VisitRow.get(id=begun.visit)).sealed[:40].encode()
        reader = sqlite3.connect(path_of(sqlite_url))
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM visit").fetchone()
        await store.wipe(connection, begun.visit, begun.member)
        assert any(sealed in raw for raw in _files(path_of(sqlite_url))), "the reader still needs it"
        reader.close()
        await store.sweep(connection, AT)
        assert not any(sealed in raw for raw in _files(path_of(sqlite_url)))


def _files(file: Path) -> list[bytes]:
    return [each.read_bytes() for each in file.parent.glob(f"{file.name}*")]


async def test_a_finger_points_until_it_is_taken_away(database: BaseDBAsyncClient, started: Started) -> None:
    for at in ("staying-put", ""):
        await store.change(
            database, started.visit, started.member, partial(pointed, by="adviser", at=at), SOON
        )
        shared = (await store.read(database, started.visit, started.member, SOON)).shared
        assert (shared.pointer.at if shared.pointer else "") == at
