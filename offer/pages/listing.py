"""Rows of a list: one entitlement or service in a few words, marked by what it is and whose offer."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from directory.assembled import ServiceView
from directory.freshness import is_overdue
from directory.topics import KIND_TITLES, TOPICS
from offer.addresses import OFFER, SERVICE, entry_href, service_href
from offer.entitlements.in_force import is_in_force, standing
from offer.entitlements.schema import ENGLAND, Entitlement
from offer.language import gettext as _
from offer.language import later
from offer.languages.dates import said_day, said_month
from offer.languages.entries import in_spoken
from offer.published import Published

COMING: Mapping[str, str] = {
    "law": later("Coming, not yet law"),
    "national-scheme": later("Coming, not yet law"),
    "council-choice": later("Coming, not yet started"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list. `mark` is what it is, `whose` who offers it, `sure` "" where nothing is amiss."""

    href: str
    title: str
    summary: str
    kind: str
    mark: str
    whose: str
    sure: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link with its words; `current` marks the one in use, `count` is how many it leads to.

    Where answers about a person travel in a form, `press` is the name and value of a button instead.
    """

    href: str
    text: str
    current: bool = False
    count: int | None = None
    press: tuple[str, str] | None = None


def row_of(published: Published, kind: str, slug: str, on: date) -> Row | None:
    """One row, or None where that record is not public, or not in force on the day."""
    if kind == OFFER:
        entry = published.entries.get(slug)
        return entry_row(published, entry, on) if entry and is_in_force(entry, on) else None
    service = published.services.get(slug)
    return service_row(service) if service and service.is_shown else None


def entry_row(published: Published, entry: Entitlement, on: date) -> Row:
    """An entitlement as a row, as it stands on the day."""
    words = in_spoken(entry)
    return Row(
        href=entry_href(entry.id),
        title=words.title,
        summary=words.summary,
        kind=OFFER,
        mark=_("The law") if entry.nature == "law" else _("Offer"),
        whose=whose(published, entry),
        sure=_sure(entry, on),
    )


def service_row(service: ServiceView) -> Row:
    """A service as a row."""
    return Row(
        href=service_href(service.id),
        title=service.name,
        summary=service.record.summary,
        kind=SERVICE,
        mark=_(KIND_TITLES[service.record.kind]),
        whose=service.run_by,
    )


def whose(published: Published, entry: Entitlement) -> str:
    """ "All of England", or the name of the council's area."""
    if entry.authority == ENGLAND:
        return _("All of England")
    return published.names.get(entry.authority, entry.authority)


def topic_title(slug: str) -> str:
    """A topic's plain title."""
    return _(TOPICS[slug].title)


def _sure(entry: Entitlement, on: date) -> str:
    stands = standing(entry, on)
    if stands == "coming":
        if entry.begins is None:
            return _(COMING[entry.nature])
        return _("Coming: starts on %(day)s") % {"day": said_day(entry.begins)}
    if stands == "ended":
        return _("This has ended")
    if entry.status in ("may-have-ended", "check"):
        return _("May have changed: ask")
    if entry.status == "pilot":
        return _("Being tried out")
    if entry.confidence == "existence only":
        return _("We could not check all of this: ask")
    return not_lately(entry.checked_on, entry.review_by, on)


def not_lately(checked_on: date, review_by: date, on: date) -> str:
    """A mark for what nobody looked at again in time; "" while its check is not overdue."""
    if not is_overdue(review_by, on):
        return ""
    return _("Not checked since %(month)s: ask") % {"month": said_month(checked_on)}
