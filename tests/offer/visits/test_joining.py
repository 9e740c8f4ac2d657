"""Coming in with a key of the browser's own, on both engines: what lies in the rows, what a fault costs."""

from datetime import timedelta
from hashlib import blake2b

import pytest
from nacl.public import Box, PrivateKey, PublicKey, SealedBox
from tortoise.backends.base.client import BaseDBAsyncClient

from offer.db.visit_models import VisitKnock, VisitRow
from offer.visits import joining, store
from offer.visits.cookies import Member, Waiting
from offer.visits.joining import Handed
from offer.visits.keys import NotForThisKey, hand_over, new_key, to_bytes, to_text
from offer.visits.store import Full, Over, Started
from tests.offer.visits.people import AT, SOON, opened


@pytest.fixture
def tab() -> PrivateKey:
    """The key of a tab, which no request carries."""
    return PrivateKey.generate()


async def knock(database: BaseDBAsyncClient, started: Started, tab: PrivateKey) -> Waiting:
    return (await joining.knock(database, started.visit, SOON, bytes(tab.public_key))).waiting


async def admit(database: BaseDBAsyncClient, started: Started, waiting: Waiting) -> None:
    await joining.admit(database, started.visit, started.member, waiting.id, SOON)


async def box_for(database: BaseDBAsyncClient, started: Started, waiting: Waiting) -> str:
    """What the page of somebody who was let in has in it."""
    handed = await joining.enter(database, started.visit, waiting, SOON)
    assert isinstance(handed, Handed)
    return handed.box


async def test_only_the_public_key_is_kept_and_only_that_tab_opens_what_is_handed_over(
    database: BaseDBAsyncClient, started: Started, tab: PrivateKey
) -> None:
    waiting = await knock(database, started, tab)
    assert waiting.private is None
    assert await joining.enter(database, started.visit, waiting, SOON) is None
    assert (await VisitKnock.get(id=waiting.id)).public == to_text(bytes(tab.public_key))
    await admit(database, started, waiting)
    box = await box_for(database, started, waiting)
    key = opened(box, tab)
    assert key == started.member.key
    with pytest.raises(NotForThisKey):
        opened(box, PrivateKey.generate())
    member = await joining.come_in(database, started.visit, waiting, key, SOON)
    assert member == Member(waiting.id, "young_person", key)


async def test_what_was_handed_over_lies_there_until_they_are_seen_inside(
    database: BaseDBAsyncClient, started: Started, tab: PrivateKey
) -> None:
    waiting = await knock(database, started, tab)
    await admit(database, started, waiting)
    for _ in range(2):  # a reply that was lost: the page once more, and the key once more
        key = opened(await box_for(database, started, waiting), tab)
        member = await joining.come_in(database, started.visit, waiting, key, SOON)
    await store.read(database, started.visit, started.member, SOON)
    assert await VisitKnock.all().count() == 1, "the other one looks"
    await store.read(database, started.visit, member, SOON)
    assert await VisitKnock.all().count() == 0
    with pytest.raises(Over):  # from now on the cookie of who waited is worth nothing
        await joining.enter(database, started.visit, waiting, SOON)
    with pytest.raises(Over):
        await joining.come_in(database, started.visit, waiting, key, SOON)
    with pytest.raises(Over):
        await joining.knock_again(database, started.visit, waiting, SOON, lost=True)


async def test_a_key_that_does_not_open_the_visit_lets_nobody_in(
    database: BaseDBAsyncClient, started: Started, tab: PrivateKey
) -> None:
    waiting = await knock(database, started, tab)
    with pytest.raises(NotForThisKey):  # the right key, but nobody has let them in
        await joining.come_in(database, started.visit, waiting, started.member.key, SOON)
    await admit(database, started, waiting)
    for wrong in (new_key(), bytes(32)):
        with pytest.raises(NotForThisKey):
            await joining.come_in(database, started.visit, waiting, wrong, SOON)
    with pytest.raises(Over):
        await joining.come_in(database, started.visit, Waiting("nobody", None), started.member.key, SOON)


@pytest.mark.parametrize("scripted", [True, False])
async def test_who_was_let_in_and_lost_the_key_is_let_in_again(
    database: BaseDBAsyncClient, started: Started, tab: PrivateKey, scripted: bool
) -> None:
    waiting = (
        await knock(database, started, tab)
        if scripted
        else (await joining.knock(database, started.visit, SOON)).waiting
    )
    await admit(database, started, waiting)
    await joining.enter(database, started.visit, waiting, SOON)  # the reply is lost, or the tab was closed
    assert await joining.knock_again(database, started.visit, waiting, SOON) is None, "not by accident"
    new = PrivateKey.generate()
    again = await joining.knock_again(
        database, started.visit, waiting, SOON, bytes(new.public_key), lost=True
    )
    assert again == Waiting(waiting.id, None), "the same number"
    seen = await store.read(database, started.visit, started.member, SOON)
    assert seen.knocking == (waiting.id,) and seen.here == {"adviser"}
    with pytest.raises(Full):  # the code stays dead for everybody else
        await joining.knock(database, started.visit, SOON)
    await admit(database, started, again)
    assert opened(await box_for(database, started, again), new) == started.member.key


async def test_a_lost_key_with_nobody_left_to_let_them_in_ends_the_visit(
    database: BaseDBAsyncClient, started: Started, tab: PrivateKey
) -> None:
    waiting = await knock(database, started, tab)
    await admit(database, started, waiting)
    await store.leave(database, started.visit, started.member)
    with pytest.raises(Over):
        await joining.knock_again(database, started.visit, waiting, SOON, lost=True)
    assert await VisitRow.all().count() == await VisitKnock.all().count() == 0


async def test_the_newest_tab_of_somebody_who_waits_is_the_one_that_opens(
    database: BaseDBAsyncClient, started: Started, tab: PrivateKey
) -> None:
    first = await knock(database, started, tab)
    same = bytes(tab.public_key)
    assert await joining.knock_again(database, started.visit, first, SOON, same) is None, "pressed twice"
    newer = PrivateKey.generate()
    second = await joining.knock_again(database, started.visit, first, SOON, bytes(newer.public_key))
    assert second is not None and second.id == first.id
    without = await joining.knock_again(database, started.visit, second, SOON)
    assert without is not None and without.private is not None, "its script was turned off"
    assert await joining.knock_again(database, started.visit, without, SOON) is None
    with_script = await joining.knock_again(database, started.visit, without, SOON, same)
    assert with_script == first
    assert (await VisitRow.get(id=started.visit)).knocks == 1
    await admit(database, started, first)
    assert opened(await box_for(database, started, first), tab) == started.member.key


async def test_turned_away_or_over_there_is_nothing_to_open(
    database: BaseDBAsyncClient, started: Started, tab: PrivateKey
) -> None:
    waiting = await knock(database, started, tab)
    await joining.turn_away(database, started.visit, started.member, waiting.id, SOON)
    other = await knock(database, started, tab)
    await admit(database, started, other)
    late = AT + store.LASTS + timedelta(seconds=1)
    for who, at in ((waiting, SOON), (other, late)):
        with pytest.raises(Over):
            await joining.enter(database, started.visit, who, at)
        with pytest.raises(Over):
            await joining.come_in(database, started.visit, who, started.member.key, at)
        with pytest.raises(Over):
            await joining.knock_again(database, started.visit, who, at, lost=True)


async def test_a_row_that_the_code_before_sealed_is_opened_the_same_way(
    database: BaseDBAsyncClient, started: Started, tab: PrivateKey
) -> None:
    """It sealed to whatever key stood in the row, with libsodium's sealed box, and does so still."""
    waiting = await knock(database, started, tab)
    await admit(database, started, waiting)
    by_old_code = to_text(bytes(SealedBox(tab.public_key).encrypt(started.member.key)))
    await VisitKnock.filter(id=waiting.id).update(handed=by_old_code)
    assert opened(await box_for(database, started, waiting), tab) == started.member.key


def test_the_nonce_is_that_of_libsodium(tab: PrivateKey) -> None:
    key = new_key()
    raw = to_bytes(hand_over(key, bytes(tab.public_key)))
    nonce = blake2b(raw[:32] + bytes(tab.public_key), digest_size=24).digest()
    assert Box(tab, PublicKey(raw[:32])).decrypt(raw[32:], nonce) == key
