"""Browse by topic: England's entries first, then councils', then places and teams."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from directory.topics import TOPICS, Topic
from offer.addresses import entry_href
from offer.clock import today
from offer.council_names import plain_name
from offer.entitlements.in_force import is_in_force
from offer.entitlements.schema import ENGLAND, Entitlement
from offer.errors import Problem
from offer.pages.edition import edition_of
from offer.pages.listing import Link, Row, entry_row, service_row
from offer.pages.rendering import Page, render
from offer.published import Published

PATH = "/topics"
UNKNOWN = "We do not have that topic. Choose one from the list of topics."


@dataclass(frozen=True, slots=True)
class TopicLine:
    """A topic with the number of offers and of places under it."""

    topic: Topic
    offers: int
    services: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicsView(Page):
    """Every topic."""

    lines: tuple[TopicLine, ...]


@dataclass(frozen=True, slots=True)
class CouncilRows:
    """One council's own offers on a topic."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicView(Page):
    """One topic. `also` are England's entries mainly about another topic.

    `chosen` is the name of the council chosen, or ""; `held` links to those with offers here.
    """

    topic: Topic
    national: tuple[Row, ...]
    also: tuple[Link, ...]
    councils: tuple[CouncilRows, ...]
    services: tuple[Row, ...]
    chosen: str
    held: tuple[Link, ...]


async def show_all(request: Request) -> Response:
    """GET /topics."""
    published = edition_of(request)
    view = TopicsView(
        title="Topics",
        path=PATH,
        edition=published.places.edition,
        description="What care leavers in England can get, by topic.",
        lines=tuple(_line(published, topic) for topic in TOPICS.values()),
    )
    return render(request, "topics.html", view)


async def show(request: Request) -> Response:
    """GET /topics/{topic}?by=E06000047: `by` is the council whose offers stand beside England's."""
    published, slug = edition_of(request), request.path_params["topic"]
    if slug not in TOPICS:
        raise Problem(404, UNKNOWN)
    by = request.query_params.get("by", "")
    council = published.places.authority(by)
    if by and council is None:
        return RedirectResponse(f"{PATH}/{slug}", 303)
    return render(request, "topic.html", _view(published, TOPICS[slug], council.gss if council else ""))


def _view(published: Published, topic: Topic, by: str) -> TopicView:
    on = today()
    entries = _entries(published, topic, on)
    own = {area.gss for area in published.places.districts_of(by, on)} | {by} if by else set()
    local = [entry for entry in entries if entry.authority != ENGLAND and (not own or _is_of(entry, own))]
    national = [entry for entry in entries if entry.authority == ENGLAND]
    return TopicView(
        title=topic.title,
        path=PATH,
        edition=published.places.edition,
        description=topic.about,
        topic=topic,
        national=tuple(entry_row(published, entry, on) for entry in national if entry.topic == topic.slug),
        also=tuple(Link(entry_href(e.id), e.title) for e in national if e.topic != topic.slug),
        councils=_by_council(published, local, on) if by else (),
        services=_services(published, topic, own),
        chosen=published.names.get(by, ""),
        held=tuple(_held(published, topic, entries, by)),
    )


def _entries(published: Published, topic: Topic, on: date) -> list[Entitlement]:
    """The entries on a topic that are in force, those mainly about it first."""
    found = [
        entry
        for entry in published.entries.values()
        if (entry.topic == topic.slug or topic.slug in entry.more_topics) and is_in_force(entry, on)
    ]
    return sorted(found, key=lambda entry: (entry.topic != topic.slug, entry.title))


def _is_of(entry: Entitlement, codes: set[str]) -> bool:
    return entry.authority in codes or not codes.isdisjoint(entry.areas)


def _by_council(published: Published, entries: Iterable[Entitlement], on: date) -> tuple[CouncilRows, ...]:
    groups: dict[str, list[Row]] = {}
    for entry in entries:
        name = published.names.get(entry.authority, entry.authority)
        groups.setdefault(name, []).append(entry_row(published, entry, on))
    return tuple(CouncilRows(name, tuple(rows)) for name, rows in sorted(groups.items()))


def _services(published: Published, topic: Topic, own: set[str]) -> tuple[Row, ...]:
    """Places and teams on a topic: England's, and the chosen council's."""
    wanted = own | {ENGLAND}
    found = [
        service
        for service in published.services.values()
        if service.is_shown
        and topic.slug in service.record.topics
        and not wanted.isdisjoint(service.record.areas)
    ]
    found.sort(
        key=lambda service: (service.record.is_national, service.record.topics[0] != topic.slug, service.name)
    )
    return tuple(service_row(service) for service in found)


def _held(published: Published, topic: Topic, entries: Iterable[Entitlement], by: str) -> Iterable[Link]:
    """All of England, and the upper-tier councils whose own offers we hold on this topic."""
    on, counts = today(), dict[str, int]()
    for entry in entries:
        if entry.authority != ENGLAND:
            upper = published.places.authority_of(entry.authority, on)
            code = upper.gss if upper else entry.authority
            counts[code] = counts.get(code, 0) + 1
    if counts:
        yield Link(f"{PATH}/{topic.slug}", "All of England", not by)
    for code in sorted(counts, key=lambda code: published.names.get(code, code)):
        name = plain_name(published.names.get(code, code))
        yield Link(f"{PATH}/{topic.slug}?by={code}", name, code == by, counts[code])


def _line(published: Published, topic: Topic) -> TopicLine:
    services = [s for s in published.services.values() if s.is_shown and topic.slug in s.record.topics]
    return TopicLine(topic, len(_entries(published, topic, today())), len(services))


ROUTES = (
    Route(PATH, show_all, name="topics"),
    Route(f"{PATH}/{{topic}}", show, name="topic"),
)
