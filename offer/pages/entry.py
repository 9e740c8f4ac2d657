"""One entry, for anybody: what it is, who it is for, how to get it, and what to do about a no."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from directory.phrase import together
from directory.places import Area
from directory.topics import TOPICS
from offer.addresses import OFFER, base_of, entry_href
from offer.clock import today
from offer.council_names import council_name
from offer.deciding import Decision, decision
from offer.documents import ages_of
from offer.eligibility.dates import ONE_DAY
from offer.eligibility.english import RuleLine, rule_lines
from offer.entitlements.amounts import Worth, worth_on
from offer.entitlements.in_force import standing
from offer.entitlements.schema import ENGLAND, Entitlement, LegalBasis, Source, ToSay
from offer.language import gettext as _
from offer.languages.dates import said_day, said_month
from offer.languages.entries import checked_words, in_spoken, to_say_in_spoken
from offer.looking.noticing import note_opening
from offer.notes import warnings_of
from offer.pages.edition import edition_of
from offer.pages.entry_words import NATURE, ages_words, sure_words
from offer.pages.for_all import render_for_all
from offer.pages.gone import not_there
from offer.pages.linked_data import data_block, entry_data
from offer.pages.listing import COMING, Link
from offer.pages.person_form import Hidden
from offer.pages.rendering import Page
from offer.pages.sensitive import touches
from offer.pages.told_no import Way, ways_on
from offer.published import Published
from offer.saying import Said, what_to_say
from offer.validity import against, coming_when, coming_words


@dataclass(frozen=True, slots=True)
class LocalTerms:
    """A council's own terms of a right: whose, where to read them, how much."""

    council: str
    href: str
    title: str
    amount: str


@dataclass(frozen=True, slots=True)
class Mine:
    """What it is for one person and when that ends or starts, or ""; `hidden` carries their answers."""

    words: str
    when: str
    hidden: tuple[Hidden, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryPage(Page):
    """One entry in order of use; `whose` is "" for all of England.

    `alert` heads what is coming or has ended, and `alert_text` says more; "" while it is in force.
    `ends` is the last day of what runs for a time. `mine` is None where nobody's answers were sent along.
    `own_say` is what `say` means, in this language, where staff have written it.
    `translated` says whether a speaker has checked the words of `entry`, where staff have put them into
    this language; else "".
    """

    entry: Entitlement
    translated: str
    on: date
    mine: Mine | None
    topic: Link
    topics: tuple[Link, ...]
    whose: str
    alert: str
    alert_text: str
    ends: str
    worth: Worth | None
    warnings: tuple[str, ...]
    ages: str
    decides: Decision
    nature: str
    rule: tuple[RuleLine, ...]
    local: tuple[LocalTerms, ...]
    right: Link | None
    ways: tuple[Way, ...]
    say: Said
    own_say: ToSay | None
    laws: tuple[LegalBasis, ...]
    sources: tuple[Source, ...]
    sure: str
    checked: str
    linked_data: Markup


async def entry(request: Request) -> HTMLResponse:
    """GET /entitlements/{slug}. 404 for a slug we do not have, and for drafts; 410 for what is gone."""
    published = edition_of(request)
    found = published.entries.get(request.path_params["slug"])
    if found is None:
        raise not_there(published, OFFER, request.path_params["slug"])
    note_opening(request, OFFER, found.id)
    return render_for_all(
        request, "entry.html", lambda: entry_page(published, found, today(), base_of(request))
    )


def entry_page(
    published: Published, entry: Entitlement, on: date, base: str, mine: Mine | None = None
) -> EntryPage:
    """The page of an entry on a day; `base` as `base_of`; `mine`: with what it is for one person."""
    topics = [Link(f"/topics/{slug}", _(TOPICS[slug].title)) for slug in (entry.topic, *entry.more_topics)]
    right, whose = published.entries.get(entry.part_of or ""), _whose(published, entry)
    said = in_spoken(entry)
    return EntryPage(
        title=said.title,
        description=said.summary,
        entry=said,
        translated=checked_words(entry),
        on=on,
        mine=mine,
        topic=topics[0],
        topics=tuple(topics),
        whose=whose,
        alert=_alert(entry, on),
        alert_text=_alert_text(entry, on),
        ends=said_day(entry.ends - ONE_DAY) if entry.ends and on < entry.ends else "",
        worth=worth_on(entry, on),
        warnings=tuple(text for text in warnings_of(entry, "unknown", on) if text != coming_words(entry, on)),
        ages=ages_words(ages_of(entry.rule)),
        decides=decision(entry, on),
        nature=_(NATURE[entry.nature]),
        rule=rule_lines(published.rules_on(on)[entry.id].node, published.names),
        local=tuple(_local(published, entry, on)),
        right=Link(entry_href(right.id), in_spoken(right).title) if right else None,
        ways=ways_on(published, entry, whose),
        say=what_to_say(entry, on),
        own_say=to_say_in_spoken(entry),
        laws=tuple(entry.legal_basis),
        sources=tuple(entry.sources),
        sure=sure_words(entry),
        checked=said_month(entry.checked_on),
        sensitive=touches((entry.topic, *entry.more_topics)),
        of_council="" if entry.authority == ENGLAND else entry.authority,
        linked_data=data_block(entry_data(published, entry, whose, base)),
    )


def _alert(entry: Entitlement, on: date) -> str:
    heads = {"coming": f"{_(COMING[entry.nature])}.", "ended": _("This has ended.")}
    return heads.get(standing(entry, on), "")


def _alert_text(entry: Entitlement, on: date) -> str:
    """From which day, in its own words too; of what has ended, its last day."""
    if standing(entry, on) != "ended":
        return coming_when(entry) if coming_words(entry, on) else ""
    now = _("Ask %(who)s what there is now.") % {"who": entry.ask}
    return together(*(reason.text for reason in against(entry, on)), now)


def _whose(published: Published, entry: Entitlement) -> str:
    if entry.authority == ENGLAND:
        return ""
    area = published.places.authority(entry.authority) or published.places.district(entry.authority)
    return _council(published, area) if area else ""


def _council(published: Published, area: Area) -> str:
    """A district's council goes by its district's name; the others by their own."""
    upper = published.places.authority(area.gss)
    return council_name(upper) if upper else f"{area.name} council"


def _local(published: Published, entry: Entitlement, on: date) -> Iterable[LocalTerms]:
    """The councils' own terms of this right that are not over, by council."""
    parts = [part for part in published.parts_of(entry.id) if standing(part, on) != "ended"]
    named = sorted(((_whose(published, part), part) for part in parts), key=lambda pair: pair[0])
    for council, part in named:
        worth = worth_on(part, on)
        yield LocalTerms(council, entry_href(part.id), in_spoken(part).title, worth.text if worth else "")


ROUTES = (Route("/entitlements/{slug}", entry),)
