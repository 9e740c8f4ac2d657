"""Whom to ask about a topic: the team for care leavers, the council's own places, free national lines."""

from collections.abc import Iterator
from dataclasses import dataclass

from directory.assembled import ServiceView
from directory.places import Area
from offer.clock import now
from offer.guides.schema import Guide
from offer.pages.service_words import ServiceCard, card
from offer.pages.who_to_ask import leaving_care_team
from offer.published import Published

MOST_LOCAL = 5  # places and teams of a council; the others are one tap away


@dataclass(frozen=True, slots=True)
class People:
    """`team` is the chosen council's leaving care team, None where none is chosen or held.

    `local` are its places and teams on the topic, those with a number first; `more` is how many beside.
    """

    team: ServiceCard | None
    local: tuple[ServiceCard, ...]
    more: int
    national: tuple[ServiceCard, ...]


def people_of(published: Published, guide: Guide, council: Area | None, codes: frozenset[str]) -> People:
    """The people for a guide. `codes`: the chosen council and its districts; empty for none."""
    team = leaving_care_team(published, council) if council else None
    local = sorted(
        (service for service in _local(published, guide, codes) if service is not team),
        key=lambda each: (each.record.topics[0] not in guide.topics, not each.phones, each.name),
    )
    national = (published.services.get(slug) for slug in guide.ask)
    return People(
        team=card(team, now()) if team else None,
        local=tuple(card(service, now()) for service in local[:MOST_LOCAL]),
        more=max(0, len(local) - MOST_LOCAL),
        national=tuple(card(each, now()) for each in national if each and each.is_shown),
    )


def _local(published: Published, guide: Guide, codes: frozenset[str]) -> Iterator[ServiceView]:
    for service in published.services_of(codes):
        record = service.record
        near = service.is_shown and not record.is_national and not codes.isdisjoint(record.areas)
        if near and not set(record.topics).isdisjoint(guide.topics):
            yield service
