"""Whether a document says who to ask: every entry ends at a person."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

# Who can be asked, in whatever words.
_SOMEBODY = re.compile(
    r"\b(?:advis[eo]rs?|council|team|worker|ask|ring|call|speak|talk|tell|email|write to|visit|advocate"
    r"|citizens advice|gp|doctor|college|school|jobcentre|charity|line)\b",
    re.IGNORECASE,
)
Missing = tuple[str, str, str, str]  # field, label, what is the matter, what to write


def nobody_to_ask(kind: str, body: Mapping[str, Any]) -> Iterator[Missing]:
    """What is missing of it in a body that may have faults."""
    if kind == "entitlement":
        yield from _of_entry(body)
    elif kind == "service" and not _can_be_reached(body):
        said = "It does not say how to reach anybody."
        yield "phones", "Phones", said, "Add a phone number, an email address or a website."


def _of_entry(body: Mapping[str, Any]) -> Iterator[Missing]:
    if not str(body.get("ask") or "").strip():
        yield (
            "ask",
            "Who to ask",
            "It does not say who to ask.",
            "Write a person or a team: “your personal adviser”.",
        )
    if not _SOMEBODY.search(str(body.get("if_told_no") or "")):
        said = "It does not say who to turn to after a no."
        yield "if_told_no", "If told no", said, "Name somebody: “Ask your council for its answer in writing.”"


def _can_be_reached(body: Mapping[str, Any]) -> bool:
    return any(body.get(name) for name in ("phones", "email", "website"))
