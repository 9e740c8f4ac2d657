"""Three versions of one record: as we last made it of the feed, as it stands here, as the feed has it now.

What staff changed stays; what only the feed changed is taken; where both did, ours stays and the
difference is shown.
"""

from dataclasses import dataclass
from typing import Any

from offer.catalogue.documents import Body

# What people here decide about a record. The feed does not know it, so no difference is worth a line.
OURS = frozenset({"stage", "confidence", "checked_on", "review_by", "staff_note", "sources", "id"})
_ABSENT = object()


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that staff changed, and what the feed says instead."""

    field: str
    ours: Any
    theirs: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """The record as it should stand, and what was kept against the feed."""

    body: Body
    kept: tuple[Difference, ...]


def merge(staged: Body, ours: Body, theirs: Body) -> Merged:
    """Field by field; a field that stands at its default is absent from a body."""
    body: Body = {}
    kept = []
    for field in dict.fromkeys((*ours, *theirs)):
        base, own, new = (each.get(field, _ABSENT) for each in (staged, ours, theirs))
        chosen = new if own == base else own
        if chosen is not _ABSENT:
            body[field] = chosen
        if own not in (base, new) and field not in OURS:
            kept.append(Difference(field, _shown(own), _shown(new)))
    return Merged(body, tuple(kept))


def _shown(value: Any) -> Any:
    return None if value is _ABSENT else value
