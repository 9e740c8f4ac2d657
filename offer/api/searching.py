"""GET or POST /search: words in, the best entitlements and services out; help first in a crisis."""

import re

from starlette.responses import Response

from directory.help_now import Help
from offer.api.calls import Call, written
from offer.api.given import SearchGiven
from offer.api.pages import cut
from offer.api.shapes.common import AreaShape
from offer.api.shapes.searching import HelpShape, SearchReply, SearchResult, Understood
from offer.looking.noticing import note_search
from offer.place_reading import place_resolver
from offer.urgent_help import asker, help_list
from search.crisis import needs
from search.finder import Found
from search.understanding import Understood as Reading
from search.understanding import understand

PER_PAGE = 20
_POSTCODE = re.compile(r"\b[a-z]{1,2}[0-9][a-z0-9]?\s*[0-9o][a-z]{2}\b", re.IGNORECASE)


async def search(call: Call, given: SearchGiven) -> Response:
    """What fits the words; what they say of age and place narrows the search as if it had been given."""
    codes = call.codes({"responsible_authority": given.responsible_authority, "lives_in": given.lives_in})
    reading = understand(given.q, place_resolver(call.published.places, call.today))
    lives_in = codes["lives_in"] or (reading.place.lives_in if reading.place else None)
    authority = codes["responsible_authority"]
    age = given.age if given.age is not None else reading.age
    found = _find(call, given, reading.words, authority, lives_in, age)
    note_search(call.request, given.q, reading.words, found)
    return written(call, _reply(call, given, reading, found, authority, lives_in, age), private=True)


def _find(
    call: Call, given: SearchGiven, words: str, authority: str | None, lives_in: str | None, age: int | None
) -> Found:
    published = call.published
    upper = published.places.authority_of(lives_in, call.today) if lives_in else None
    councils = (authority,) if authority else (upper.gss,) if upper else ()
    return published.finder.search(
        words,
        authorities=councils,
        lives_in=lives_in,
        age=age,
        topic=given.topic,
        kind=given.kind,
        decides=given.decides,
        ages=given.ages,
        public=published.findable(call.today),
    )


def _reply(
    call: Call,
    given: SearchGiven,
    reading: Reading,
    found: Found,
    authority: str | None,
    lives_in: str | None,
    age: int | None,
) -> SearchReply:
    who = asker(call.published, authority or "", lives_in or "", age)
    crisis = needs(given.q)  # of all that was typed, before an age or a place was taken out
    banner = help_list().banner(crisis, call.published.services, who)
    hits, numbers = cut(found.hits, given.page, PER_PAGE)
    place = reading.place.lives_in if reading.place else None
    return SearchReply(
        **numbers,
        query=" ".join(_POSTCODE.sub(" ", given.q).split()),
        understood=Understood(age=reading.age, place=AreaShape.of(call.area(place)) if place else None),
        corrected=found.corrected,
        crisis=bool(crisis),
        help_now=[_help(line) for line in (*banner.open, *banner.more)],
        results=[_result(call, hit.kind, hit.slug, hit.score) for hit in hits],
        facets={name: dict(counts) for name, counts in found.facets.items()},
        dropped=list(found.dropped),
        england_only=found.england_only,
    )


def _result(call: Call, kind: str, slug: str, score: float) -> SearchResult:
    if kind == "entitlement":
        entry = call.published.entries[slug]
        title, summary = entry.title, entry.summary
    else:
        service = call.published.services[slug]
        title, summary = service.name, service.record.summary
    return SearchResult.model_validate(
        {"kind": kind, "slug": slug, "title": title, "summary": summary, "score": round(score, 4)}
    )


def _help(line: Help) -> HelpShape:
    return HelpShape(
        slug=line.slug,
        name=line.name,
        phones=list(line.phones),
        text_to=line.text.number if line.text else None,
        text_word=line.text.word if line.text else None,
        online=line.online,
        when=line.when,
        free=line.free,
        note=line.note,
    )
