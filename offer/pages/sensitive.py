"""Which pages may be dangerous to be seen with: abuse, health, exploitation, the right to stay, urgent help.

Such a page has "Leave this page" and the way to help now at its head: templates/parts/safe.html.
"""

from collections.abc import Iterable

from directory.records import Service
from offer.addresses import OFFER
from offer.pages.nearby_query import Narrowed
from offer.published import Published
from search.finder import Found

_TOPICS = frozenset({"health", "documents-and-immigration", "help-now"})
_KINDS = frozenset({"health", "safety", "crisis"})


def touches(topics: Iterable[str]) -> bool:
    """Whether one of these topics is about such things."""
    return not _TOPICS.isdisjoint(topics)


def is_sensitive(service: Service) -> bool:
    """Whether a service is mainly about such things."""
    return service.kind in _KINDS or touches(service.topics[:1])


def is_about_such(published: Published, kind: str, slug: str) -> bool:
    """Whether a published entitlement or service is about such things."""
    if kind == OFFER:
        entry = published.entries.get(slug)
        return entry is not None and touches((entry.topic, *entry.more_topics))
    service = published.services.get(slug)
    return service is not None and is_sensitive(service.record)


def narrows(narrowed: Narrowed) -> bool:
    """Whether a list of services was asked for such things."""
    return narrowed.kind in _KINDS or touches((narrowed.topic,))


def leads_with(published: Published, found: Found | None) -> bool:
    """Whether the best hit of a search is about such things."""
    if found is None or not found.hits:
        return False
    return is_about_such(published, found.hits[0].kind, found.hits[0].slug)
