"""Codes of an entry's document in plain words: whose it is, how sure we are, until what age."""

from collections.abc import Mapping

from offer.documents import Ages
from offer.entitlements.schema import Entitlement

NATURE: Mapping[str, str] = {
    "law": "This is in the law.",
    "national-scheme": "This is a national scheme.",
    "council-choice": "This is the council’s own choice, on top of the law. It can change.",
}
CONFIDENCE: Mapping[str, str] = {
    "found in source": "We read this at the source.",
    "partly": "We could not check every detail.",
    "existence only": "We know that this exists, but not its terms.",
    "council paper": "We know this only from a council’s meeting papers.",
}


def ages_words(ages: Ages) -> str:
    """When it starts and stops by age: "From 16 until you turn 25"; "" where age does not settle it."""
    start, before = ages
    if start is not None and before is not None:
        return f"From {start} until you turn {before}"
    if before is not None:
        return f"Until you turn {before}"
    return f"From {start}. There is no top age." if start is not None else ""


def sure_words(entry: Entitlement) -> str:
    """How far to trust it, in one sentence."""
    return CONFIDENCE.get(entry.confidence, "We could not confirm this.")
