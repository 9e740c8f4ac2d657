"""Every document of a person's places, with what is to be said of each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.clock import today
from offer.live import live_of
from offer.pages.listing import Link
from offer.pages.staff.view import StaffPage, me_of, place_name, show
from offer.staff.due import STATUSES, Held, Status, statuses, with_status
from offer.staff.reading import documents
from offer.staff.roles import may_somewhere, scope_of, scopes_with

PATH = "/staff/entries"
KIND_NAMES: Mapping[str, str] = MappingProxyType(
    {"entitlement": "entry", "service": "service", "location": "place", "organisation": "organisation"}
)
NEW = tuple(Link(f"{PATH}/new/{kind}", words) for kind, words in KIND_NAMES.items())


@dataclass(frozen=True, slots=True)
class Mark:
    """A status: a shape and words."""

    shape: str
    words: str


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One document in a list."""

    link: Link
    kind: str
    place: str
    review_by: date
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """A way to narrow the list, with how many there are."""

    link: Link
    mark: Mark | None
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EntriesPage(StaffPage):
    """The list, all or by one status. `new`: to begin one of each kind, for editors.

    `words`: what was looked for, and `chosen` the status; "" for all.
    """

    new: tuple[Link, ...]
    filters: tuple[Filter, ...]
    lines: tuple[EntryLine, ...]
    words: str
    chosen: str


def marks_of(held: Held, on: date) -> tuple[Mark, ...]:
    """What is to be said of a document, in shapes and words."""
    return tuple(Mark(*STATUSES[status]) for status in statuses(held, on))


def line_of(request: Request, held: Held, on: date) -> EntryLine:
    """A document as lists show it."""
    link = Link(f"{PATH}/{held.kind}/{held.slug}", held.title)
    kind, place = KIND_NAMES[held.kind], place_name(request, scope_of(held.authority))
    return EntryLine(link, kind, place, held.review_by, marks_of(held, on))


def filters_of(found: list[Held], chosen: str, on: date, words: str = "") -> tuple[Filter, ...]:
    """A link for all and for each status, of those that were looked for."""
    every = Filter(Link(_href(words=words), "All", chosen == ""), None, len(found))
    return (every, *(_filter(found, status, chosen, on, words) for status in STATUSES))


def _filter(found: list[Held], status: Status, chosen: str, on: date, words: str) -> Filter:
    mark = Mark(*STATUSES[status])
    link = Link(_href(show=status, words=words), mark.words, status == chosen)
    return Filter(link, mark, len(with_status(found, status, on)))


def _href(**asked: str) -> str:
    """The list narrowed by what is not blank."""
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{PATH}?{query}" if query else PATH


def _is_called(request: Request, held: Held, words: str) -> bool:
    """Whether each of the words stands in its name, its address, its kind or the name of its place."""
    place = place_name(request, scope_of(held.authority))
    told = f"{held.title} {held.slug} {KIND_NAMES[held.kind]} {place}".casefold()
    return all(word in told for word in words.casefold().split())


async def listed(request: Request) -> Response:
    """GET /staff/entries; `show` is a status, `words` stand in the names of those that are shown."""
    me, on = me_of(request), today()
    chosen = next((each for each in STATUSES if each == request.query_params.get("show")), None)
    words = " ".join(request.query_params.get("words", "").split())[:80]
    held = await documents(live_of(request).database, scopes_with(me.grants, "viewer"))
    found = [each for each in held if _is_called(request, each, words)]
    by_title = sorted(found, key=lambda each: (each.title.casefold(), each.slug))
    chosen_ones = with_status(found, chosen, on) if chosen else by_title
    view = EntriesPage(
        title="Entries",
        path=PATH,
        me=me,
        new=NEW if may_somewhere(me.grants, "editor") else (),
        filters=filters_of(found, chosen or "", on, words),
        lines=tuple(line_of(request, each, on) for each in chosen_ones),
        words=words,
        chosen=chosen or "",
    )
    return show(request, "entries", view)


ROUTES = (Route(PATH, listed),)
