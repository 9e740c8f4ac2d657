"""Words of danger put help first, in every spelling, and ordinary words do not."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import crisis, crisis_list
from search.crisis import Crisis, needs, read_crisis
from search.crisis_list import BadCrisisLineError, forms_of, read_needs
from search.lists import Line, read_list


def phrases() -> Iterator[tuple[str, str]]:
    """(need, phrase) of `crisis_phrases.txt`; the need is `ordinary` where no banner may show."""
    need = ""
    for line in Path(__file__).with_name("crisis_phrases.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            need = line.strip("[]")
        elif line and not line.startswith("#"):
            yield need, line


DANGER = [(need, phrase) for need, phrase in phrases() if need != "ordinary"]
ORDINARY = [phrase for need, phrase in phrases() if need == "ordinary"]


def test_the_lists_are_exactly_the_needs_of_the_banner(shared: Path) -> None:
    banner = json.loads((shared / "facts" / "help_now.json").read_text(encoding="utf-8"))["banner"]
    assert [need.name for need in read_needs()] == list(banner)


@pytest.mark.parametrize(("need", "phrase"), DANGER)
def test_danger_is_seen(need: str, phrase: str) -> None:
    assert need in needs(phrase)


@pytest.mark.parametrize("phrase", ORDINARY)
def test_ordinary_words_raise_no_alarm(phrase: str) -> None:
    assert needs(phrase) == ()


def test_every_judged_query_marked_crisis_is_seen_and_no_false_alarm(shared: Path) -> None:
    queries = json.loads((shared / "cases" / "search_queries.json").read_text(encoding="utf-8"))["queries"]
    missed = [row["query"] for row in queries if row["crisis"] and not needs(row["query"])]
    wrong = [row["query"] for row in queries if row.get("false_alarm") and needs(row["query"])]
    assert (missed, wrong) == ([], [])


def test_ordinary_judged_queries_show_no_banner(shared: Path) -> None:
    queries = json.loads((shared / "cases" / "search_queries.json").read_text(encoding="utf-8"))["queries"]
    shown = [row["query"] for row in queries if not row["crisis"] and needs(row["query"])]
    assert shown == ["county lines"]  # a danger to somebody, whoever asks


def test_words_written_together_are_parted() -> None:
    """Any one space left out of a listed phrase: what is missed still has a slip of the keys besides."""
    joined = [
        (need, phrase[:at] + phrase[at + 1 :])
        for need, phrase in DANGER
        for at, sign in enumerate(phrase)
        if sign == " "
    ]
    missed = [phrase for need, phrase in joined if need not in needs(phrase)]
    assert len(missed) <= 0.05 * len(joined), missed
    for phrase in ("i want tokill myself", "iwant to die", "mydad hits me", "he hitme", "nofood"):
        assert needs(phrase), phrase


@pytest.mark.parametrize("changed", [str.upper, str.title, lambda text: text.replace(" ", "-") + "!!!"])
def test_capitals_and_signs_hide_no_danger(changed: Callable[[str], str]) -> None:
    assert [phrase for need, phrase in DANGER if need not in needs(changed(phrase))] == []


def test_one_slip_of_the_keys_in_a_long_word_hides_few_dangers() -> None:
    """Every letter of every word of six or more letters left out in turn, and each two changed round."""
    slips = [
        (need, " ".join((*before, slip, *after)))
        for need, phrase in DANGER
        for parts in [phrase.split()]
        for at, word in enumerate(parts)
        if len(word) >= 6 and word.isalpha()
        for before, after in [(parts[:at], parts[at + 1 :])]
        for cut in range(1, len(word) - 1)
        for slip in (word[:cut] + word[cut + 1 :], word[:cut] + word[cut + 1] + word[cut] + word[cut + 2 :])
    ]
    missed = [phrase for need, phrase in slips if need not in needs(phrase)]
    assert len(missed) <= 0.06 * len(slips), (len(missed), len(slips))


def test_false_alarms_on_everyday_words_are_few_and_known() -> None:
    """Each word of the everyday list alone: what sets the banner off names a danger itself."""
    alarms = {word for word in _everyday_words() if needs(word)}
    assert alarms == {
        "abuse", "abused", "abuses", "abusing", "abusive", "blackmail", "cuckoo", "exploit", "exploitation",
        "exploited", "exploiting", "exploits", "gang", "hungry", "kidnap", "kidnapped", "kidnapping",
        "kidnaps", "rape", "starve", "starved", "starves", "starving", "suicidal", "suicide", "trap",
        "trapped", "trapping", "traps", "unconscious",
    }  # fmt: skip


def _everyday_words() -> list[str]:
    return [word for line in read_list("common.txt") for word in line.text.split()]


@pytest.mark.parametrize("spelling", ["i want to kil myself", "suicdal", "selfharm", "no where to sleep"])
def test_the_phrases_an_earlier_prototype_missed(spelling: str) -> None:
    assert needs(spelling)


@pytest.mark.parametrize(
    ("phrase", "seen"),
    [("he hit me", True), ("he hit just poor me", True), ("he hit his old car and told me", False)],
)
def test_at_most_one_word_may_stand_between(phrase: str, seen: bool) -> None:
    assert bool(needs(phrase)) == seen


def test_more_than_one_need_is_named_in_the_order_of_the_banner() -> None:
    assert needs("kicked out with no food and i want to die") == (
        "harm-to-self",
        "nowhere-tonight",
        "no-food-or-heat",
    )


def test_an_ordinary_phrase_does_not_hide_a_danger_beside_it() -> None:
    assert needs("kicked out of college and kicked out of home") == ("nowhere-tonight",)
    assert needs("i dont want to live anymore with this") == ("harm-to-self",)


def test_a_danger_at_the_end_of_a_long_text_is_seen() -> None:
    assert needs("please help me with my bus pass " * 60 + "i want to kill myself") == ("harm-to-self",)


@pytest.mark.parametrize("text", ["a" * 64_000, "selfharm" * 8_000, "qwrt " * 12_000])
def test_a_huge_text_is_read_in_bounded_work(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[str] = []
    part = Crisis._may_be_parted

    def watched(lists: Crisis, left: str, right: str) -> bool:
        tried.append(left)
        return part(lists, left, right)

    monkeypatch.setattr(Crisis, "_may_be_parted", watched)
    assert needs(text) == ()
    assert len(tried) <= 2 * crisis.MOST_WORDS * crisis.LONGEST_PARTED


def test_every_list_says_what_the_search_then_looks_for() -> None:
    lists = read_crisis()
    assert all(lists.searched_for(need.name) for need in lists.by_need)


def test_regular_forms_of_a_word_are_known() -> None:
    assert {"hit", "hits", "hitting"} <= set(forms_of("hit"))
    assert {"bully", "bullying"} <= set(forms_of("bully"))


@pytest.mark.parametrize(
    "text", ["kill me", "[need]\nunknown: kill", "[need]\nNOBODY dies", "set X", "[need]\nthe a"]
)
def test_a_bad_line_is_refused_by_number(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    lines = tuple(Line(line, "", number) for number, line in enumerate(text.split("\n"), start=1))
    monkeypatch.setattr(crisis_list, "read_list", lambda name: lines)
    with pytest.raises(BadCrisisLineError, match=f"line {len(lines)}"):
        read_needs()


@given(st.text(max_size=400))
def test_any_text_is_answered(text: str) -> None:
    assert isinstance(needs(text), tuple)
