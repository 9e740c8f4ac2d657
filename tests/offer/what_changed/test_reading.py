"""What changed is read from the publications: new, changed, gone and back, once, and without a name."""

from datetime import timedelta

from tortoise.backends.base.client import BaseDBAsyncClient

from directory.records import ENGLAND
from offer.db.models import Revision
from offer.what_changed.reading import read_changes
from offer.what_changed.told import MANY, Changes
from tests.offer.what_changed.conftest import AT, go, put


def told(changes: Changes) -> list[tuple[str, str, int]]:
    return [(each.act, each.slug or str(each.count), each.version) for each in changes.newest_first]


async def test_a_catalogue_that_was_never_published_has_no_changes(connection: BaseDBAsyncClient) -> None:
    assert await read_changes(connection, 0) == Changes()


async def test_each_publication_is_told_in_the_words_of_what_differs(connection: BaseDBAsyncClient) -> None:
    await put("bursary", amount={"text": "£100 a year"})
    await put("bus-pass")
    first = await go()
    await put("bursary", amount={"text": "£150 a year"}, checked_on="2026-11-02")
    second = await go(10)
    await put("bus-pass", checked_on="2026-11-03")
    third = await go(20)
    await put("bus-pass", stage="draft", checked_on="2026-11-03")
    fourth = await go(30)
    await put("bus-pass", checked_on="2026-11-03", summary="Free buses to college.")
    fifth = await go(40)
    changes = await read_changes(connection, fifth)
    assert told(changes) == [
        ("back", "bus-pass", fifth), ("gone", "bus-pass", fourth), ("checked", "bus-pass", third),
        ("changed", "bursary", second), ("many", "2", first),
    ]  # fmt: skip
    bursary = changes.of_entry("entitlement", "bursary")
    assert [each.act for each in bursary] == ["changed", "new"]
    assert [part.words for part in bursary[0].parts] == ["How much: from “£100 a year” to “£150 a year”"]
    assert [each.act for each in changes.of_places(["E06000047"])] == ["back", "gone", "changed", "many"]
    assert changes.of_places([ENGLAND]) == ()
    assert "Anna" not in repr(changes) and "why" not in repr(changes)
    assert changes.newest_first[-1].at == AT


async def test_what_was_read_before_is_not_read_again(
    connection: BaseDBAsyncClient, monkeypatch: object
) -> None:
    await put("bursary")
    await go()
    await put("bursary", summary="Other words.")
    known = await read_changes(connection, await go(1))
    await put("bus-pass")
    latest = await go(2)
    assert await read_changes(connection, latest, known) == await read_changes(connection, latest)
    later = await read_changes(connection, latest, known)
    held = {(each.slug, each.version): each for each in known.all}
    assert all(each is held[each.slug, each.version] for each in later.all if each.version < latest)


async def test_an_older_edition_is_told_as_it_was_then(connection: BaseDBAsyncClient) -> None:
    await put("bursary")
    first = await go()
    await put("bursary", stage="draft")
    await go(1)
    assert [each.act for each in (await read_changes(connection, first)).all] == ["new"]


async def test_changes_older_than_two_years_are_left_out(connection: BaseDBAsyncClient) -> None:
    await put("bursary")
    await go()
    await put("bursary", summary="Other words.")
    await go(40)
    await put("bus-pass")
    latest = await go(40 + 731)
    changes = await read_changes(connection, latest)
    assert [each.act for each in changes.all] == ["new", "changed"]
    assert changes.since == AT + timedelta(days=40)
    assert (await read_changes(connection, 1)).since == AT, "of days before the first list there is nothing"


async def test_a_council_that_brings_many_pages_at_once_is_one_change(connection: BaseDBAsyncClient) -> None:
    await put("bursary")
    await go()
    for number in range(MANY + 1):
        await put(f"page-{number}", authority="E10000019")
    await put("one-more")
    latest = await go(5)
    changes = await read_changes(connection, latest)
    assert told(changes)[:2] == [("new", "one-more", latest), ("many", str(MANY + 1), latest)]
    assert len(changes.of_entry("entitlement", "page-3")) == 1


async def test_what_only_staff_see_is_no_change(connection: BaseDBAsyncClient) -> None:
    await put("bursary")
    await go()
    await put("bursary", staff_note="Ring Anna", also_known_as=["grant"], review_by="2027-12-01")
    changes = await read_changes(connection, await go(1))
    assert [each.act for each in changes.all] == ["new"]


async def test_a_councils_first_pages_and_its_districts_are_one_change(connection: BaseDBAsyncClient) -> None:
    for number in range(3):
        await put(f"county-{number}", authority="E10000019")
    await put("boston", authority="E07000136")
    await put("durham")
    changes = await read_changes(connection, await go())
    assert [each.count for each in changes.newest_first] == [1, 3, 1]
    (first,) = changes.of_places(["E10000019", "E07000136"])
    assert (first.act, first.count, first.authority) == ("many", 4, "E10000019")


async def test_a_body_nobody_can_follow_keeps_no_catalogue_from_the_public(
    connection: BaseDBAsyncClient,
) -> None:
    await put("bursary")
    await go()
    await put("bursary", summary="Other words.")
    latest = await go(1)
    odd = '{"id": "bursary", "amount": "much", "ends": "some day", "terms": [7], "steps": null}'
    await Revision.filter(number=2).using_db(connection).update(body=odd)
    (change, _) = (await read_changes(connection, latest)).all
    assert [part.words for part in change.parts] == ["New words."]
