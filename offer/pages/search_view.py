"""From what was found to the search page's view model: rows, filters, and what to do where nothing is."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from directory.topics import TOPICS, Topic
from offer.pages.help_lines import BannerView
from offer.pages.listing import Link, Row, rows_of
from offer.pages.place_asking import PlaceBox
from offer.pages.rendering import Page
from offer.pages.search_query import PATH, Query, place_note
from offer.pages.service_words import ServiceCard, card
from offer.published import Published
from search.finder import Found
from search.understanding import PlaceRead

PER_PAGE = 12
KIND_WORDS = {"entitlement": "Offers and rights", "service": "Places and teams"}
_TEAMS = ("care-leaver-hub", "leaving-care-team")


NO_PLACE = PlaceBox()


@dataclass(frozen=True, slots=True)
class Form:
    """The search form as it stands: what was typed and what is wrong with it ("" where nothing is)."""

    q: str = ""
    age: str = ""
    by: str = ""
    age_error: str = ""
    by_error: str = ""
    box: PlaceBox = NO_PLACE

    @property
    def has_errors(self) -> bool:
        """Whether something must be put right before we can search."""
        return bool(self.age_error or self.by_error or self.box.error)

    @property
    def is_open(self) -> bool:
        """Whether the part about the person stands open."""
        return self.has_errors or bool(self.box.note)


@dataclass(frozen=True, slots=True)
class Spelling:
    """We searched `shown` instead of `typed`; `href` searches the words as typed."""

    shown: str
    typed: str
    href: str


@dataclass(frozen=True, slots=True)
class Results:
    """What was found. `dropped` says which filters had to go; `total` counts all pages."""

    rows: tuple[Row, ...]
    total: int
    heading: str
    spelling: Spelling | None
    dropped: str
    offered: tuple[Link, ...]
    kinds: tuple[Link, ...]
    topics: tuple[Link, ...]
    previous: str
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchView(Page):
    """The search page. `results` is None before a search; `filters` are chips that take one thing off."""

    query: Query
    form: Form
    banner: BannerView | None
    results: Results | None
    filters: tuple[Link, ...]
    note: str
    topics: tuple[Topic, ...]
    team: ServiceCard | None


def search_view(
    published: Published,
    query: Query,
    form: Form,
    found: Found | None,
    on: date,
    banner: BannerView | None = None,
    offered: tuple[PlaceRead, ...] = (),
    *,
    private: bool = False,
) -> SearchView:
    """The page of a search. `private`: the words may not stand in any link."""
    results = _results(published, query, found, on, offered, private=private) if found else None
    title = f"{results.heading} – Search" if results else "Search"
    return SearchView(
        title=f"Error: {title}" if form.has_errors else title,
        path=PATH,
        edition=published.places.edition,
        description="Search what care leavers in England can get.",
        query=query,
        form=form,
        banner=banner,
        results=results,
        filters=() if private else _filters(published, query),
        note=place_note(query.lives_in),
        topics=tuple(TOPICS.values()) if not (results and results.rows) else (),
        team=_team(published, query) if results and not results.rows else None,
    )


def _results(
    published: Published,
    query: Query,
    found: Found,
    on: date,
    offered: tuple[PlaceRead, ...],
    *,
    private: bool,
) -> Results:
    total, start = found.total, (query.page - 1) * PER_PAGE
    last = start + PER_PAGE >= total
    shown = found.hits if private else found.hits[start : start + PER_PAGE]
    return Results(
        rows=rows_of(published, (hit.key for hit in shown[:PER_PAGE]), on),
        total=total,
        heading=f"{total} result{'' if total == 1 else 's'}" if total else "Nothing found",
        spelling=_spelling(query, found, private=private),
        dropped=_dropped(published, query, found.dropped),
        offered=() if private else _offered(query, offered),
        kinds=() if private else tuple(_kind_links(query, found)),
        topics=() if private else tuple(_topic_links(query, found)),
        previous="" if private or query.page == 1 else _page(query, query.page - 1),
        next="" if private or last else _page(query, query.page + 1),
    )


def _page(query: Query, page: int) -> str:
    return query.but(page=page).address


def _spelling(query: Query, found: Found, *, private: bool) -> Spelling | None:
    if found.corrected is None:
        return None
    return Spelling(found.corrected, query.q, "" if private else query.but(exact=True).address)


def _dropped(published: Published, query: Query, names: Iterable[str]) -> str:
    """ "Nothing fitted the topic Money, so we left that out." """
    words = {
        "topic": f"the topic “{TOPICS[query.topic].title}”" if query.topic else "",
        "kind": f"“{KIND_WORDS.get(query.kind, '')}”",
        "age": f"age {query.age}",
        "lives_in": published.names.get(query.lives_in, "where you live"),
    }
    said = " and ".join(words[name] for name in names)
    return f"Nothing fitted with {said}, so we left that out." if said else ""


def _offered(query: Query, offered: tuple[PlaceRead, ...]) -> tuple[Link, ...]:
    return tuple(
        Link(query.but(lives_in=place.lives_in).address, f"Only what fits people in {place.label}")
        for place in offered
        if place.lives_in and not query.lives_in
    )


def _kind_links(query: Query, found: Found) -> Iterable[Link]:
    counts = found.facets.get("kind", {})
    yield Link(query.but(kind="").address, "All", not query.kind, sum(counts.values()))
    for kind, words in KIND_WORDS.items():
        if counts.get(kind) or query.kind == kind:
            yield Link(query.but(kind=kind).address, words, query.kind == kind, counts.get(kind, 0))


def _topic_links(query: Query, found: Found) -> Iterable[Link]:
    for slug, count in found.facets.get("topic", {}).items():
        yield Link(query.but(topic=slug).address, TOPICS[slug].title, query.topic == slug, count)


def _filters(published: Published, query: Query) -> tuple[Link, ...]:
    """Chips: what narrows the list, each a link that takes it off."""
    names = published.names
    home = names.get(query.lives_in, "another nation")
    chips = (
        (query.age is not None, query.but(age=None), f"Age {query.age}"),
        (bool(query.lives_in), query.but(lives_in=""), f"Lives in {home}"),
        (bool(query.by), query.but(by=""), f"Looked after by {names.get(query.by, '')}"),
        (bool(query.topic), query.but(topic=""), TOPICS[query.topic].title if query.topic else ""),
        (bool(query.kind), query.but(kind=""), KIND_WORDS.get(query.kind, "")),
    )
    return tuple(Link(without.address, words) for given, without, words in chips if given)


def _team(published: Published, query: Query) -> ServiceCard | None:
    """The hub or leaving care team that we hold for the person's council, with a number to ring."""
    codes = published.directory.covering([code for code in (query.by or query.lives_in,) if code])
    held = [
        service
        for service in published.services.values()
        if service.is_shown
        and service.record.kind in _TEAMS
        and service.phones
        and not codes.isdisjoint(service.record.areas)
    ]
    held.sort(key=lambda service: (_TEAMS[::-1].index(service.record.kind), service.name))
    return card(held[0]) if held else None
