"""What people told us: the list to work through, the oldest first, by how it stands, what it is and where."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.feedback.subject import title_of
from offer.feedback.told import KINDS
from offer.live import live_of
from offer.pages.listing import Link
from offer.pages.staff.view import StaffPage, me_of, place_name, show
from offer.staff.reading import WAITING, Told, told
from offer.staff.roles import scopes_with

PATH = "/staff/reports"
SHAPES = {"new": "●", "read": "◔", "changed": "✓", "kept": "="}
STANDS = {"new": "New", "read": "Being checked", "changed": "Page changed", "kept": "Page is right"}
_STATES = {"": "Waiting", **STANDS, "all": "All"}
_KINDS = {"": "Anything", "wrong": "Wrong or old", "different": "Told different", "missing": "Missing"}
MOST = 100


@dataclass(frozen=True, slots=True)
class ReportLine:
    """One report in a list."""

    link: Link
    about: str
    kind: str
    day: date
    shape: str
    stands: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed to; "" does not narrow, and of `state` means those that wait."""

    state: str = ""
    kind: str = ""
    place: str = ""

    def fits(self, report: Told, scope: str) -> bool:
        """Whether a report belongs in the list."""
        states = {"": WAITING, "all": tuple(STANDS)}.get(self.state, (self.state,))
        return report.state in states and self.kind in ("", report.kind) and self.place in ("", scope)


@dataclass(frozen=True, slots=True)
class Filter:
    """One way to narrow the list: its name, and its choices with how many each leads to."""

    name: str
    choices: tuple[Link, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportsPage(StaffPage):
    """`more`: how many are left out at the end."""

    filters: tuple[Filter, ...]
    lines: tuple[ReportLine, ...]
    more: int
    narrowed: bool


def report_line(each: Told, about: str) -> ReportLine:
    """A report as lists show it."""
    return ReportLine(
        Link(f"{PATH}/{each.id}", f"Report {each.id}"),
        about,
        KINDS.get(each.kind, each.kind),
        each.day,
        SHAPES.get(each.state, "●"),
        STANDS.get(each.state, ""),
    )


async def listed(request: Request) -> Response:
    """GET /staff/reports; `state`, `kind` and `place` narrow it."""
    me, asked = me_of(request), _asked(request)
    live = live_of(request)
    found = await told(live.database, scopes_with(me.grants, "viewer"))
    chosen = [each for each in found if asked.fits(each, each.scope)]
    published = live.published
    view = ReportsPage(
        title="Reports",
        path=PATH,
        me=me,
        filters=tuple(_filters(request, found, asked)),
        lines=tuple(report_line(each, title_of(published, each.slug)) for each in chosen[:MOST]),
        more=max(0, len(chosen) - MOST),
        narrowed=asked != Asked(),
    )
    return show(request, "reports", view)


def _asked(request: Request) -> Asked:
    """Only what the lists of choices hold, or for a place what somebody may see, ever finds anything."""
    state, kind, place = (request.query_params.get(name, "") for name in ("state", "kind", "place"))
    return Asked(state if state in _STATES else "", kind if kind in _KINDS else "", place[:20])


def _filters(request: Request, found: list[Told], asked: Asked) -> Iterable[Filter]:
    yield _filter("How it stands", "state", _STATES, found, asked)
    yield _filter("What it is", "kind", _KINDS, found, asked)
    scopes = sorted({each.scope for each in found})
    if len(scopes) > 1:
        names = {"": "Everywhere"} | {scope: place_name(request, scope) for scope in scopes}
        yield _filter("Where", "place", names, found, asked)


def _filter(name: str, field: str, choices: dict[str, str], found: list[Told], asked: Asked) -> Filter:
    links = []
    for value, words in choices.items():
        wanted = {"state": asked.state, "kind": asked.kind, "place": asked.place} | {field: value}
        query = urlencode({key: text for key, text in wanted.items() if text})
        count = sum(Asked(**wanted).fits(each, each.scope) for each in found)
        current = wanted[field] == getattr(asked, field)
        links.append(Link(f"{PATH}?{query}" if query else PATH, words, current, count))
    return Filter(name, tuple(links))


ROUTES = (Route(PATH, listed),)
