"""The two taxonomies of the feed: what a service is about, and what kind of service it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from directory.openreferral.ids import id_of
from directory.topics import KIND_TITLES, TOPICS

TOPIC, KIND = "topics", "kinds"
SUPPORT = "support"  # a kind the feed has besides the directory's: something to apply for, not a place


@dataclass(frozen=True, slots=True)
class Term:
    """One term. `code` is our own word for it, which does not change."""

    taxonomy: str
    code: str
    name: str
    description: str

    @property
    def id(self) -> str:
        """The term's UUID."""
        return id_of(f"taxonomy_term/{self.taxonomy}/{self.code}")

    @property
    def taxonomy_id(self) -> str:
        """The UUID of its taxonomy."""
        return taxonomy_id(self.taxonomy)

    def hsds(self) -> dict[str, Any]:
        """The term as the standard has it."""
        return {
            "id": self.id,
            "name": self.name,
            "description": self.description,
            "taxonomy": _NAMES[self.taxonomy][0],
            "taxonomy_id": self.taxonomy_id,
            "term": self.code,
        }


_NAMES: Mapping[str, tuple[str, str]] = {
    TOPIC: ("Topics for care leavers", "What a service is about, in the words young people look for."),
    KIND: ("Kinds of service for care leavers", "What sort of place, team or help it is."),
}


def taxonomy_id(name: str) -> str:
    """The UUID of a taxonomy."""
    return id_of(f"taxonomy/{name}")


def _terms() -> Iterable[Term]:
    for topic in TOPICS.values():
        yield Term(TOPIC, topic.slug, topic.title, topic.about)
    for code, title in {**KIND_TITLES, SUPPORT: "Support you can ask for"}.items():
        yield Term(KIND, code, title, f"Services of this kind: {title[0].lower()}{title[1:]}.")


TERMS: Mapping[tuple[str, str], Term] = MappingProxyType(
    {(each.taxonomy, each.code): each for each in _terms()}
)
TERM_BY_ID: Mapping[str, Term] = MappingProxyType({each.id: each for each in TERMS.values()})


def taxonomies() -> list[dict[str, Any]]:
    """Both taxonomies as the standard has them."""
    return [
        {"id": taxonomy_id(code), "name": name, "description": description}
        for code, (name, description) in _NAMES.items()
    ]
