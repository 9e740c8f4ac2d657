"""The written messages: short, sendable, and citing only laws that stand behind the entry."""

import re

import pytest

from offer.entitlements.schema import Entitlement
from offer.saying import law_to_name
from tests.offer.entitlements.conftest import STARTER

SAID = {slug: entry for slug, entry in STARTER.items() if entry.to_say is not None}
HELPERS = ("advocacy", "complaints-and-ombudsman")  # their laws may be named in any message
NAME = r"(?:[A-Z][\w']*,? (?:and |to |for )?|\([A-Z][\w ]+\) )+"
ACT = re.compile(rf"(?:[Tt]he )?({NAME}(?:Act|Order|Regulations) (?:19|20)\d\d)")
NUMBER = r"\d+[A-Z]*(?:\(\w+\))*"
NUMBERED = re.compile(
    rf"(?:sections?|Schedule|paragraph|article|regulation) ({NUMBER}(?:(?:,| and| or| to) {NUMBER})*)"
)
SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
INSTRUMENT = re.compile(r"S\.I\. \d{4}/\d+|\[\d{4}\] UKHL \d+")
WHAT_LAW_SAYS = re.compile(r"\bmust\b|\bthe law says\b|\bby law\b|\bright to\b", re.IGNORECASE)


@pytest.fixture(params=list(SAID.values()), ids=list(SAID))
def said(request: pytest.FixtureRequest) -> Entitlement:
    """Each entry with messages of its own."""
    assert isinstance(request.param, Entitlement)
    return request.param


def test_every_public_entry_that_stands_on_a_section_of_a_law_has_messages_of_its_own() -> None:
    on_law = [entry for entry in STARTER.values() if entry.stage == "public" and law_to_name(entry)]
    assert len(on_law) > 40
    assert not [entry.id for entry in on_law if entry.id not in SAID]


def test_a_message_is_two_to_four_sentences(said: Entitlement) -> None:
    for message in _messages(said):
        sentences = SENTENCE.split(message)
        assert 2 <= len(sentences) <= 4, message
        assert max(len(sentence.split()) for sentence in sentences) <= 45, message


def test_a_message_asks_for_a_written_answer_in_the_first_person(said: Entitlement) -> None:
    for message in _messages(said):
        assert re.search(r"\b(writing|written|email|journal|decision|today)\b", message), message
        assert re.search(r"\b(I|me|my)\b", message), message
        assert "Please" in message


def test_a_message_after_a_no_asks_why_and_what_comes_next(said: Entitlement) -> None:
    assert said.to_say is not None
    assert re.search(r"\breasons?\b|\breview\b|\bstage\b", said.to_say.if_no), said.to_say.if_no
    further = r"complain|appeal|review|advocate|look at (it|the decision) again|Ombudsman|manager"
    assert re.search(further, said.to_say.if_no), said.to_say.if_no


def test_a_message_cites_only_laws_that_stand_behind_it(said: Entitlement) -> None:
    behind = _plain_cites(said.id, *HELPERS)
    for message in _messages(said):
        for law in (*ACT.findall(message), *INSTRUMENT.findall(message)):
            assert law.removeprefix("The ") in behind, (law, behind)
        for number in _numbers(message):
            assert re.search(rf"(?<![\w]){re.escape(number)}(?![\w])", behind), (number, behind)


def test_what_a_council_chose_is_not_called_law(said: Entitlement) -> None:
    if said.nature != "law":
        text = " ".join(_messages(said))
        assert not WHAT_LAW_SAYS.search(text), text


@pytest.mark.parametrize(
    ("message", "law"),
    [
        ("Under the Children Act 1989 you must", "Children Act 1989"),
        ("see the Housing Act 1996, section 199", "Housing Act 1996"),
        (
            "article 4 of the Homelessness (Priority Need for Accommodation) (England) Order 2002",
            "Homelessness (Priority Need for Accommodation) (England) Order 2002",
        ),
    ],
)
def test_the_laws_of_a_message_are_found(message: str, law: str) -> None:
    assert ACT.findall(message) == [law]


@pytest.mark.parametrize(
    ("message", "numbers"),
    [
        ("section 26A of the Children Act 1989", {"26A"}),
        ("sections 23B(8), 23C(4)(c) and 24B", {"23B", "23C", "24B"}),
        ("Schedule 2 paragraph 19C", {"2", "19C"}),
        ("S.I. 2002/2051, article 4", {"4"}),
    ],
)
def test_the_numbers_of_a_message_are_found(message: str, numbers: set[str]) -> None:
    assert set(_numbers(message)) == numbers


def _messages(entry: Entitlement) -> tuple[str, str]:
    assert entry.to_say is not None
    return entry.to_say.first, entry.to_say.if_no


def _numbers(message: str) -> list[str]:
    """The section, paragraph and article numbers, without their subsections."""
    groups = NUMBERED.findall(message)
    return [part.split("(")[0] for group in groups for part in re.findall(NUMBER, group)]


def _plain_cites(*slugs: str) -> str:
    """The laws of these entries, with "s23C", "ss24" and "art 4" written as a number alone."""
    cites = " ; ".join(basis.cite for slug in slugs for basis in STARTER[slug].legal_basis)
    return re.sub(r"\b(?:ss?|arts?|regs?|paras?)\.? ?(?=\d)", "", cites)
