"""A shortlist of things to get and places to go: kept on the phone alone.

The server only shows the list that an address names. The phone's module (templates/js/list) keeps
their names in localStorage, and asks for this page with them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from directory.assembled import ServiceView
from directory.hours_list import HoursLine
from directory.topics import TOPICS
from offer.clock import civil_day, now, today
from offer.council_names import council_name, plain_name
from offer.entitlements.amounts import worth_on
from offer.entitlements.in_force import is_in_force
from offer.entitlements.schema import ENGLAND, Entitlement
from offer.language import gettext as _
from offer.languages.dates import said_day, said_month
from offer.languages.entries import in_spoken
from offer.pages.edition import edition_of
from offer.pages.listed import LIST_PATH, Listed, Thing, key_of, listed, name_of
from offer.pages.listing import Link, Row, entry_row
from offer.pages.rendering import Page, render
from offer.pages.service_places import hours_to_go_by
from offer.pages.service_words import ServiceCard, card
from offer.pages.sharing import Code, code_of
from offer.pages.who_to_ask import WhoToAsk, who_to_ask
from offer.published import Published

SHARE_PATH = f"{LIST_PATH}/share"
MORE = "more"  # in the address: the things to tick stand below a list too


@dataclass(frozen=True, slots=True)
class ToGet:
    """Something to get, and whom to ask for it."""

    row: Row
    amount: str
    ask: str
    checked: str

    @property
    def name(self) -> str:
        """Its title."""
        return self.row.title


@dataclass(frozen=True, slots=True)
class ToGo:
    """A place or team to go to or to ring. `hours` are those of the place on the card."""

    card: ServiceCard
    hours: tuple[HoursLine, ...]

    @property
    def name(self) -> str:
        """Its name."""
        return self.card.name


@dataclass(frozen=True, slots=True)
class Kept:
    """One thing on the list. `off` and `up` lead to the list without it and with it one place higher."""

    key: str
    what: ToGet | ToGo
    off: str
    up: str

    @property
    def name(self) -> str:
        """What it is called."""
        return self.what.name

    @property
    def is_place(self) -> bool:
        """Whether it is a place or team."""
        return isinstance(self.what, ToGo)


@dataclass(frozen=True, slots=True)
class Tick:
    """One thing to tick."""

    key: str
    title: str


@dataclass(frozen=True, slots=True)
class Ticks:
    """The things of one topic."""

    title: str
    things: tuple[Tick, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage(Page):
    """The list an address names; without one, how to make a list, with and without a script."""

    day: str
    things: tuple[Kept, ...]
    keys: str
    gone: int
    council: str
    by: str
    who: WhoToAsk
    councils: tuple[Link, ...]
    ticks: tuple[Ticks, ...]
    more: str
    share: str
    print: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SharePage(Page):
    """How to hand a list on, and what its address holds."""

    titles: tuple[str, ...]
    council: str
    back: str
    code: Code
    print: str


async def show(request: Request) -> Response:
    """GET /my-list?things=slug,service.slug&by=E06000047; a form with ticks leads to that address."""
    published, at = edition_of(request), now()
    found = listed(request, published, civil_day(at))
    if "thing" in request.query_params:
        return RedirectResponse(found.address(), 303)
    return render(request, "my-list.html", _page(published, found, at, more=MORE in request.query_params))


async def share(request: Request) -> Response:
    """GET /my-list/share?things=slug,service.slug: the same list as a link and a code to scan."""
    published = edition_of(request)
    found = listed(request, published, today())
    if not found.things:
        return RedirectResponse(LIST_PATH, 303)
    page = SharePage(
        title=_("Share this list"),
        titles=tuple(map(name_of, found.things)),
        council=council_name(found.council) if found.council else "",
        back=found.address(),
        code=code_of(request, found.address(), _("The address of this list as a code to scan")),
        print=found.address("/print"),
    )
    return render(request, "share.html", page)


def _page(published: Published, found: Listed, at: datetime, *, more: bool) -> ListPage:
    on = civil_day(at)
    ticks = more or not found.things
    return ListPage(
        title=_("My list"),
        path=LIST_PATH,
        day=said_day(on),
        things=tuple(_kept(published, found, thing, at) for thing in found.things),
        keys=found.keys,
        gone=found.gone,
        council=council_name(found.council) if found.council else "",
        by=found.council.gss if found.council else "",
        who=who_to_ask(published, found.council),
        councils=tuple(_councils(published, found, on)),
        ticks=tuple(_ticks(published, found, on)) if ticks else (),
        more="" if ticks else found.address(more="yes"),
        share=found.address(SHARE_PATH),
        print=found.address("/print"),
    )


def _kept(published: Published, found: Listed, thing: Thing, at: datetime) -> Kept:
    if isinstance(thing, ServiceView):
        what: ToGo | ToGet = ToGo(card(thing, at), hours_to_go_by(thing, at))
    else:
        what = _to_get(published, thing, civil_day(at))
    first = found.things[0] is thing
    return Kept(
        key=key_of(thing),
        what=what,
        off=found.without(thing).address(),
        up="" if first else found.earlier(thing).address(),
    )


def _to_get(published: Published, entry: Entitlement, on: date) -> ToGet:
    worth = worth_on(entry, on)
    return ToGet(
        row=entry_row(published, entry, on),
        amount=worth.text if worth else "",
        ask=entry.ask,
        checked=said_month(entry.checked_on),
    )


def _ticks(published: Published, found: Listed, on: date) -> Iterator[Ticks]:
    """What is not on the list yet: England's, and the named council's own."""
    kept = {entry.id for entry in found.entries}
    codes = {ENGLAND, found.council.gss} if found.council else {ENGLAND}
    entries = [
        entry
        for entry in published.entries_of(codes)
        if entry.authority in codes and entry.id not in kept and is_in_force(entry, on)
    ]
    for topic in TOPICS.values():
        here = sorted((e for e in entries if e.topic == topic.slug), key=lambda entry: entry.title)
        if here:
            yield Ticks(_(topic.title), tuple(Tick(entry.id, in_spoken(entry).title) for entry in here))


def _councils(published: Published, found: Listed, on: date) -> Iterator[Link]:
    """The councils of which we hold offers or a team: the list can name one, for its number."""
    held = {*published.entries_by_owner, *published.with_a_team}
    areas = [area for code in held if (area := published.places.authority(code))]
    for area in sorted(areas, key=lambda area: plain_name(area.name)):
        named = Listed(found.things, area)
        yield Link(named.address(), plain_name(area.name), area == found.council)


ROUTES = (Route(LIST_PATH, show), Route(SHARE_PATH, share))
