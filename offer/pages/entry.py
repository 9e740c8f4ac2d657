"""One entry, for anybody: what it is, who it is for, how to get it, and what to do about a no."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from directory.places import Area
from directory.topics import TOPICS
from offer.addresses import base_of
from offer.clock import today
from offer.documents import ages_of
from offer.eligibility.english import RuleLine, rule_lines
from offer.entitlements.schema import ENGLAND, Entitlement, LegalBasis, Source
from offer.notes import warnings_of
from offer.pages.councils import council_name
from offer.pages.dates_said import said_month
from offer.pages.edition import edition_of
from offer.pages.entry_words import NATURE, STRENGTH, ages_words, sure_words
from offer.pages.linked_data import data_block, entry_data
from offer.pages.listing import Link, entry_href
from offer.pages.rendering import Page, render
from offer.published import Published


@dataclass(frozen=True, slots=True)
class LocalTerms:
    """A council's own terms of a right: whose, where to read them, how much."""

    council: str
    href: str
    title: str
    amount: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage(Page):
    """One entry in order of use. `coming` is "" once it is law; `whose` is "" for all of England."""

    entry: Entitlement
    topic: Link
    topics: tuple[Link, ...]
    whose: str
    coming: str
    warnings: tuple[str, ...]
    ages: str
    nature: str
    strength: str
    rule: tuple[RuleLine, ...]
    local: tuple[LocalTerms, ...]
    right: Link | None
    laws: tuple[LegalBasis, ...]
    sources: tuple[Source, ...]
    sure: str
    checked: str
    sensitive: bool
    linked_data: Markup


async def entry(request: Request) -> HTMLResponse:
    """GET /entitlements/{slug}. 404 for a slug we do not have, and for drafts."""
    published = edition_of(request)
    found = published.entries.get(request.path_params["slug"])
    if found is None:
        raise HTTPException(404)
    return render(request, "entry.html", _page(published, found, today(), base_of(request)))


def _page(published: Published, entry: Entitlement, on: date, base: str) -> EntryPage:
    topics = [Link(f"/topics/{slug}", TOPICS[slug].title) for slug in (entry.topic, *entry.more_topics)]
    right, whose = published.entries.get(entry.part_of or ""), _whose(published, entry)
    return EntryPage(
        title=entry.title,
        description=entry.summary,
        edition=published.places.edition,
        entry=entry,
        topic=topics[0],
        topics=tuple(topics),
        whose=whose,
        coming=entry.coming or "",
        warnings=tuple(text for text in warnings_of(entry, "unknown") if text != entry.coming),
        ages=ages_words(ages_of(entry.rule)),
        nature=NATURE[entry.nature],
        strength=STRENGTH[entry.strength],
        rule=rule_lines(published.rules_on(on)[entry.id].node, published.names),
        local=tuple(_local(published, entry)),
        right=Link(entry_href(right.id), right.title) if right else None,
        laws=tuple(entry.legal_basis),
        sources=tuple(entry.sources),
        sure=sure_words(entry),
        checked=said_month(entry.checked_on),
        sensitive=bool({entry.topic, *entry.more_topics} & _SENSITIVE),
        linked_data=data_block(entry_data(published, entry, whose, base)),
    )


_SENSITIVE = frozenset({"health", "documents-and-immigration", "help-now"})


def _whose(published: Published, entry: Entitlement) -> str:
    if entry.authority == ENGLAND:
        return ""
    area = published.places.authority(entry.authority) or published.places.district(entry.authority)
    return _council(published, area) if area else ""


def _council(published: Published, area: Area) -> str:
    """A district's council goes by its district's name; the others by their own."""
    upper = published.places.authority(area.gss)
    return council_name(upper) if upper else f"{area.name} council"


def _local(published: Published, entry: Entitlement) -> Iterable[LocalTerms]:
    """The councils' own terms of this right, by council."""
    parts = [part for part in published.entries.values() if part.part_of == entry.id]
    named = sorted(((_whose(published, part), part) for part in parts), key=lambda pair: pair[0])
    for council, part in named:
        yield LocalTerms(council, entry_href(part.id), part.title, part.amount.text if part.amount else "")


ROUTES = (Route("/entitlements/{slug}", entry),)
