"""What to do about a no: somebody on your side, a complaint, and the Ombudsman, from the directory."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from directory.assembled import ServiceView
from directory.records import ENGLAND
from offer.addresses import entry_href, service_href
from offer.entitlements.schema import Entitlement
from offer.language import gettext as _
from offer.pages.listing import Link
from offer.pages.service_words import PhoneLink, phone_links
from offer.published import Published

_LINES = ("coram-voice-always-heard", "childrens-commissioner-help-at-hand", "become")
_OMBUDSMAN, _COMPLAINING = "local-government-ombudsman", "complaints-and-ombudsman"
MOST = 2  # lines to ring for one way: more is a list nobody rings


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody to ring. `caution` is what we doubt about the number, or ""."""

    link: Link
    phones: tuple[PhoneLink, ...]
    caution: str


@dataclass(frozen=True, slots=True)
class Way:
    """One thing to do about a no. `more` leads to the steps of it, where we hold them."""

    title: str
    text: str
    lines: tuple[Line, ...] = ()
    more: Link | None = None


def ways_on(published: Published, entry: Entitlement, whose: str) -> tuple[Way, ...]:
    """What somebody can do about a no, mildest first; `whose` council, "" for England."""
    return tuple(_ways(published, entry, whose))


def _ways(published: Published, entry: Entitlement, whose: str) -> Iterator[Way]:
    by_council = "council" in entry.decided_by.lower()
    free = _("It is free.")
    yield Way(
        _("Get someone on your side"),
        _("They do not work for the council. They can speak up for you (an advocate). It is free.")
        if by_council
        else free,
        _lines(_on_your_side(published, entry)),
    )
    if not by_council:
        return
    how = published.entries.get(_COMPLAINING)
    yield Way(
        _("Complain to %(council)s") % {"council": whose} if whose else _("Complain to the council"),
        _("Write to its complaints team. Say what went wrong and what you want."),
        more=Link(entry_href(how.id), _("How to complain, step by step")) if how and how != entry else None,
    )
    yield Way(
        _("Go to the Ombudsman"),
        _("If the council’s answer does not put it right. The Ombudsman is not part of the council."),
        _lines(filter(None, [published.services.get(_OMBUDSMAN)])),
    )


def _on_your_side(published: Published, entry: Entitlement) -> list[ServiceView]:
    """The council's own advocacy where we hold it, then the national lines."""
    own = (
        service
        for service in published.services_of([entry.authority])
        if service.record.kind == "advocacy"
        and entry.authority != ENGLAND
        and entry.authority in service.record.areas
    )
    national = (published.services[slug] for slug in _LINES if slug in published.services)
    return [service for service in (*own, *national) if service.is_shown][:MOST]


def _lines(services: Iterable[ServiceView]) -> tuple[Line, ...]:
    return tuple(
        Line(
            Link(service_href(service.id), service.name),
            phone_links(service.phones)[:1],
            service.record.caution or "",
        )
        for service in services
    )
