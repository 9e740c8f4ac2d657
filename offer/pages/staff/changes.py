"""The changes of a person's places: mine, waiting for review, approved, published, dropped."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.live import live_of
from offer.pages.listing import Link
from offer.pages.staff.entries import Mark
from offer.pages.staff.me import said_moment
from offer.pages.staff.view import StaffPage, me_of, place_name, show
from offer.staff.change import OPEN, Change, State
from offer.staff.change_rows import changes, counts_of
from offer.staff.roles import scopes_with

PATH = "/staff/changes"
Show = Literal["mine", "drafts", "review", "approved", "published", "dropped"]

# Each list: its name, the states in it, what to say where it is empty.
LISTS: Mapping[Show, tuple[str, tuple[State, ...], str]] = MappingProxyType(
    {
        "mine": ("Mine", OPEN, "You are writing nothing. Open an entry, and press Edit."),
        "drafts": ("Being written", ("draft",), "Nobody is writing a change."),
        "review": ("Waiting for review", ("review",), "None. Nothing waits for a second person."),
        "approved": ("Approved", ("approved",), "None. What is approved is published already."),
        "published": ("Published", ("published",), "None yet."),
        "dropped": ("Dropped", ("dropped",), "None. Nothing was given up."),
    }
)
_MARKS: Mapping[State, Mark] = MappingProxyType(
    {
        "draft": Mark("✎", "Being written"),
        "review": Mark("◐", "Waiting for review"),
        "approved": Mark("✓", "Approved"),
        "published": Mark("●", "Published"),
        "dropped": Mark("✗", "Dropped"),
    }
)


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change in a list."""

    link: Link
    place: str
    about: str
    mark: Mark
    is_mine: bool


@dataclass(frozen=True, slots=True)
class Tab:
    """One of the lists, with how many are in it; None: not counted."""

    link: Link
    count: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPage(StaffPage):
    """One list; `empty`: what is said where nothing is in it."""

    tabs: tuple[Tab, ...]
    heading: str
    lines: tuple[ChangeLine, ...]
    empty: str


def mark_of_change(change: Change) -> Mark:
    """How a change stands, in a shape and words."""
    if change.refused:
        return Mark("▲", "Could not be published")
    if change.state == "approved" and change.publish_at is not None:
        what = "taken away" if change.is_withdrawal else "public"
        return Mark("◷", f"Will be {what} on {said_moment(change.publish_at)}")
    if change.version is not None and change.state == "published":
        what = "Gone" if change.is_withdrawal else "Public"
        return Mark("●", f"{what} since list {change.version}")
    return _MARKS[change.state]


def change_line(request: Request, change: Change, account: int) -> ChangeLine:
    """A change as lists show it."""
    many = len(change.items)
    about = change.items[0].slug if many == 1 else f"{many} documents"
    return ChangeLine(
        link=Link(f"{PATH}/{change.id}", change.title),
        place=place_name(request, change.scope),
        about=f"{about}. Last touched {said_moment(change.changed_at)}",
        mark=mark_of_change(change),
        is_mine=change.account == account or account in change.editors,
    )


async def listed(request: Request) -> Response:
    """GET /staff/changes; `show` is one of the lists."""
    me, connection = me_of(request), live_of(request).database
    chosen: Show = next((name for name in LISTS if name == request.query_params.get("show")), "mine")
    scopes = scopes_with(me.grants, "viewer")
    heading, states, empty = LISTS[chosen]
    lines = [change_line(request, each, me.account) for each in await changes(connection, scopes, states)]
    counts = await counts_of(connection, scopes)
    view = ChangesPage(
        title="Changes",
        path=PATH,
        me=me,
        tabs=tuple(_tab(name, counts, name == chosen) for name in LISTS),
        heading=heading,
        lines=tuple(each for each in lines if each.is_mine or chosen != "mine"),
        empty=empty,
    )
    return show(request, "changes", view)


def _tab(name: Show, counts: Mapping[str, int], chosen: bool) -> Tab:
    words, states, _ = LISTS[name]
    count = None if name == "mine" else sum(counts.get(state, 0) for state in states)
    return Tab(Link(f"{PATH}?show={name}", words, chosen), count)


ROUTES = (Route(PATH, listed),)
