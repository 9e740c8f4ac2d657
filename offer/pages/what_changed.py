"""What changed, for anybody: in all of England, in one council's list, on one page. Nobody of staff is named.

Made from the edition in memory; the same changes stand in the Atom feeds of offer/open_data/changes.py.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from directory.places import Area
from offer.addresses import CHANGES_FEED as FEED
from offer.addresses import OFFER, entry_href
from offer.clock import LONDON, today
from offer.council_names import council_name, councils_by_name, plain_name
from offer.entitlements.schema import ENGLAND
from offer.errors import Problem
from offer.language import gettext as _
from offer.language import later
from offer.languages.dates import said_day
from offer.languages.entries import in_spoken
from offer.pages.edition import edition_of
from offer.pages.fields import Choice
from offer.pages.listing import Link
from offer.pages.rendering import Page, render
from offer.pages.who_to_ask import NoOffer, no_offer
from offer.published import Published
from offer.what_changed.places import changes_of, codes_of
from offer.what_changed.told import Change
from offer.what_changed.words import href_of, is_here, said_act, said_parts, said_title, titled

PATH = "/what-changed"
MOST, MOST_PARTS = 15, 4  # changes on a page; things told of one change in a list
UNKNOWN = later("We do not know that council. Choose one on the page about what changed.")


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change. `link` leads to its page, None where there is none now; `more` things stand there."""

    link: Link | None
    title: str
    act: str
    parts: tuple[str, ...]
    more: int


@dataclass(frozen=True, slots=True)
class ChangeDay:
    """The changes of one day."""

    day: str
    lines: tuple[ChangeLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPage(Page):
    """A list of changes by day. `whose` is "" for England; `since`: of older ones nothing is told, or "".

    `before` and `after` are addresses of the pages with older and newer changes, or "".
    """

    whose: str
    back: Link | None
    days: tuple[ChangeDay, ...]
    since: str
    before: str
    after: str
    feed: str
    choices: tuple[Choice, ...] = ()
    held: tuple[Link, ...] = ()
    no_offer: NoOffer | None = None


async def everywhere(request: Request) -> Response:
    """GET /what-changed: England's list, and every council to choose; ?council= leads to that one."""
    chosen = request.query_params.get("council", "")
    if chosen:
        return RedirectResponse(f"{PATH}/{_council(request, chosen).gss}", 303)
    published, on = edition_of(request), today()
    found = changes_of(published, frozenset({ENGLAND}))
    view = _page(
        request, _("What changed"), PATH, found, feed=f"{FEED}/{ENGLAND}.atom",
        choices=tuple(Choice(gss, name, False) for gss, name in councils_by_name(published.places, on)),
        held=tuple(_held(published, on)),
    )  # fmt: skip
    return render(request, "what-changed.html", view)


async def of_council(request: Request) -> Response:
    """GET /what-changed/{gss}: one council's list and its districts'; a district leads to its council."""
    published, code = edition_of(request), request.path_params["gss"]
    council = _council(request, code)
    if council.gss != code:
        return RedirectResponse(f"{PATH}/{council.gss}", 303)
    codes = codes_of(published, council.gss, today()) or frozenset()
    name = council_name(council)
    view = _page(
        request, _("What changed: %(whose)s") % {"whose": name}, f"{PATH}/{code}",
        changes_of(published, codes), feed=f"{FEED}/{code}.atom", whose=name,
        back=Link(PATH, _("What changed")), of_council=code, no_offer=no_offer(published, council),
    )  # fmt: skip
    return render(request, "what-changed.html", view)


async def of_entry(request: Request) -> Response:
    """GET /entitlements/{slug}/what-changed: every change of one page."""
    published, slug = edition_of(request), request.path_params["slug"]
    entry = published.entries.get(slug)
    if entry is None:
        raise HTTPException(404)
    title, href = in_spoken(entry).title, f"{entry_href(slug)}/what-changed"
    view = _page(
        request, _("What changed on this page"), href, published.changes.of_entry(OFFER, slug),
        feed=f"{FEED}/{OFFER}/{slug}.atom", whose=title, back=Link(entry_href(slug), title),
        of_council="" if entry.authority == ENGLAND else entry.authority,
    )  # fmt: skip
    return render(request, "what-changed.html", view)


def _council(request: Request, code: str) -> Area:
    """The council of a code, as it is called today. Raises Problem 404 for one we do not know."""
    places, on = edition_of(request).places, today()
    current = places.areas.current(code, on)
    found = places.authority(current) or places.authority_of(current, on)
    if found is None:
        raise Problem(404, _(UNKNOWN))
    return found


def _page(
    request: Request,
    title: str,
    href: str,
    changes: Sequence[Change],
    *,
    feed: str,
    whose: str = "",
    back: Link | None = None,
    choices: tuple[Choice, ...] = (),
    held: tuple[Link, ...] = (),
    of_council: str = "",
    no_offer: NoOffer | None = None,
) -> ChangesPage:
    published, number = edition_of(request), _number(request)
    shown = changes[(number - 1) * MOST : number * MOST]
    since = published.changes.since
    return ChangesPage(
        title=title,
        path=PATH,
        whose=whose,
        back=back,
        days=tuple(_days(published, shown, whole=back is not None and href.startswith("/ent"))),
        since=said_day(since.astimezone(LONDON).date()) if since else "",
        before=f"{href}?page={number + 1}" if len(changes) > number * MOST else "",
        after=f"{href}?page={number - 1}" if number > 1 else "",
        feed=feed,
        choices=choices,
        held=held,
        of_council=of_council,
        no_offer=no_offer,
    )


def _number(request: Request) -> int:
    typed = request.query_params.get("page", "")
    return max(1, int(typed)) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 1


def _days(published: Published, changes: Sequence[Change], *, whole: bool) -> Iterator[ChangeDay]:
    for day, found in groupby(changes, key=lambda each: each.at.astimezone(LONDON).date()):
        yield ChangeDay(said_day(day), tuple(_line(published, each, whole=whole) for each in found))


def _line(published: Published, change: Change, *, whole: bool) -> ChangeLine:
    """In a list with its title; on the page of one entry with all that changed in it."""
    if change.act == "many":
        return ChangeLine(None, said_title(published, change), "", (), 0)
    parts, act = tuple(said_parts(published, change, below_title=not whole)), said_act(change)
    if whole:
        return ChangeLine(None, "", act or "", parts, 0)
    title = titled(published, change)
    link = Link(href_of(change), title) if is_here(published, change) else None
    most = MOST_PARTS if link and change.kind == OFFER else len(parts)
    return ChangeLine(link, title, act or "", parts[:most], len(parts[most:]))


def _held(published: Published, on: date) -> Iterator[Link]:
    """The councils in whose lists something changed, by name."""
    told = published.changes.told()
    codes = {each.authority for each in told} | {part.area for each in told for part in each.parts}
    upper = (published.places.authority(code) or published.places.authority_of(code, on) for code in codes)
    named = {(plain_name(area.name), area.gss) for area in upper if area}
    for name, gss in sorted(named):
        yield Link(f"{PATH}/{gss}", name)


ROUTES = (
    Route(PATH, everywhere, name="what-changed"),
    Route(f"{PATH}/{{gss}}", of_council, name="what-changed-council"),
    Route("/entitlements/{slug}/what-changed", of_entry, name="what-changed-entry"),
)
