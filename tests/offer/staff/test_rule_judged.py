"""What is said of a rule while it is built: its English, what nobody can meet, what is odd."""

import pytest

from directory.places import Places
from offer.clock import today
from offer.eligibility.english import RuleLine
from offer.eligibility.terms import Terms
from offer.staff.rule_form.fact_words import OFFERED
from offer.staff.rule_form.judged import Judged, judged
from offer.staff.rule_form.lines import Line
from offer.staff.rule_form.place_words import PlaceWords, place_words


@pytest.fixture(scope="module")
def words(places: Places) -> PlaceWords:
    return place_words(
        ((each.gss, each.name) for each in places.districts(today())),
        ((each.gss, each.name) for each in places.authorities(today())),
    )


def judge(words: PlaceWords, *parts: Line, kind: str = "all") -> Judged:
    root = Line(kind, parts=parts)  # type: ignore[arg-type]
    return judged(root, words, Terms(today()), words.kinds["lives_in"].names)


def age(low: str = "", high: str = "", cite: str = "The Act") -> Line:
    return Line("fact", fact="age_years", low=low, high=high, cite=cite)


def said(lines: tuple[RuleLine, ...]) -> list[str]:
    return [text for line in lines for text in (str(line.text), *said(line.parts))]


WORKS = Line("fact", fact="employed", chosen=("true",), cite="The Act")


def test_the_english_is_that_of_the_public_page(words: PlaceWords) -> None:
    boston = Line("fact", fact="lives_in", places="Boston", cite="The Act")
    found = judge(words, age("18", "25"), Line("any", parts=(WORKS, boston)))
    assert said(found.english) == [
        "You are 18 to 24.", "One of these:", "You have paid work.", "You live in Boston.",
    ]  # fmt: skip
    assert found.tree and not found.faults and not found.warnings


def test_what_nobody_can_meet_is_refused_at_its_lines(words: PlaceWords) -> None:
    found = judge(words, age("25"), WORKS, age("", "18"))
    assert found.tree is None and sorted(found.faults) == ["r-0", "r-2"]
    assert found.faults["r-0"] == (
        "Nobody can ever meet this rule. These do not go together: "
        "“This is for people aged 25 or over” and “This is for people under 18”."
    )
    assert said(found.english), "and its English still stands beside it"


def test_what_is_odd_is_shown_and_does_not_block(words: PlaceWords) -> None:
    found = judge(
        words, age("18"), age("16"), Line("any", parts=(age("", "17"), WORKS)), age("", "60", cite="")
    )
    assert found.tree and not found.faults
    told = {(warning.key, warning.words.split(".")[0].split(",")[0]) for warning in found.warnings}
    assert told >= {
        ("r-1", "It changes nothing: without it the rule means the same"),
        ("r-3", "No source is given for it"),
        ("r-0", "One way to qualify is shut"),
    }


def test_an_unfinished_line_leaves_the_english_of_the_others(words: PlaceWords) -> None:
    found = judge(words, age("18"), Line("fact"))
    assert found.tree is None and list(found.faults) == ["r-1"]
    assert said(found.english) == ["You are 18 or over."]


def test_groups_too_deep_and_ids_met_twice_are_told_in_words(words: PlaceWords) -> None:
    deep = WORKS
    for kind in ("all", "any") * 4:
        deep = Line(kind, parts=(deep, age("18")))
    found = judge(words, deep)
    assert found.tree is None and "five levels at most" in " ".join(found.faults.values())
    twice = judge(words, Line("ask", id="x", text="One"), Line("ask", id="x", text="Two"))
    assert twice.tree is None and "stands twice" in twice.faults["r-1"]


def test_a_rule_with_too_many_ways_is_told(words: PlaceWords) -> None:
    facts = [name for name, fact in OFFERED.items() if fact.type == "bool"][:24]
    lines = [Line("fact", fact=name, chosen=("true",)) for name in facts]
    found = judge(words, *(Line("any", parts=pair) for pair in zip(lines[::2], lines[1::2], strict=True)))
    assert found.tree is None and "ways" in found.faults["r"]


def test_a_shared_piece_is_judged_with_what_it_stands_for(words: PlaceWords) -> None:
    piece = Line("use", use="care-leaver-of", places="Lincolnshire")
    found = judge(words, piece, age("18"))
    assert found.tree == {
        "id": "all-of",
        "all": [
            {"id": "care-leaver-of", "use": "care-leaver-of", "authority": "E10000019"},
            {"id": "age-years", "fact": "age_years", "from": 18, "cite": "The Act"},
        ],
    }
    assert "The council that looked after you is Lincolnshire." in said(
        judged(Line("all", parts=(piece,)), words, Terms(today()), {"E10000019": "Lincolnshire"}).english
    )
