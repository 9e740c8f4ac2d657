"""One small index for each set of councils: built when asked for, few, whole, right in threads."""

import random
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from search import shards
from search.documents import Document, Key
from search.finder import Finder, Found
from search.index import WhooshIndex
from tests.search.making import (
    DURHAM,
    LINCOLN,
    LINCOLNSHIRE,
    NORTH_KESTEVEN,
    by,
    inside,
    make_document,
    many_documents,
)

BUS_PASS = make_document("bus-pass", "Free bus pass", topics=("travel",))
BUS_DURHAM = make_document("bus-durham", "Durham bus travel", places=by(DURHAM))
BUS_LINCOLNSHIRE = make_document("bus-lincolnshire", "Lincolnshire bus travel", places=by(LINCOLNSHIRE))
TAX_LINCOLN = make_document("tax-lincoln", "Council tax and bus", places=inside(LINCOLN, LINCOLNSHIRE))
DOCUMENTS = [BUS_PASS, BUS_DURHAM, BUS_LINCOLNSHIRE, TAX_LINCOLN]


def slugs(found: Found) -> list[str]:
    return [hit.slug for hit in found.hits]


@pytest.fixture
def built(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The sizes of the indexes that are built from now on."""
    sizes: list[int] = []

    def build(documents: tuple[Document, ...]) -> WhooshIndex:
        sizes.append(len(documents))
        return WhooshIndex(documents)

    monkeypatch.setattr(shards, "WhooshIndex", build)
    return sizes


@contextmanager
def threads_switch_all_the_time() -> Iterator[None]:
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    try:
        yield
    finally:
        sys.setswitchinterval(before)


def in_threads(count: int, work: Callable[[int], object]) -> list[BaseException]:
    """Runs `work` with the number of each thread; what went wrong in them."""
    wrong: list[BaseException] = []

    def run(number: int) -> None:
        try:
            work(number)
        except BaseException as fault:
            wrong.append(fault)

    threads = [threading.Thread(target=run, args=(number,)) for number in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def test_an_index_is_built_when_first_asked_for_and_holds_england_and_those_councils(
    built: list[int],
) -> None:
    finder = Finder(DOCUMENTS)
    assert built == []
    finder.search("bus", authorities=[DURHAM])
    finder.search("pass", authorities=[DURHAM], age=17)
    assert built == [2]
    finder.search("bus", authorities=[DURHAM], lives_in=LINCOLN)  # and Lincolnshire's
    finder.search("bus")
    assert built == [2, 4, 4]


def test_of_very_many_records_a_search_without_a_place_finds_englands_and_says_so(
    built: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not Finder(DOCUMENTS).search("bus").england_only
    monkeypatch.setattr(shards, "NATIONWIDE", len(DOCUMENTS) - 1)
    finder = Finder(DOCUMENTS)
    found = finder.search("bus")
    assert found.england_only and slugs(found) == ["bus-pass"]
    for place in ({"authorities": [DURHAM]}, {"lives_in": LINCOLN}):
        found = finder.search("bus", **place)
        assert not found.england_only and len(found.hits) > 1
    assert len(built) == 4


def test_all_councils_of_which_we_hold_nothing_share_englands_index(built: list[int]) -> None:
    finder = Finder(DOCUMENTS)
    for number in range(30):
        assert slugs(finder.search("bus", authorities=[f"E0800{number:04}"])) == ["bus-pass"]
    finder.search("bus", lives_in=NORTH_KESTEVEN)
    assert built == [1]


def test_only_so_many_indexes_are_kept_the_longest_unused_out_first(
    built: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards, "KEPT", 2)
    finder = Finder(DOCUMENTS)
    finder.search("bus", authorities=[DURHAM])
    finder.search("bus", authorities=[LINCOLNSHIRE])
    finder.search("bus", authorities=[DURHAM])
    finder.search("bus")
    assert len(finder._shards._built) == 2
    before = len(built)
    finder.search("bus", authorities=[DURHAM])
    assert len(built) == before
    finder.search("bus", authorities=[LINCOLNSHIRE])
    assert len(built) == before + 1


def test_a_new_version_shows_no_copy_of_the_old() -> None:
    """Whoosh keeps two copies of a record updated twice in one commit: indexes are built whole instead."""
    finder = Finder(DOCUMENTS)
    finder.search("bus", authorities=[DURHAM])
    newer = Finder([make_document("bus-pass", "Free coach card")], previous=finder)
    assert slugs(newer.search("bus", authorities=[DURHAM])) == []
    assert slugs(newer.search("coach", authorities=[DURHAM])) == ["bus-pass"]


def test_indexes_of_unchanged_councils_are_kept(built: list[int]) -> None:
    first = Finder([BUS_DURHAM, BUS_LINCOLNSHIRE])
    first.warm([DURHAM])
    first.warm([LINCOLNSHIRE])
    built.clear()
    coach = make_document("bus-lincolnshire", "Coach", places=by(LINCOLNSHIRE))
    newer = Finder([BUS_DURHAM, coach], previous=first)
    assert slugs(newer.search("bus", authorities=[DURHAM])) == ["bus-durham"]
    assert built == []
    assert slugs(newer.search("coach", authorities=[LINCOLNSHIRE])) == ["bus-lincolnshire"]
    assert built == [1]


def test_the_first_record_of_a_council_is_found_though_englands_index_is_kept(built: list[int]) -> None:
    first = Finder([BUS_PASS])
    assert slugs(first.search("bus", authorities=[DURHAM])) == ["bus-pass"]
    newer = Finder([BUS_PASS, BUS_DURHAM], previous=first)
    assert set(slugs(newer.search("bus", authorities=[DURHAM]))) == {"bus-pass", "bus-durham"}


def test_an_index_that_fails_half_way_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    finder = Finder(DOCUMENTS)

    def half(documents: tuple[Document, ...]) -> WhooshIndex:
        WhooshIndex(documents[:1])
        raise MemoryError("full")

    with monkeypatch.context() as broken:
        broken.setattr(shards, "WhooshIndex", half)
        for _ in range(2):
            with pytest.raises(MemoryError):
                finder.search("bus", authorities=[DURHAM])
        assert (finder._shards._built, finder._shards._building) == ({}, {})
    assert set(slugs(finder.search("bus", authorities=[DURHAM]))) == {"bus-pass", "bus-durham"}


def test_where_a_build_fails_the_thread_that_waited_builds_it_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    finder = Finder(many_documents(80))
    tries: list[int] = []

    def first_fails(documents: tuple[Document, ...]) -> WhooshIndex:
        tries.append(len(documents))
        if len(tries) == 1:
            raise MemoryError("full")
        return WhooshIndex(documents)

    monkeypatch.setattr(shards, "WhooshIndex", first_fails)
    with threads_switch_all_the_time():
        wrong = in_threads(8, lambda number: finder.search("rent"))
    assert [type(fault) for fault in wrong] == [MemoryError]
    assert len(tries) >= 2
    assert finder.search("rent").total > 0


def test_many_threads_build_one_index_once(built: list[int]) -> None:
    finder = Finder(many_documents(80))
    answers: list[list[str]] = []
    with threads_switch_all_the_time():
        wrong = in_threads(8, lambda number: answers.append(slugs(finder.search("rent"))))
    assert wrong == []
    assert built == [80]
    assert len(answers) == 8 and all(answer == answers[0] for answer in answers)


COUNCILS: tuple[tuple[tuple[str, ...], str | None], ...] = (
    ((), None),
    ((DURHAM,), None),
    ((LINCOLNSHIRE,), None),
    ((DURHAM,), LINCOLN),
    ((), LINCOLN),
    (("E10000016",), None),
)


def test_answers_are_right_while_indexes_come_and_go_and_versions_are_swapped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Eight threads, room for two indexes, and a new version of the catalogue every few searches."""
    monkeypatch.setattr(shards, "KEPT", 2)
    versions = [many_documents(60), many_documents(60, seed=8)]
    right = [
        {(words, at): _keys(Finder(each), words, at) for words in ("rent bus", "grant") for at in range(6)}
        for each in versions
    ]
    live: list[tuple[Finder, int]] = [(Finder(versions[0]), 0)]
    swapping = threading.Lock()

    def ask(number: int) -> None:
        chance = random.Random(number)
        for _ in range(25):
            with swapping:
                finder, version = live[0]
                if chance.random() < 0.1:
                    live[0] = (Finder(versions[1 - version], previous=finder), 1 - version)
            words, at = chance.choice(("rent bus", "grant")), chance.randrange(6)
            assert _keys(finder, words, at) == right[version][words, at]

    with threads_switch_all_the_time():
        assert in_threads(8, ask) == []


def _keys(finder: Finder, words: str, at: int) -> list[Key]:
    authorities, lives_in = COUNCILS[at]
    return [hit.key for hit in finder.search(words, authorities=authorities, lives_in=lives_in).hits]


def test_a_large_index_of_everything_answers_for_the_catalogue_after_until_its_own_is_built(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(shards, "MANY", len(DOCUMENTS) - 1)
    first = Finder(DOCUMENTS)
    first.warm()
    later = make_document("coat", "A warm bus coat")
    second = Finder([*DOCUMENTS[1:], later], previous=first)
    assert slugs(second.search("bus")) == ["bus-durham", "bus-lincolnshire", "tax-lincoln"]
    third = Finder([*DOCUMENTS[1:], later], previous=second)  # published before the second was warm
    assert "coat" not in slugs(third.search("bus"))
    third.warm()
    assert "coat" in slugs(third.search("bus")) and "bus-pass" not in slugs(third.search("bus"))


def test_a_small_index_of_everything_is_never_an_old_one() -> None:
    first = Finder(DOCUMENTS)
    first.warm()
    later = make_document("coat", "A warm bus coat")
    assert "coat" in slugs(Finder([*DOCUMENTS, later], previous=first).search("bus"))
