"""Advice on words: each kind of it, what it leaves alone, and that nothing is too odd to be read."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offer.staff.words.fields import READ, texts_of, typed_texts
from offer.staff.words.kinder import (
    LONGEST,
    MOST,
    Term,
    as_lines,
    from_kept,
    our_terms,
    read_lines,
    terms_with,
    to_kept,
)
from offer.staff.words.remarks import Remark, remarks_of, remarks_on

GOOD = {
    "id": "home-grant",
    "title": "Money for your first home",
    "summary": "You can get money for your first home.",
    "what_you_get": ["Up to £3,000 in 2026 to 2027."],
    "who_for": "Care leavers under 25.",
    "steps": ["Ask your adviser."],
    "ask": "your personal adviser",
    "if_told_no": "Ask your council for its answer in writing.",
}


def about(**changed: Any) -> list[Remark]:
    return list(remarks_of("entitlement", {**GOOD, **changed}, our_terms()))


def test_plain_words_need_no_advice() -> None:
    assert about() == []


@pytest.mark.parametrize(
    ("words", "quote", "said"),
    [
        ("Your placement ends at 18.", "placement", "“home” or “the place you live”"),
        ("PLACEMENTS end.", "PLACEMENTS", "“home”"),
        ("A LAC review is held.", "LAC review", "“my meeting”"),
        ("Prior to your birthday, ask.", "Prior to", "“before”"),
        ("Ask about your pathway plan.", "pathway plan", "Keep it, and add “plan for the future”"),
        ("Ask about SUHA first.", "SUHA", "(SUHA)"),
        ("It ends on 5 April.", "5 April", "“5 April 2026”"),
        ("Ask before April 5th.", "April 5th", "year"),
        ("New from September.", "September", "year"),
        ("You get £75 a week.", "£75", "“in 2026 to 2027”"),
        ("Click here to apply.", "Click here", "Name the page"),
        ("See www.council.example.", "www.council.example.", "Name the page"),
        (f"{'You can ask for it and ' * 6} then you wait.", "You can ask for it and", "25 words"),
    ],
)
def test_what_is_remarked_on(words: str, quote: str, said: str) -> None:
    found = [each for each in about(good_to_know=["Short.", words]) if each.quote.startswith(quote)]
    assert len(found) == 1, about(good_to_know=["Short.", words])
    assert (found[0].field, found[0].label) == ("good_to_know[1]", "Good to know, 2")
    assert said in found[0].write and found[0].problem.endswith(".")


@pytest.mark.parametrize(
    "words",
    [
        "The place where you live is yours.",
        "Your plan (the pathway plan) says so.",
        "Your pathway plan, the plan for the future, says so.",
        "Ask about your education, health and care plan.",
        "It is the Crisis and Resilience Fund that pays.",
        "Ask about Staying Up Housing Aid (SUHA). Then SUHA pays.",
        "Ask the NHS or your GP about your TV, ID and PIN.",
        "It ends on 5 April 2027, or in May 2027.",
        "Every year on 5 April it starts again. Each September it is new.",
        "You may ask in writing.",
        "In 2026 you get £75 a week.",
        "Replacement cards are free.",
    ],
)
def test_what_is_left_alone(words: str) -> None:
    assert about(good_to_know=[words]) == []


def test_who_to_ask_is_missed_where_it_is_not() -> None:
    found = about(ask=" ", if_told_no="Sorry.")
    assert [(each.field, each.label) for each in found] == [
        ("ask", "Who to ask"),
        ("if_told_no", "If told no"),
    ]
    phone = {"id": "hub", "name": "Hub", "summary": "A place to go."}
    assert [each.field for each in remarks_of("service", phone, our_terms())] == ["phones"]
    assert not remarks_of("service", {**phone, "email": "hub@council.example"}, our_terms())


def test_amounts_that_say_elsewhere_when_they_hold_are_let_be() -> None:
    assert about(amount={"text": "£75 a week", "applies_to": "2026 to 2027"}, summary="You get £75.") == []
    assert [each.quote for each in about(amount={"text": "£75 a week"}, more_amounts=[{"text": "£80"}])] == [
        "£75"
    ]


def test_hard_words_are_told_with_an_age() -> None:
    hard = (
        "Subject to representations, the individual's accommodation requirements necessitate comprehensive "
        "reconsideration of every previously determined discretionary contribution."
    )
    said = [each.problem for each in about(who_for=hard)]
    assert any("hard to read: about age" in each for each in said)


def test_letters_to_a_council_may_use_its_words() -> None:
    words = {"first": "Please look at my placement and my pathway plan.", "if_no": "Ask SUHA."}
    assert [each.quote for each in about(to_say=words)] == ["SUHA"]


def test_initials_and_official_words_are_told_once() -> None:
    found = about(steps=["Ask SUHA.", "Ask SUHA again about your pathway plan, your pathway plan."])
    assert [each.quote for each in found] == ["SUHA", "pathway plan"]


def test_typed_fields_are_named_after_the_document() -> None:
    pairs = [
        ("token", "x"),
        ("summary", "One."),
        ("steps-2", "Two."),
        ("to_say.first", "Three."),
        ("rule", "x"),
    ]
    assert [each.label for each in typed_texts("entitlement", pairs)] == ["Summary", "Steps", "To say"]
    assert typed_texts("nonsense", pairs) == ()
    assert (
        remarks_on(typed_texts("entitlement", [("summary", "Click here.")]), our_terms())[0].field
        == "summary"
    )


LEAF = st.none() | st.integers() | st.text(max_size=30)
ANY = LEAF | st.lists(LEAF | st.dictionaries(st.sampled_from(["text", "note"]), LEAF), max_size=3)


@given(st.sampled_from(sorted(READ)), st.data())
def test_no_body_is_too_odd(kind: str, data: st.DataObject) -> None:
    heads = sorted({path.partition(".")[0] for path in READ[kind]})
    body = data.draw(st.dictionaries(st.sampled_from(heads), ANY, max_size=3))
    fields = {text.field for text in texts_of(kind, body)} | {"", "ask", "if_told_no", "phones"}
    assert {each.field for each in remarks_of(kind, body, our_terms())} <= fields


def test_our_list_holds_what_young_people_asked_for(shared: Path) -> None:
    given_to_us = json.loads((shared / "facts" / "plain_language_terms.json").read_text("utf-8"))["terms"]
    ours = {word.casefold() for term in our_terms() for word in term.words}
    # Words that stand in every entry because they open doors, or that mean other things too.
    left_out = {"care leaver", "foster carers", "in care", "leaving care", "personal adviser (pa)", "sick"}
    for term in given_to_us:
        name = term["jargon"].casefold()
        held = any(word in ours for word in (name, *name.partition(" (")[:1], *name.split(" / ")))
        held = held or any(word.startswith(name.partition(" (")[0]) for word in ours)
        assert held or name in left_out or "acronyms" in name or "/" in name, name
    assert all(term.say for term in our_terms())


def test_a_council_s_own_words_come_first() -> None:
    typed = "placement, placements = your home\n\nhub = our house\nsiblings ="
    own, faults = read_lines(typed)
    assert faults == () and from_kept(to_kept(own)) == own
    assert read_lines(as_lines(own))[0] == own
    terms = terms_with(own)
    found = remarks_on(typed_texts("service", [("summary", "The hub is a placement for siblings.")]), terms)
    assert {(each.quote, each.write) for each in found} == {
        ("placement", "Write “your home”."),
        ("hub", "Write “our house”."),
    }


def test_a_list_that_cannot_be_read_is_told_line_by_line() -> None:
    own, faults = read_lines(f"placement\nx = {'y' * LONGEST}\n = home\nok = fine")
    assert own == (Term(("ok",), ("fine",)),)
    assert [fault.partition(" ")[0] for fault in faults] == ["Line"] * 3
    assert "keep to" in read_lines("a = b\n" * (MOST + 1))[1][0]
    assert from_kept("") == from_kept("{") == from_kept('[["a"]]') == from_kept("3") == ()
