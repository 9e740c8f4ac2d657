"""From what was found to the search page's view model: rows, filters, and what to do where nothing is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from directory.phrase import listed
from directory.places import Area
from directory.topics import TOPICS, Topic
from offer.addresses import OFFER, SERVICE
from offer.clock import now
from offer.language import gettext as _
from offer.language import later, ngettext
from offer.languages.phrases import said
from offer.outcome_parts import OutcomeValue
from offer.pages.help_lines import BannerView
from offer.pages.listing import Link, Row, row_of
from offer.pages.person_form import Hidden
from offer.pages.place_asking import PlaceBox
from offer.pages.rendering import Page
from offer.pages.search_narrowing import (
    AGES_WORDS,
    DECIDES_WORDS,
    KIND_WORDS,
    Manner,
    Narrow,
    choices,
    filters_of,
    kind_links,
    narrowed,
)
from offer.pages.search_query import PATH, Query, place_note
from offer.pages.sensitive import leads_with, touches
from offer.pages.service_words import ServiceCard, card
from offer.pages.suggesting import address_of
from offer.pages.who_to_ask import WhoToAsk, who_to_ask
from offer.published import Published
from search.finder import Found, Hit
from search.marking import Part, marked

PER_PAGE = 12
OUTCOME_WORDS: Mapping[OutcomeValue, str] = {
    "yes": later("You should be able to get this"),
    "unknown": later("You might get this"),
    "no": later("Not for you now"),
}
ENGLAND_ONLY = later(
    "We looked only in what is for all of England. Your council may give you more. "
    "To see that too, say where you live, or which council looked after you."
)
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
    """We searched `shown` instead of what was typed; `as_typed` searches just that."""

    shown: str
    as_typed: Link | None


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A hit: its row, the words that were looked for marked; what it is for this person, and how far ("")."""

    row: Row
    title: tuple[Part, ...]
    summary: tuple[Part, ...]
    outcome: OutcomeValue | None
    outcome_words: str
    distance: str


@dataclass(frozen=True, slots=True)
class Results:
    """What was found. `dropped` says which filters had to go; `total` counts all pages."""

    rows: tuple[FoundRow, ...]
    total: int
    heading: str
    spelling: Spelling | None
    dropped: str
    offered: tuple[Link, ...]
    kinds: tuple[Link, ...]
    narrow: tuple[Narrow, ...]
    previous: Link | None
    next: Link | None


@dataclass(frozen=True, slots=True)
class Mine:
    """A search among one person's answers: what each entry is for them, and the fields that carry them.

    `distances`: how far each service is, in words, where the place they gave has a point.
    """

    outcomes: Mapping[str, OutcomeValue]
    hidden: tuple[Hidden, ...]
    gist: tuple[str, ...]
    distances: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PhoneMarks:
    """For the phone, to mark the rows from the answers it keeps: the day, and each outcome in words."""

    on: str
    words: Mapping[OutcomeValue, str]


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
    ask: WhoToAsk | None
    mine: Mine | None
    names: str  # the address of the names to suggest
    who: str
    phone: PhoneMarks | None


def search_view(
    published: Published,
    query: Query,
    form: Form,
    found: Found | None,
    on: date,
    banner: BannerView | None = None,
    offered: tuple[Link, ...] = (),
    *,
    private: bool = False,
    mine: Mine | None = None,
    correction: str = "",
    who: str = "",
) -> SearchView:
    """The page of a search. `private`: the words may not stand in any link.

    `who`: what the words say of the person: "a student". `correction`: what was put right in their place.
    """
    manner: Manner = "crisis" if private else "posted" if mine else "address"
    results = _results(published, query, found, on, offered, manner, mine) if found else None
    title = f"{results.heading} – {_('Search')}" if results else _("Search")
    nothing = results is not None and not results.rows
    return SearchView(
        title=f"{_('Error:')} {title}" if form.has_errors else title,
        path=PATH,
        sensitive=banner is not None or touches((query.topic,)) or leads_with(published, found),
        description=_("Search what care leavers in England can get."),
        query=query,
        form=form,
        banner=banner,
        results=results,
        filters=tuple(choices(filters_of(published, query, of_person=mine is None), manner)),
        note=correction or place_note(query.lives_in) or _how_far(found),
        topics=tuple(TOPICS.values()) if nothing or not results else (),
        team=_team(published, query) if nothing else None,
        ask=who_to_ask(published, _council(published, query, on)) if nothing else None,
        mine=mine,
        names=address_of(query),
        who=who,
        phone=PhoneMarks(on.isoformat(), {outcome: _(words) for outcome, words in OUTCOME_WORDS.items()})
        if manner == "address"
        else None,
    )


def _how_far(found: Found | None) -> str:
    """That a search without a place did not look at every council; "" where it did."""
    return _(ENGLAND_ONLY) if found and found.england_only else ""


def _results(
    published: Published,
    query: Query,
    found: Found,
    on: date,
    offered: tuple[Link, ...],
    manner: Manner,
    mine: Mine | None,
) -> Results:
    if manner == "crisis":
        query = query.but(page=1)
    total, last = found.total, query.page * PER_PAGE >= found.total
    around = (
        None if query.page == 1 else _page(query, query.page - 1, _("Earlier results")),
        None if last else _page(query, query.page + 1, _("More results")),
    )
    previous, following = (next(iter(choices([link] if link else [], manner)), None) for link in around)
    return Results(
        rows=tuple(_found_rows(published, shown(found, query), found.stems, on, mine)),
        total=total,
        heading=_heading(total),
        spelling=_spelling(query, found, manner),
        dropped=_dropped(published, query, found.dropped),
        offered=offered if manner == "address" else (),
        kinds=tuple(choices(kind_links(query, found), manner)),
        narrow=tuple(narrowed(query, found, manner)),
        previous=previous,
        next=following,
    )


def _heading(total: int) -> str:
    return (
        ngettext("%(num)s result", "%(num)s results", total) % {"num": total} if total else _("Nothing found")
    )


def shown(found: Found, query: Query) -> tuple[Hit, ...]:
    """The hits of the page asked for."""
    start = (query.page - 1) * PER_PAGE
    return found.hits[start : start + PER_PAGE]


def _found_rows(
    published: Published, hits: Iterable[Hit], stems: frozenset[str], on: date, mine: Mine | None
) -> Iterator[FoundRow]:
    for hit in hits:
        row = row_of(published, hit.kind, hit.slug, on)
        if row is None:
            continue
        outcome = mine.outcomes.get(hit.slug) if mine and hit.kind == OFFER else None
        words = _(OUTCOME_WORDS[outcome]) if outcome else ""
        distance = mine.distances.get(hit.slug, "") if mine and hit.kind == SERVICE else ""
        yield FoundRow(row, marked(row.title, stems), marked(row.summary, stems), outcome, words, distance)


def _page(query: Query, page: int, words: str) -> Link:
    return Link(query.but(page=page).address, words, press=("page", str(page)))


def _spelling(query: Query, found: Found, manner: Manner) -> Spelling | None:
    if found.corrected is None:
        return None
    typed = Link(query.but(exact=True).address, query.q, press=("exact", "1"))
    return Spelling(found.corrected, next(iter(choices([typed], manner)), None))


def _dropped(published: Published, query: Query, names: Iterable[str]) -> str:
    """ "Nothing fitted the topic Money, so we left that out." """
    words = {
        "topic": _("the topic “%(topic)s”") % {"topic": _(TOPICS[query.topic].title)} if query.topic else "",
        "kind": f"“{_(KIND_WORDS.get(query.kind, ''))}”",
        "decides": f"“{_(DECIDES_WORDS.get(query.decides, ''))}”",
        "ages": _("ages %(ages)s") % {"ages": _(AGES_WORDS.get(query.ages, ""))},
        "age": _("age %(age)s") % {"age": query.age},
        "lives_in": published.names.get(query.lives_in) or _("where you live"),
    }
    given = said(listed([words[name] for name in names], "and"))
    return _("Nothing fitted with %(what)s, so we left that out.") % {"what": given} if given else ""


def _council(published: Published, query: Query, on: date) -> Area | None:
    """The council that looked after the person where they said so, else that of where they live."""
    if query.by:
        return published.places.authority(query.by)
    return published.places.authority_of(query.lives_in, on) if query.lives_in else None


def _team(published: Published, query: Query) -> ServiceCard | None:
    """The hub or leaving care team that we hold for the person's council, with a number to ring."""
    codes = published.directory.covering([code for code in (query.by or query.lives_in,) if code])
    held = [
        service
        for service in published.services_of(codes)
        if service.is_shown
        and service.record.kind in _TEAMS
        and service.phones
        and not codes.isdisjoint(service.record.areas)
    ]
    held.sort(key=lambda service: (_TEAMS[::-1].index(service.record.kind), service.name))
    return card(held[0], now()) if held else None
