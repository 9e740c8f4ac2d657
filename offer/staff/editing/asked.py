"""What forms ask in words: the tables of the entry and of the directory as one, and what they leave out."""

from collections.abc import Mapping
from types import MappingProxyType

from pydantic import BaseModel

from offer.staff.editing import directory_labels, labels
from offer.staff.editing.words import Section, Words

__all__ = ["CARRIED", "SECTIONS", "WORDS", "Section", "Words"]

WORDS: Mapping[type[BaseModel], Mapping[str, Words]] = MappingProxyType(
    {**labels.WORDS, **directory_labels.WORDS}
)
# Fields that another page edits, with its name in words: the form carries them through unchanged.
CARRIED: Mapping[type[BaseModel], Mapping[str, str]] = MappingProxyType(labels.CARRIED)
SECTIONS: Mapping[str, tuple[Section, ...]] = MappingProxyType(
    {"entitlement": labels.SECTIONS, **directory_labels.SECTIONS}
)
