"""What the words of a search may mean besides: offered as choices, never applied by us.

A place with several districts, a council that may have looked after somebody, a topic and its guide.
"""

from collections.abc import Iterator, Mapping
from datetime import date

from directory.topics import TOPICS
from offer.addresses import OFFER
from offer.language import gettext as _
from offer.language import later
from offer.pages.listing import Link
from offer.pages.search_query import Query
from offer.published import Published
from search.finder import Found
from search.understanding import PlaceRead, Understood

MOST = 4
MOST_DISTRICTS = 3  # a place in more of them is a county: its council is offered instead
_AS: Mapping[str, str] = {
    "in-care-now": later("somebody in care"),
    "care-leaver": later("a care leaver"),
    "student": later("a student"),
    "apprentice": later("an apprentice"),
    "parent-or-expecting": later("a parent"),
    "came-alone": later("somebody who came here alone"),
    "in-custody": later("somebody in custody"),
    "disabled": later("a disabled person"),
}


def offers(published: Published, query: Query, read: Understood, found: Found, on: date) -> tuple[Link, ...]:
    """The choices that the words suggest, places first. A place never says by itself who looked after you."""
    places = (*([read.place] if read.place else []), *read.offered)
    every = (
        *(link for place in places for link in _lives_in(query, place)),
        *_looked_after(published, query, places, on),
        *_topics(published, query, read, found),
        *_guide(published, query, read, found),
    )
    return tuple(dict.fromkeys(every))[:MOST]


def as_whom(read: Understood) -> str:
    """Who the words say that somebody is: "a student"; "" where they say nothing of the kind."""
    return next((_(_AS[status]) for status in read.statuses if status in _AS), "")


def _lives_in(query: Query, place: PlaceRead) -> Iterator[Link]:
    if query.lives_in:
        return
    known = ((place.lives_in, place.label),) if place.lives_in else place.districts
    for gss, name in known if len(known) <= MOST_DISTRICTS else ():
        yield Link(query.but(lives_in=gss).address, _("Only in %(place)s") % {"place": name})


def _looked_after(
    published: Published, query: Query, places: tuple[PlaceRead, ...], on: date
) -> Iterator[Link]:
    """The council of the place, as the one that may have looked after this person."""
    if query.by:
        return
    home = published.places.authority_of(query.lives_in, on) if query.lives_in else None
    named = (place.council for place in places if place.council)
    for gss, name in ((home.gss, home.name),) if home else named:
        yield Link(query.but(by=gss).address, _("%(council)s looked after me") % {"council": name})


def _topics(published: Published, query: Query, read: Understood, found: Found) -> Iterator[Link]:
    """One topic of the words, where it makes the list shorter: that of the best hit, else the first."""
    counts = found.facets.get("topic", {})
    narrowing = [topic for topic in read.topics if 0 < counts.get(topic, 0) < found.total]
    if query.topic or not narrowing:
        return
    best = _topic_of(published, found)
    topic = best if best in narrowing else narrowing[0]
    yield Link(query.but(topic=topic).address, _("Only %(topic)s") % {"topic": _(TOPICS[topic].title)})


def _guide(published: Published, query: Query, read: Understood, found: Found) -> Iterator[Link]:
    """The guide of the topic that the words are about, which says whom to ring where we hold nothing else."""
    best = _topic_of(published, found) if found.hits else ""
    topic = best if best in read.topics else next(iter(read.topics), "")
    if topic and not query.topic:
        address = f"/topics/{topic}?by={query.by}" if query.by else f"/topics/{topic}"
        yield Link(address, _("Guide: %(topic)s") % {"topic": _(TOPICS[topic].title)})


def _topic_of(published: Published, found: Found) -> str:
    hit = found.hits[0]
    return (
        published.entries[hit.slug].topic
        if hit.kind == OFFER
        else published.services[hit.slug].record.topics[0]
    )
