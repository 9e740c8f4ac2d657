"""What to say: a short message to read out or send, and a second one for after a no.

Made from the entry's own facts, so that both are right for every entry; an editor's own words
(`to_say`) come first. Nothing about a person is in them, and nothing that is typed is kept.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from offer.deciding import Duty, decision
from offer.entitlements.schema import Entitlement

_ACT = re.compile(r"\b(Act|Regulations|Regs|Order|S\.I\.)")
_SECTION = re.compile(r"\b(ss?|sections?|regs?|regulations?|Sch|Schedule|para|arts?)\.? ?\d")
_TAKES_AWAY = "Nationality, Immigration and Asylum Act"  # it ends help, so it is no reason to ask for any
_NOTE = re.compile(  # what an editor noted behind a citation; "(England)" and "(Children Act 1989 …)" stay
    r" \((?=[^)]*[a-z]{3})(?![^)]*\b(?:Act|Regulations)\b)[^()]*\)$| \(inserted .*$|;.*$"
)
_SHORT = (
    (re.compile(r"\bss\.? ?(?=\d)"), "sections "),
    (re.compile(r"\bs\.? ?(?=\d)"), "section "),
    (re.compile(r"\bRegs\b"), "Regulations"),
    (re.compile(r"\bregs?\.? (?=\d)"), "regulation "),
    (re.compile(r"\bSch\.? (?=\d)"), "Schedule "),
    (re.compile(r"\barts\.? (?=\d)"), "articles "),
    (re.compile(r"\bpara\.? (?=\d)"), "paragraph "),
    (re.compile(r"\bLGFA\b"), "Local Government Finance Act"),
)
_ADVOCATE = (
    "I want someone independent to speak up for me (an advocate): "
    "Children Act 1989 section 26A. Please tell me how I get one and how I complain."
)


@dataclass(frozen=True, slots=True)
class Said:
    """Two messages, whole; `by_editor` where somebody wrote them for this entry."""

    first: str
    if_no: str
    by_editor: bool


def what_to_say(entry: Entitlement, on: date) -> Said:
    """The words for an entry on a day."""
    if entry.to_say:
        return Said(entry.to_say.first, entry.to_say.if_no, by_editor=True)
    duty = decision(entry, on).duty
    return Said(" ".join(_first(entry, duty)), " ".join(_if_no(entry, duty)), by_editor=False)


def law_to_name(entry: Entitlement) -> str:
    """The first Act or regulation of an entry with its section, to be read out; "" where it has none."""
    for basis in entry.legal_basis:
        if _ACT.search(basis.cite) and _SECTION.search(basis.cite) and _TAKES_AWAY not in basis.cite:
            return spoken(basis.cite)
    return ""


def spoken(cite: str) -> str:
    """A citation in whole words: "Children Act 1989 s24B(5)" → "Children Act 1989 section 24B(5)"."""
    said = _NOTE.sub("", cite)
    for short, whole in _SHORT:
        said = short.sub(whole, said)
    return said.rstrip(" .,")


def _first(entry: Entitlement, duty: Duty) -> Iterator[str]:
    cared_for = "I have been in care. " if entry.for_care_leavers else ""
    yield f"Hello. {cared_for}I am asking about: {entry.title}."
    law = law_to_name(entry)
    if law:
        yield f"The law on this is: {law}."
    if duty == "nobody-yet":
        yield "Please tell me if this has started, and when I could get it."
    elif duty == "nothing-to-decide":
        yield "Please tell me in writing how this is for me, and what I can get because of it."
    elif entry.status != "current":  # a trial, an idea, or something that may be over
        yield "Please tell me in writing if this is on offer now and, if it is, how I get it."
    else:
        yield "Please tell me in writing how I get it, what you need from me, and by when I will hear."
    yield "Thank you."


def _if_no(entry: Entitlement, duty: Duty) -> Iterator[str]:
    nothing = duty == "nothing-to-decide"
    yield f"You told me {'that this is not for me' if nothing else 'no about this'}: {entry.title}."
    yield "Please send me the reason and your rules in writing."
    law = law_to_name(entry)
    if duty in ("must", "must-in-part") and law:
        yield f"I think you must help me if the conditions fit me: {law}."
    elif duty == "chose-to" and entry.for_care_leavers and entry.status == "current":
        yield "It is on the list of what care leavers are offered here."
    yield "Please look at it again, and tell me by when you will answer."
    yield _ADVOCATE if _asks_the_council(entry) else "Please tell me how I can appeal or complain."


def _asks_the_council(entry: Entitlement) -> bool:
    """Whether the council that looked after somebody decides: then the law finds them an advocate."""
    return entry.area_basis == "responsible_authority" and "council" in entry.decided_by.lower()
