"""A topic's guide as its page shows it: words, entries, ages and people to ask. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from directory.assembled import ServiceView
from directory.places import Area
from directory.topics import TOPICS
from offer.addresses import entry_href
from offer.clock import now
from offer.council_names import plain_name
from offer.eligibility.wording import said_month
from offer.entitlements.schema import ENGLAND, Entitlement, Source
from offer.guides.reading import guides
from offer.guides.schema import Guide, Sentence, Step
from offer.guides.shown import entries_of, is_mainly, true_on
from offer.pages.help_lines import BannerView, banner_of
from offer.pages.listing import Link, Row, entry_row
from offer.pages.rendering import Page
from offer.pages.service_words import ServiceCard, card
from offer.pages.topic_ages import AgeLine, ages_of
from offer.pages.who_to_ask import leaving_care_team
from offer.published import Published
from offer.urgent_help import asker

PATH = "/topics"
MOST_LOCAL = 6  # places and teams of a council; the others are one tap away
MOST_ALSO = 8  # a council's offers about other topics that touch this one


@dataclass(frozen=True, slots=True)
class StepView:
    """One thing to do first, with the pages that say how."""

    says: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class CouncilRows:
    """One council's own offers on a topic."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class SourceNote:
    """Where a sentence of our own was read."""

    name: str
    href: str
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicView(Page):
    """One topic. `law` and `schemes` are England's entries mainly about it; `also`, those about another.

    `chosen` is the name of the council chosen, or ""; `held` links to those with offers here.
    `team` is the chosen council's leaving care team; `local` and `national` other people to ask,
    `more_local` how many places there are beside. `councils_also` are what councils
    offer mainly about another topic; `more_also` is how many, where that is too many to list.
    """

    slug: str
    about: str
    start: tuple[str, ...]
    first: tuple[StepView, ...]
    urgent: BannerView | None
    by: str
    law: tuple[Row, ...]
    schemes: tuple[Row, ...]
    also: tuple[Link, ...]
    councils: tuple[CouncilRows, ...]
    councils_also: tuple[Link, ...]
    more_also: int
    ages: tuple[AgeLine, ...]
    team: ServiceCard | None
    local: tuple[ServiceCard, ...]
    more_local: int
    national: tuple[ServiceCard, ...]
    related: tuple[Link, ...]
    chosen: str
    held: tuple[Link, ...]
    sources: tuple[SourceNote, ...]
    checked: str


def topic_view(published: Published, guide: Guide, council: Area | None, on: date) -> TopicView:
    """The guide's page; with a council, what it and its districts add."""
    entries = entries_of(guide, published.entries, on)
    codes = _codes(published, council, on)
    england = [entry for entry in entries if entry.authority == ENGLAND]
    main = [entry for entry in england if is_mainly(guide, entry)]
    added = [entry for entry in entries if entry.authority != ENGLAND and _is_of(entry, codes)]
    beside = [entry for entry in added if not is_mainly(guide, entry)]
    start = true_on(guide.start, published.entries, on)
    first = true_on(guide.first, published.entries, on)
    team = leaving_care_team(published, council) if council else None
    local, national = _services(published, guide, codes, team)
    by = council.gss if council else ""
    return TopicView(
        title=title_of(guide),
        path=PATH,
        edition=published.places.edition,
        description=about_of(guide),
        slug=guide.slug,
        about=about_of(guide),
        start=tuple(sentence.says for sentence in start),
        first=tuple(_steps(published, first)),
        urgent=banner_of(published, guide.needs, asker(published, by=by)),
        by=by,
        law=tuple(entry_row(published, entry, on) for entry in main if entry.nature == "law"),
        schemes=tuple(entry_row(published, entry, on) for entry in main if entry.nature != "law"),
        also=tuple(_link(entry) for entry in england if not is_mainly(guide, entry)),
        councils=_by_council(published, (entry for entry in added if is_mainly(guide, entry)), on),
        councils_also=tuple(_link(entry) for entry in beside[:MOST_ALSO]),
        more_also=len(beside) if len(beside) > MOST_ALSO else 0,
        ages=ages_of(
            published, {*guide.picks, *(entry.id for entry in entries if is_mainly(guide, entry))}, on
        ),
        team=card(team, now()) if team else None,
        local=tuple(card(service, now()) for service in local[:MOST_LOCAL]),
        more_local=max(0, len(local) - MOST_LOCAL),
        national=tuple(card(service, now()) for service in national),
        related=tuple(Link(_href(slug, by), title_of(guides()[slug])) for slug in guide.related),
        chosen=plain_name(council.name) if council else "",
        held=tuple(_held(published, guide, entries, by, on)),
        sources=tuple(_noted((*start, *first))),
        checked=said_month(guide.checked_on),
    )


def title_of(guide: Guide) -> str:
    """Its own title, or that of its topic."""
    return guide.title or TOPICS[guide.slug].title


def about_of(guide: Guide) -> str:
    """One line on what is in it."""
    return guide.about or TOPICS[guide.slug].about


def _steps(published: Published, steps: Iterable[Step]) -> Iterable[StepView]:
    """Each step with its page and its entries; an entry is linked where it comes first."""
    seen: set[str] = set()
    for step in steps:
        fresh = [slug for slug in step.rests_on if slug not in seen]
        seen.update(fresh)
        page = (Link(step.page.href, step.page.text),) if step.page else ()
        yield StepView(step.says, (*page, *(_link(published.entries[slug]) for slug in fresh)))


def _noted(sentences: Iterable[Sentence]) -> Iterable[SourceNote]:
    sources = dict.fromkeys(sentence.source for sentence in sentences if sentence.source)
    return (_note(source) for source in sources)


def _note(source: Source) -> SourceNote:
    return SourceNote(source.name, source.url or "", said_month(source.seen))


def _codes(published: Published, council: Area | None, on: date) -> frozenset[str]:
    """The council's own code and those of its districts."""
    if council is None:
        return frozenset()
    return frozenset({council.gss, *(area.gss for area in published.places.districts_of(council.gss, on))})


def _is_of(entry: Entitlement, codes: frozenset[str]) -> bool:
    return entry.authority in codes or not codes.isdisjoint(entry.areas)


def _by_council(published: Published, entries: Iterable[Entitlement], on: date) -> tuple[CouncilRows, ...]:
    groups: dict[str, list[Row]] = {}
    for entry in entries:
        name = plain_name(published.names.get(entry.authority, entry.authority))
        groups.setdefault(name, []).append(entry_row(published, entry, on))
    return tuple(CouncilRows(name, tuple(rows)) for name, rows in sorted(groups.items()))


def _link(entry: Entitlement) -> Link:
    return Link(entry_href(entry.id), entry.title)


def _services(
    published: Published, guide: Guide, codes: frozenset[str], team: ServiceView | None
) -> tuple[Sequence[ServiceView], Sequence[ServiceView]]:
    """The chosen council's places and teams on the guide's topics, and the national ones it names."""
    shown = {service.id: service for service in published.services.values() if service.is_shown}
    local = [
        service
        for service in shown.values()
        if not service.record.is_national
        and service is not team
        and not codes.isdisjoint(service.record.areas)
        and not set(service.record.topics).isdisjoint(guide.topics)
    ]
    local.sort(key=lambda each: (each.record.topics[0] not in guide.topics, not each.phones, each.name))
    return local, [shown[slug] for slug in guide.ask if slug in shown]


def _held(
    published: Published, guide: Guide, entries: Iterable[Entitlement], by: str, on: date
) -> Iterable[Link]:
    """All of England, and the upper-tier councils whose own offers we hold on this topic."""
    counts: dict[str, int] = {}
    for entry in entries:
        if entry.authority != ENGLAND:
            upper = published.places.authority_of(entry.authority, on)
            code = upper.gss if upper else entry.authority
            counts[code] = counts.get(code, 0) + 1
    if counts:
        yield Link(f"{PATH}/{guide.slug}", "All of England", not by)
    for code in sorted(counts, key=lambda code: published.names.get(code, code)):
        yield Link(
            _href(guide.slug, code), plain_name(published.names.get(code, code)), code == by, counts[code]
        )


def _href(slug: str, by: str) -> str:
    """A guide's address; the council chosen goes with it."""
    address = "/help-now" if slug == "help-now" else f"{PATH}/{slug}"
    return f"{address}?by={by}" if by else address
