"""What to say: right for every entry, with its section number, and never with a law that takes help away."""

import pytest

from offer.deciding import decision
from offer.entitlements.schema import Entitlement
from offer.published import Published
from offer.saying import law_to_name, spoken, what_to_say
from tests.offer.dated import TODAY, entry

LONGEST = 600  # signs: what fits on a phone's screen and is read out in half a minute


def without_messages(published: Published) -> list[Entitlement]:
    """The public entries as they would be had no editor written what to say."""
    return [each.model_copy(update={"to_say": None}) for each in published.entries.values()]


def test_every_entry_has_two_short_messages(published: Published) -> None:
    for each in (*published.entries.values(), *without_messages(published)):
        said = what_to_say(each, TODAY)
        for words in (said.first, said.if_no):
            assert said.by_editor or each.title in words
            assert len(words) <= LONGEST, each.id
            assert "  " not in words and words[-1] in ".?", each.id


def test_what_may_be_over_is_asked_about_and_not_called_an_offer(published: Published) -> None:
    unsure = [each for each in without_messages(published) if each.status != "current"]
    assert unsure
    for each in unsure:
        said = what_to_say(each, TODAY)
        assert "on the list" not in said.if_no, each.id
        assert "on offer now" in said.first or decision(each, TODAY).duty == "nothing-to-decide", each.id


@pytest.mark.parametrize(
    ("cite", "words"),
    [
        (
            "Children Act 1989 s23B(8), s23C(4)(c), s24B",
            "Children Act 1989 section 23B(8), section 23C(4)(c), section 24B",
        ),
        (
            "Children Act 1989 ss.23B(8), 23C(4)(c) and 24B",
            "Children Act 1989 sections 23B(8), 23C(4)(c) and 24B",
        ),
        ("Children Act 1989 s.23B(8) and (10)", "Children Act 1989 section 23B(8) and (10)"),
        ("Children Act 1989 Sch 2 para 19C", "Children Act 1989 Schedule 2 paragraph 19C"),
        (
            "Care Leavers Regs 2010 reg 9 (suitable accommodation; work help)",
            "Care Leavers Regulations 2010 regulation 9",
        ),
        (
            "Care Leavers (England) Regulations 2010 reg 9(4)",
            "Care Leavers (England) Regulations 2010 regulation 9(4)",
        ),
        (
            "Children and Social Work Act 2017 s.3 (Children Act 1989 s.23CZB)",
            "Children and Social Work Act 2017 section 3 (Children Act 1989 section 23CZB)",
        ),
        (
            "Local Government Finance Act 1992 s6; Exempt Dwellings Order class S",
            "Local Government Finance Act 1992 section 6",
        ),
    ],
)
def test_a_citation_is_said_in_whole_words(cite: str, words: str) -> None:
    assert spoken(cite) == words


def test_no_short_form_is_left_in_any_message(published: Published) -> None:
    for each in published.entries.values():
        law = law_to_name(each)
        assert law.count("(") == law.count(")"), each.id
        assert not {"s", "ss", "reg", "Sch", "para", "and", "to"} & {*law.replace(",", " ").split()[-1:]}


def test_the_law_that_ends_help_is_never_a_reason_to_ask_for_it() -> None:
    cites = ("Nationality, Immigration and Asylum Act 2002 Sch 3 para 1", "Children Act 1989 s24B")
    asked = entry(legal_basis=[{"cite": cite, "read": True} for cite in cites])
    assert law_to_name(asked) == "Children Act 1989 section 24B"
    assert (
        law_to_name(entry(legal_basis=[{"cite": "Answer in the House of Commons, 3 May", "read": True}]))
        == ""
    )


def test_an_advocate_is_asked_for_only_where_the_law_on_them_reaches(published: Published) -> None:
    for each in without_messages(published):
        said = what_to_say(each, TODAY)
        council = each.area_basis == "responsible_authority" and "council" in each.decided_by.lower()
        assert ("section 26A. Please tell me how I get one" in said.if_no) == council, each.id


def test_you_must_is_said_only_of_what_must_be_done(published: Published) -> None:
    for each in without_messages(published):
        said = what_to_say(each, TODAY)
        if "must help me" in said.if_no:
            assert decision(each, TODAY).duty in ("must", "must-in-part")
            assert law_to_name(each) in said.if_no


def test_an_editor_s_own_words_come_first() -> None:
    said = what_to_say(entry(to_say={"first": "May I have it?", "if_no": "Why not?"}), TODAY)
    assert (said.first, said.if_no, said.by_editor) == ("May I have it?", "Why not?", True)
