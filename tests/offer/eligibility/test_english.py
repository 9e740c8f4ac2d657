"""A rule as nested lines that anybody can read."""

import re
from collections.abc import Iterator

import pytest

from offer.eligibility.english import RuleLine, rule_lines
from offer.eligibility.rule import parse
from offer.published import Published
from offer.rulebook import FACT_TYPES
from tests.offer.pages.reading import TODAY

NAMES = {"E06000047": "County Durham", "E07000139": "North Kesteven"}
ADULT = {"id": "adult", "fact": "age_years", "from": 18, "before": 25, "cite": "Act s1"}
BILL = {"id": "bill", "fact": "liable_for_council_tax", "is": True}
HOME = {"id": "home", "fact": "lives_in", "in": ["E07000139"]}
ASK = {"id": "ask", "ask": "Your adviser agrees it with you"}


def told(rule: dict[str, object]) -> tuple[RuleLine, ...]:
    """The lines of a rule."""
    return rule_lines(parse(rule, FACT_TYPES), NAMES)


def test_what_must_all_hold_is_one_line_each_with_its_law() -> None:
    assert told({"id": "r", "all": [ADULT, {"id": "x", "all": [BILL, HOME]}, ASK]}) == (
        RuleLine("You are 18 to 24.", "Act s1"),
        RuleLine("Your name is on the council tax bill."),
        RuleLine("You live in North Kesteven."),
        RuleLine("Your adviser agrees it with you.", decided=True),
    )


def test_a_choice_is_a_heading_over_its_parts() -> None:
    [line] = told({"id": "r", "any": [ADULT, {"id": "x", "all": [BILL, HOME]}]})
    assert line.text == "One of these:"
    assert [part.text for part in line.parts] == ["You are 18 to 24.", "All of these:"]
    assert [part.text for part in line.parts[1].parts] == [
        "Your name is on the council tax bill.",
        "You live in North Kesteven.",
    ]


def test_many_values_of_one_question_are_listed_and_two_are_joined() -> None:
    def courses(*values: str) -> dict[str, object]:
        return {"id": "r", "fact": "in_education", "in": list(values)}

    [two] = told(courses("he_ft", "he_pt"))
    assert " or you " in two.text and not two.parts
    [three] = told(courses("he_ft", "he_pt", "fe_ft"))
    assert three.text == "One of these:" and len(three.parts) == 3


def test_a_denial_says_the_opposite() -> None:
    assert told({"id": "r", "not": BILL})[0].text == "Your name is not on the council tax bill."
    assert "other than" in told({"id": "r", "not": ADULT})[0].text
    [neither] = told({"id": "r", "not": {"id": "x", "any": [BILL, ADULT]}})
    assert neither.text == "None of these:" and len(neither.parts) == 2


def test_an_editors_own_words_stand_for_a_whole_group() -> None:
    [line] = told({"id": "r", "any": [ADULT, BILL], "why": "This is for people who pay", "cite": "Act s2"})
    assert line == RuleLine("This is for people who pay.", "Act s2")


def test_terms_of_many_councils_are_named_together() -> None:
    branches = [{"id": f"b{n}", "all": [{**HOME, "id": f"h{n}"}, {**BILL, "id": f"c{n}"}]} for n in range(5)]
    [line] = told({"id": "r", "any": branches})
    assert line.text.startswith("The terms of the council where you live") and not line.parts


def every(lines: tuple[RuleLine, ...]) -> Iterator[RuleLine]:
    """All lines, headings first."""
    for line in lines:
        yield line
        yield from every(line.parts)


def test_every_published_rule_reads_as_sentences(published: Published) -> None:
    for slug, rule in published.rules_on(TODAY).items():
        lines = list(every(rule_lines(rule.node, published.names)))
        assert lines, slug
        for line in lines:
            assert re.match(r"[A-Z£“0-9].*[.:?!]$", line.text), (slug, line.text)
            assert not re.search(r"[a-z]_[a-z]|\{|\bE\d{8}\b|None", line.text), (slug, line.text)
            assert bool(line.parts) == line.text.endswith("these:") or line.text.endswith("together:"), slug


@pytest.mark.parametrize("fact", ["savings_gbp", "days_to_18th_birthday"])
def test_numbers_carry_their_unit(fact: str) -> None:
    [line] = told({"id": "r", "fact": fact, "before": 1601})
    assert re.search(r"£16 or less|1600 days or less", line.text)
