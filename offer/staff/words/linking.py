"""Links that do not say where they lead."""

import re
from collections.abc import Iterator

from offer.staff.words.jargon import Said

_EMPTY = re.compile(
    r"\bclick (?:here|on this|this|the link)\b|\b(?:follow|see|use|visit) this (?:link|page|website)\b"
    r"|\bread more\b|\bfind out more here\b|\bmore (?:info(?:rmation)?|details) here\b|\bthis link\b",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"\b(?:https?://|www\.)\S+", re.IGNORECASE)


def bare_links(words: str) -> Iterator[Said]:
    """ "Click here", which says nothing to who hears the page, and addresses in the middle of words."""
    for found in _EMPTY.finditer(words):
        yield (
            found.group(),
            "This does not say where it leads.",
            "Name the page: “the form for the home grant”.",
        )
    for found in _ADDRESS.finditer(words):
        quote = found.group()[:60]
        yield (
            quote,
            "A bare address is hard to read and to hear.",
            "Name the page here, and put the address under Sources.",
        )
