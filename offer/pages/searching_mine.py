"""Search among one person's answers: the same list, each entry marked with what it is for them.

What they told travels in the form, as on the results page, and stands in no address.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response

from directory.places import PlaceAnswer
from offer.addresses import OFFER, SERVICE
from offer.caching import KEEP_PRIVATE, PRIVATE
from offer.clock import today
from offer.looking.noticing import by_hand, note_search
from offer.pages.edition import edition_of
from offer.pages.forms import Filled, fill
from offer.pages.help_lines import banner_of
from offer.pages.person_form import Hidden
from offer.pages.rendering import render
from offer.pages.search_query import LONGEST_WORDS, Query, find, read_query
from offer.pages.search_view import Form, Mine, search_view, shown
from offer.pages.start import start_page
from offer.pages.told import Teller
from offer.pages.typed_form import FIELDS, typed_of
from offer.person import Person
from offer.place_reading import place_resolver
from offer.published import Published
from offer.urgent_help import asker
from search.crisis import needs
from search.finder import Found, Hit
from search.understanding import Understood, understand

LOOK = "look"  # the words, in the form of the results page
NOT_NOW = 0.5  # of its score: half as good an answer as the same words about something they can get
MINE = "mine"  # the field that says: these are one person's answers


async def search_mine(request: Request, form: FormData) -> Response:
    """The list for the person of the form; their answers to put right (422) where they cannot be read."""
    published, on = edition_of(request), today()
    filled = fill(typed_of(form), published, on)
    if filled.person is None:
        return start_page(request, filled, 422)
    said = {name: value for name, value in form.items() if isinstance(value, str)}
    words = said.get(LOOK) or said.get("q", "")
    read = understand(words, place_resolver(published.places, on))
    query = _query(published, filled.person, said, read, on)
    mine = _mine(published, filled, filled.person, on)
    found = _ordered(find(published, query, on), mine)
    mine = replace(mine, distances=dict(_distances(published, filled.place, shown(found, query))))
    if by_hand(request.headers):
        note_search(request, words, query.q, found)
    who = asker(published, query.by, query.lives_in, query.age)
    banner = banner_of(published, needs(words), who)
    correction = read.place.correction if read.place else ""
    private = banner is not None
    view = search_view(
        published, query, Form(q=words), found, on, banner, private=private, mine=mine, correction=correction
    )
    headers = PRIVATE if private else KEEP_PRIVATE  # so that Back from an entry finds the list again
    return render(request, "search.html", view, headers=headers)


def _query(
    published: Published, person: Person, said: Mapping[str, str], read: Understood, on: date
) -> Query:
    """The words with an age or a place among them taken out; what the person told goes first."""
    facts = person.situation.facts
    narrowed = read_query(
        {**said, "q": read.words, "age": "", "lives_in": "", "by": ""}, published.places, on
    )
    place = read.place.lives_in if read.place else None
    return replace(
        narrowed,
        q=read.words[:LONGEST_WORDS],
        lives_in=place or str(facts.get("lives_in") or ""),
        by=str(facts.get("responsible_authority") or ""),
    )


def _ordered(found: Found, mine: Mine) -> Found:
    """What is not for this person now stands lower, in its own order; nothing is left out."""

    def worth(hit: Hit) -> float:
        barred = hit.kind == OFFER and mine.outcomes.get(hit.slug) == "no"
        return hit.score * (NOT_NOW if barred else 1)

    return replace(found, hits=tuple(sorted(found.hits, key=worth, reverse=True)))


def _mine(published: Published, filled: Filled, person: Person, on: date) -> Mine:
    answer = person.answer(published, explain=False)
    carried = ((name, value) for name, value in filled.typed.values.items() if name in FIELDS)
    return Mine(
        outcomes={outcome.slug: outcome.outcome for outcome in answer.outcomes},
        hidden=(Hidden(MINE, "1"), *(Hidden(name, value) for name, value in carried)),
        gist=Teller(published, filled, on).gist(),
    )


def _distances(
    published: Published, place: PlaceAnswer | None, hits: Iterable[Hit]
) -> Iterator[tuple[str, str]]:
    """How far services are from the place that was typed; nothing where that has no point."""
    match = place.matches[0] if place and place.district else None
    if place is None or match is None or match.lat is None or match.lon is None:
        return
    about = place.precision != "exact"
    for slug in (hit.slug for hit in hits if hit.kind == SERVICE and hit.slug in published.services):
        near = published.directory.distance(published.services[slug], match.lat, match.lon, about=about)
        if near:
            yield slug, near.words
