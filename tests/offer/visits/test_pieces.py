"""Codes, keys, cookies and the shared state by themselves."""

import asyncio
from contextlib import suppress
from string import printable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from offer.visits.codes import LENGTH, SIGNS, fingerprint, new_code, read_code, said
from offer.visits.cookies import Member, Waiting, member_cookie, read_member, read_waiting, waiting_cookie
from offer.visits.keys import NotForThisKey, hand_over, new_key, new_pair, seal, take_over, to_bytes, unseal
from offer.visits.live import MOST_OF_ONE, Live
from offer.visits.shared import Given, Shared, answered, dumped, loaded, pointed, taken_out

SIGNING = "a-signing-key"


def test_a_code_is_said_and_read_again() -> None:
    code = new_code()
    assert len(code) == LENGTH and set(code) <= set(SIGNS)
    for typed in (code, code.lower(), said(code), f" {code[:2]}-{code[2:]} "):
        assert read_code(typed) == code


@pytest.mark.parametrize("typed", ["", "ABCDEF", "C4HK9", "C4HK9TT", "C4HK9O", "🙂" * 6, "C" * 10_000])
def test_what_cannot_be_a_code_is_none(typed: str) -> None:
    assert read_code(typed) is None


def test_the_signs_spell_no_word_and_look_like_no_other() -> None:
    assert len(set(SIGNS)) == 22
    assert not set(SIGNS) & set("AEIOU01258BLSZ")


def test_a_fingerprint_is_of_one_code() -> None:
    assert fingerprint("C4HK9T") == fingerprint("C4HK9T") != fingerprint("C4HK9W")


def test_what_is_sealed_opens_with_its_key_for_its_visit_only() -> None:
    key = new_key()
    sealed = seal(key, "one", {"place": "Lincoln"})
    assert unseal(key, "one", sealed) == {"place": "Lincoln"}
    for other in ((new_key(), "one", sealed), (key, "two", sealed), (key, "one", "!!"), (key, "one", "")):
        with pytest.raises(NotForThisKey):
            unseal(*other)


def test_the_length_of_what_is_sealed_tells_little() -> None:
    key = new_key()
    assert len(seal(key, "v", {})) == len(seal(key, "v", {"place": "Lincoln", "age_years": "19"}))


def test_a_key_is_handed_to_one_pair_only() -> None:
    key, (private, public) = new_key(), new_pair()
    handed = hand_over(key, public)
    assert take_over(private, handed) == key
    with pytest.raises(NotForThisKey):
        take_over(new_pair()[0], handed)


def test_cookies_come_back_and_are_not_each_other() -> None:
    member, waiting = Member("m1", "adviser", new_key()), Waiting("w1", new_pair()[0])
    assert read_member(member_cookie(member, SIGNING), SIGNING) == member
    assert read_waiting(waiting_cookie(waiting, SIGNING), SIGNING) == waiting
    assert read_member(waiting_cookie(waiting, SIGNING), SIGNING) is None
    assert read_waiting(member_cookie(member, SIGNING), SIGNING) is None
    assert read_member(member_cookie(member, SIGNING), "another visit") is None
    forged = member_cookie(member, SIGNING).replace("adviser", "young_person")
    assert read_member(forged, SIGNING) is None


@given(st.text(printable, max_size=200) | st.text(max_size=40))
def test_no_cookie_somebody_makes_up_is_read_or_raises(value: str) -> None:
    assert read_member(value, SIGNING) is None
    assert read_waiting(value, SIGNING) is None


@given(st.text(max_size=60))
def test_no_text_breaks_the_reading_of_bytes(text: str) -> None:
    with suppress(ValueError):
        to_bytes(text)


ANSWERS = st.lists(
    st.tuples(
        st.sampled_from(["young_person", "adviser"]),
        st.sampled_from(["age_years", "place", "pregnant"]),
        st.text(max_size=12),
        st.sampled_from(["answer", "take out", "point"]),
    ),
    max_size=12,
)


@settings(deadline=None)
@given(ANSWERS)
def test_the_state_comes_back_whole_after_any_course_of_a_visit(
    steps: list[tuple[str, str, str, str]],
) -> None:
    shared = Shared()
    for by, question, text, what in steps:
        if what == "answer" and (by == "young_person" or question not in shared.left_out):
            shared = answered(shared, by, [question], {**shared.typed, question: text})  # type: ignore[arg-type]
        elif what == "take out":
            shared = taken_out(shared, question, {n: t for n, t in shared.typed.items() if n != question})
        elif what == "point":
            shared = pointed(shared, by, text)  # type: ignore[arg-type]
        assert loaded(dumped(shared)) == shared
        assert not shared.left_out & shared.given.keys()
        assert set(shared.typed) <= set(shared.given)


def test_a_state_that_was_kept_before_crossings_were_told_is_read() -> None:
    data = dumped(answered(Shared(), "adviser", ["age_years"], {"age_years": "19"}))
    del data["crossed"]
    assert loaded(data).given == {"age_years": Given("adviser", 1)}


async def test_a_page_hears_of_changes_here_and_elsewhere() -> None:
    live, versions = Live(), {"one": 1, "two": 1}

    async def asked(visits: list[str]) -> dict[str, int]:
        return {visit: versions[visit] for visit in visits if visit in versions}

    with live.page("one", "me") as page, live.page("two", "you") as other:
        await live.look(asked)
        assert await page.news(60) and await other.news(60)
        live.wake("one")
        assert await page.news(60)
        versions["one"] = 2
        await live.look(asked)
        assert await page.news(60)
        assert not await other.news(0)
        del versions["two"]
        await live.look(asked)
        assert await other.news(60)
    assert live.count == 0


async def test_of_too_many_pages_the_oldest_stops() -> None:
    live = Live()
    pages = [live.page("one", "me") for _ in range(MOST_OF_ONE + 2)]
    opened = [page.__enter__() for page in pages]
    assert [page.replaced for page in opened] == [True, True] + [False] * MOST_OF_ONE
    for page in pages:
        page.__exit__(None, None, None)
    assert live.count == 0


async def test_ten_thousand_pages_of_one_person_are_three() -> None:
    live, most = Live(), 0

    async def opened() -> None:
        with live.page("one", "me") as page:
            while not page.replaced:
                await page.news(60)

    with live.page("one", "the other") as other:
        tasks = []
        for _ in range(10_000):
            tasks.append(asyncio.create_task(opened()))
            await asyncio.sleep(0)
            most = max(most, live.count)
        await asyncio.wait(tasks[:-MOST_OF_ONE])
        assert live.count == MOST_OF_ONE + 1 and not other.replaced
        assert most <= 2 * MOST_OF_ONE + 1, "the oldest go as the newest come"
        for task in tasks[-MOST_OF_ONE:]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    assert live.count == 0


async def test_a_database_that_is_away_does_not_end_the_following() -> None:
    live, calls = Live(), asyncio.Event()
    away = 3

    async def asked(visits: list[str]) -> dict[str, int]:
        nonlocal away
        away -= 1
        if away > 0:
            raise OSError
        calls.set()
        return {}

    async def sweep() -> None: ...

    with live.page("one", "me") as page:
        async with live.following(asked, sweep):
            async with asyncio.timeout(60):
                await calls.wait()
                assert await page.news(60)
