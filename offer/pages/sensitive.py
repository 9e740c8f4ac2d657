"""Which pages may be dangerous to be seen with: abuse, health, exploitation, the right to stay, urgent help.

Such a page has "Leave this page" and the way to help now at its head.
"""

from collections.abc import Iterable

from directory.records import Service

_TOPICS = frozenset({"health", "documents-and-immigration", "help-now"})
_KINDS = frozenset({"health", "safety", "crisis"})


def touches(topics: Iterable[str]) -> bool:
    """Whether one of these topics is about such things."""
    return not _TOPICS.isdisjoint(topics)


def is_sensitive(service: Service) -> bool:
    """Whether a service's page is about such things."""
    return service.kind in _KINDS or touches(service.topics)
