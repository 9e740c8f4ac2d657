"""About this service, and the official words explained."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from directory.places import Area
from offer.entitlements.schema import ENGLAND
from offer.language import gettext as _
from offer.languages.dates import said_day
from offer.pages.docs import anchor
from offer.pages.edition import edition_of
from offer.pages.listing import Link
from offer.pages.rendering import Page, render
from offer.published import Published

WORDS = Path(__file__).parent / "official_words.yaml"


@dataclass(frozen=True, slots=True, kw_only=True)
class AboutView(Page):
    """What this is and how far it reaches. `councils` are those whose offers we hold."""

    national: int
    local: int
    services: int
    councils: tuple[Link, ...]
    feeds: tuple[Link, ...]
    version: int
    published: str
    postcodes: str


@dataclass(frozen=True, slots=True)
class OfficialWord:
    """An official word, our word for it, what it means and why it is kept."""

    anchor: str
    official: str
    plain: str
    means: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsView(Page):
    """The official words."""

    words: tuple[OfficialWord, ...]


@lru_cache(maxsize=1)
def official_words() -> tuple[OfficialWord, ...]:
    """The list, read once a process."""
    rows = yaml.safe_load(WORDS.read_text("utf-8"))
    return tuple(OfficialWord(anchor=anchor(row["official"]), **row) for row in rows)


async def about(request: Request) -> Response:
    """GET /about."""
    published = edition_of(request)
    return render(request, "about.html", _about_view(published))


def _about_view(published: Published) -> AboutView:
    held = published.entries_by_owner
    councils = _councils(published, {*held} - {ENGLAND})
    return AboutView(
        title=_("About this service"),
        path="/about",
        description=_("What this service is, where its facts come from, and what it cannot do."),
        national=held.get(ENGLAND, 0),
        local=len(published.entries) - held.get(ENGLAND, 0),
        services=published.services_shown,
        councils=tuple(Link(f"/search?by={area.gss}", area.name) for area in councils),
        feeds=tuple(Link(f"/open-data/changes/{area.gss}.atom", area.name) for area in councils),
        version=published.version,
        published=said_day(published.published_at) if published.published_at else "",
        postcodes=published.places.edition,
    )


def _councils(published: Published, codes: set[str]) -> list[Area]:
    """The upper-tier councils whose own offers we hold, by name."""
    held = [area for area in published.places.authorities() if area.gss in codes]
    return sorted(held, key=lambda area: area.name)


async def words(request: Request) -> Response:
    """GET /words: the official words explained; each has an anchor to link to."""
    view = WordsView(
        title=_("Official words explained"),
        path="/words",
        description=_("Words on letters and forms, in plain English, and why to use them."),
        words=official_words(),
    )
    return render(request, "words.html", view)


ROUTES = (
    Route("/about", about, name="about"),
    Route("/words", words, name="words"),
)
