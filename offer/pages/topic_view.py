"""A topic's guide as its page shows it: words, entries, ages and people to ask. Pure."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from directory.places import Area
from directory.topics import TOPICS
from offer.addresses import entry_href
from offer.council_names import plain_name
from offer.entitlements.schema import ENGLAND, Entitlement
from offer.guides.reading import guides
from offer.guides.schema import Guide, Sentence, Step
from offer.guides.shown import entries_of, is_mainly, true_on
from offer.language import gettext as _
from offer.languages.dates import said_month
from offer.languages.entries import in_spoken
from offer.pages.help_lines import BannerView, banner_of
from offer.pages.listing import Link, Row, entry_row
from offer.pages.rendering import Page
from offer.pages.sensitive import touches
from offer.pages.topic_ages import AgeLine, ages_of
from offer.pages.topic_councils import MOST_ALSO, PATH, Added, added_by, council_codes, guide_href
from offer.pages.topic_people import People, people_of
from offer.pages.who_to_ask import NoOffer, no_offer
from offer.published import Published
from offer.urgent_help import asker

_DANGERS = frozenset({"being-hurt-or-controlled", "exploited-or-missing", "harm-to-self"})


@dataclass(frozen=True, slots=True)
class StepView:
    """One thing to do first, with the pages that say how."""

    says: str
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class SourceNote:
    """Where a sentence of our own was read."""

    name: str
    href: str
    seen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicView(Page):
    """One topic. `law` and `schemes` are England's entries mainly about it; `also`, those about another.

    `all_also` is how many of those there are, where they are too many to list, else 0.
    `sensitive`: it may be dangerous to be seen with. `by` and `chosen` are the code and the name
    of the council chosen, or ""; `no_offer`: of it we hold nothing of its own.
    """

    slug: str
    start: tuple[str, ...]
    first: tuple[StepView, ...]
    urgent: BannerView | None
    by: str
    chosen: str
    no_offer: NoOffer | None
    added: Added
    law: tuple[Row, ...]
    schemes: tuple[Row, ...]
    also: tuple[Link, ...]
    all_also: int
    ages: tuple[AgeLine, ...]
    people: People
    related: tuple[Link, ...]
    sources: tuple[SourceNote, ...]
    checked: str


def topic_view(published: Published, guide: Guide, council: Area | None, on: date) -> TopicView:
    """The guide's page; with a council, what it and its districts add."""
    codes = council_codes(published, council, on)
    entries = entries_of(guide, published.entries_of({ENGLAND, *codes}), on)
    main = [entry for entry in entries if is_mainly(guide, entry)]
    england = [entry for entry in entries if entry.authority == ENGLAND]
    own = [entry for entry in entries if entry.authority != ENGLAND]
    rows = [entry for entry in england if is_mainly(guide, entry)]
    beside = sorted((entry for entry in england if not is_mainly(guide, entry)), key=_first_picks(guide))
    start = true_on(guide.start, published.entries, on)
    first = true_on(guide.first, published.entries, on)
    by = council.gss if council else ""
    return TopicView(
        title=title_of(guide),
        path=PATH,
        description=about_of(guide),
        slug=guide.slug,
        sensitive=touches((guide.slug, *guide.topics)) or bool({*guide.needs} & _DANGERS),
        start=tuple(_(sentence.says) for sentence in start),
        first=tuple(_steps(published, first)),
        urgent=banner_of(published, guide.needs, asker(published, by=by)),
        by=by,
        of_council=by,
        chosen=plain_name(council.name) if council else "",
        no_offer=no_offer(published, council),
        added=added_by(published, guide, own, council, on),
        law=_rows(published, rows, on, law=True),
        schemes=_rows(published, rows, on, law=False),
        also=tuple(_link(entry) for entry in beside[:MOST_ALSO]),
        all_also=len(beside) if len(beside) > MOST_ALSO else 0,
        ages=ages_of(published, {*guide.picks, *(entry.id for entry in main)}, on),
        people=people_of(published, guide, council, codes),
        related=(
            *(Link(page.href, _(page.text)) for page in guide.pages),
            *(Link(guide_href(slug, by), title_of(guides()[slug])) for slug in guide.related),
        ),
        sources=tuple(_noted((*start, *first))),
        checked=said_month(guide.checked_on),
    )


def title_of(guide: Guide) -> str:
    """Its own title, or that of its topic, in the language of the request."""
    return _(guide.title or TOPICS[guide.slug].title)


def about_of(guide: Guide) -> str:
    """One line on what is in it."""
    return _(guide.about or TOPICS[guide.slug].about)


def _first_picks(guide: Guide) -> Callable[[Entitlement], bool]:
    """Sorts what the guide picks by name before what only touches its topic."""
    return lambda entry: entry.id not in guide.picks


def _rows(published: Published, entries: Iterable[Entitlement], on: date, *, law: bool) -> tuple[Row, ...]:
    return tuple(entry_row(published, entry, on) for entry in entries if (entry.nature == "law") is law)


def _steps(published: Published, steps: Iterable[Step]) -> Iterator[StepView]:
    """Each step with its page and its entries; an entry is linked where it comes first."""
    seen: set[str] = set()
    for step in steps:
        fresh = [slug for slug in step.rests_on if slug not in seen]
        seen.update(fresh)
        page = (Link(step.page.href, _(step.page.text)),) if step.page else ()
        yield StepView(_(step.says), (*page, *(_link(published.entries[slug]) for slug in fresh)))


def _link(entry: Entitlement) -> Link:
    return Link(entry_href(entry.id), in_spoken(entry).title)


def _noted(sentences: Iterable[Sentence]) -> Iterator[SourceNote]:
    for source in dict.fromkeys(sentence.source for sentence in sentences if sentence.source):
        yield SourceNote(source.name, source.url or "", said_month(source.seen))
