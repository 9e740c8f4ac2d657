"""The person to ask at the end of every answer: the council's own team, then free national advice."""

from dataclasses import dataclass

from directory.assembled import ServiceView
from directory.places import Area
from offer.addresses import service_href
from offer.council_names import council_name, plain_name
from offer.eligibility.situation import Situation
from offer.pages.service_words import PhoneLink, phone_links
from offer.public_scopes import PublicScope
from offer.published import Published

_ADVICE = ("become", "coram-voice-always-heard", "childrens-commissioner-help-at-hand")


@dataclass(frozen=True, slots=True)
class Contact:
    """A team to ring. `phones` is empty where no number is published: then none is shown."""

    name: str
    href: str
    organisation: str
    phones: tuple[PhoneLink, ...]
    caution: str


@dataclass(frozen=True, slots=True)
class WhoToAsk:
    """`team` is the council's own, None where we hold none; `advice` are free national lines."""

    council: str
    team: Contact | None
    advice: tuple[Contact, ...]


@dataclass(frozen=True, slots=True)
class NoOffer:
    """A council whose own offer we do not hold: "Kent", "Kent County Council". `begun`: it is writing it."""

    place: str
    council: str
    begun: bool = False


def who_to_ask(published: Published, council: Area | None) -> WhoToAsk:
    """Whom somebody looked after by this council should ask."""
    team = leaving_care_team(published, council) if council else None
    return WhoToAsk(
        council=council_name(council) if council else "",
        team=_contact(team) if team else None,
        advice=tuple(map(_contact, advice_services(published))),
    )


def advice_services(published: Published) -> tuple[ServiceView, ...]:
    """Free national lines, from outside any council."""
    services = (published.services.get(slug) for slug in _ADVICE)
    return tuple(service for service in services if service and service.is_shown)


def leaving_care_team(published: Published, council: Area) -> ServiceView | None:
    """The council's leaving care team, where we hold it."""
    teams = (
        service
        for service in published.services_of([council.gss])
        if service.is_shown
        and service.record.kind == "leaving-care-team"
        and service.record.authority == council.gss
    )
    return next(teams, None)


def council_of(published: Published, situation: Situation) -> Area | None:
    """The council that looked after this person, where it is one of England."""
    code = situation.facts.get("responsible_authority")
    return published.places.authority(code) if isinstance(code, str) else None


def no_offer(published: Published, council: Area | None) -> NoOffer | None:
    """The council, where no entry of its own is published; None where we hold some."""
    if council is None or any(e.authority == council.gss for e in published.entries_of([council.gss])):
        return None
    begun = published.scopes.get(council.gss, PublicScope()).begun
    return NoOffer(plain_name(council.name), council_name(council), begun)


def is_being_written(published: Published, council: Area) -> bool:
    """Whether a council has begun its own offer here, and nothing of it is published yet."""
    offer = no_offer(published, council)
    return offer is not None and offer.begun


def _contact(service: ServiceView) -> Contact:
    organisation = "" if service.run_by in service.name else service.run_by
    return Contact(
        service.name,
        service_href(service.id),
        organisation,
        phone_links(service.phones),
        service.record.caution or "",
    )
