"""Capitals that stand for words which the entry never says."""

import re
from collections.abc import Iterator

from offer.staff.words.jargon import Said

# Known by everybody better than in full, or names.
_KNOWN = """
UK NHS GP ID PIN TV PC CV PDF GCSE BBC AIDS HIV DVD SIM USB SMS PO OK AM PM ATM VAT BSL MP USA EU RAF IT ISA
YMCA UCAS AS NI II III IV
"""
KNOWN = frozenset(_KNOWN.split())
_CAPITALS = re.compile(r"(?<![\w@.£/&-])([A-Z]{2,6})s?(?![\w@&-]|\.\w)")


def unexplained(words: str, everything: str) -> Iterator[Said]:
    """Where initials come first in the entry, and neither "Full Words (FW)" nor "FW (full words)" stands."""
    for initials in dict.fromkeys(_CAPITALS.findall(words)):
        if everything.find(initials) < everything.find(words):
            continue  # told at the text before
        if initials not in KNOWN and not _is_explained(initials, everything) and not words.isupper():
            said = "These initials are explained nowhere in the entry."
            yield initials, said, f"Write the full words first, then ({initials}); or only the words."


def _is_explained(initials: str, everything: str) -> bool:
    everything = " ".join(everything.split())  # several blanks could be shared out in many ways
    if re.search(rf"\w\s+\(\W?{initials}s?\W?\)|\b{initials}s?\s+\(\w+\s+\w", everything):
        return True
    small = r"(?:\s+(?:of|and|the|for|to|in|with)\b)*"
    full = r"[\w’']*[\s-]+".join(f"{small}\\s*{letter}" if n else letter for n, letter in enumerate(initials))
    return re.search(rf"(?i:\b{full})[a-z]", everything) is not None
