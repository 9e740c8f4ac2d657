"""The public page of a draft as a young person would see it: the very same view model and template.

It is shown in a frame that runs nothing, sends nothing and leads nowhere.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, cast

from starlette.requests import Request

from directory.assembled import PlaceView, ServiceView
from directory.records import Location, Organisation, Service
from offer.addresses import base_of
from offer.clock import now, today
from offer.eligibility.rule import RuleError
from offer.entitlements.schema import Entitlement
from offer.live import live_of
from offer.pages.entry import entry_page
from offer.pages.rendering import Page, html_of
from offer.pages.service_list import organisation_page
from offer.pages.services import service_page
from offer.published import Published
from offer.rulebook import Rulebook
from offer.staff.editing.readable import readable, without_rule

_SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL)
_LINK = re.compile(r'(<a\b[^>]*?\bhref=")([^"]*)"')
HERE = "about:srcdoc"  # how a frame that is written into the page calls itself

NOWHERE = "No service is at this place yet, so no page shows it."
NOT_TOGETHER = "Some answers do not fit together yet: see what is to be finished, then look again."


@dataclass(frozen=True, slots=True)
class Preview:
    """The page for the frame, or in `why_not` why there is none. `whole`: nothing had to be stood in for."""

    html: str = ""
    whole: bool = True
    why_not: str = ""


def preview_of(request: Request, kind: str, body: Mapping[str, Any]) -> Preview:
    """The public page of a body, which may have faults."""
    published = live_of(request).published
    found = readable(kind, body, today())
    if found is None:
        return Preview(why_not=NOT_TOGETHER)
    try:
        shown = _page(published, found.document, base_of(request))
    except RuleError:  # a rule that only fails with the terms of its districts
        found = without_rule(cast(Entitlement, found.document))
        shown = _page(published, found.document, base_of(request))
    if shown is None:
        return Preview(why_not=NOWHERE)
    template, page = shown
    return Preview(framed(html_of(request, f"pages/{template}", page)), found.whole)


def _page(published: Published, document: object, base: str) -> tuple[str, Page] | None:
    if isinstance(document, Entitlement):
        edition = replace(
            published,
            entries={**published.entries, document.id: document},
            rulebook=Rulebook([document], published.council_tax),
        )
        return "entry.html", entry_page(edition, document, today(), base)
    if isinstance(document, Organisation):
        run = [each for each in published.services.values() if document.id in _run_by(each.record)]
        return "organisation.html", organisation_page(document, run, now())
    service = _service(published, document)
    return ("service.html", service_page(published, service, now(), base)) if service else None


def _run_by(service: Service) -> tuple[str, ...]:
    return (service.organisation, *service.partners)


def _service(published: Published, document: object) -> ServiceView | None:
    """The service itself; of a location the first that is there, with the place as it is to be."""
    if isinstance(document, Location):
        places = {**published.locations, document.id: document}
        at_it = (
            each.record
            for each in published.services.values()
            if any(at.location == document.id for at in each.record.at)
        )
        found = next(at_it, None)
        return _view(published, found, places) if found else None
    return _view(published, document, published.locations) if isinstance(document, Service) else None


def _view(published: Published, record: Service, places: Mapping[str, Location]) -> ServiceView:
    run_by = (published.organisations.get(slug) for slug in _run_by(record))
    return ServiceView(
        record,
        tuple(filter(None, run_by)),
        tuple(PlaceView(at, places[at.location]) for at in record.at if at.location in places),
    )


def framed(html: str) -> str:
    """A page for a frame: without scripts, and with links that lead only to other parts of itself."""
    return _LINK.sub(_inside, _SCRIPT.sub("", html))


def _inside(found: re.Match[str]) -> str:
    within = found[2] if found[2].startswith("#") else "#main-content"
    return f'{found[1]}{HERE}{within}"'
