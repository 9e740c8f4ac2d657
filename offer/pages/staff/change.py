"""One change: what differs, whom it touches, what is to be mended, what was said and done."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.clock import today
from offer.eligibility.rule import RuleError
from offer.live import live_of
from offer.pages.staff.change_documents import Document, document_view
from offer.pages.staff.change_impact import ImpactView, impact_view
from offer.pages.staff.change_next import Next, next_of
from offer.pages.staff.changes import PATH, mark_of_change
from offer.pages.staff.entries import KIND_NAMES, Mark
from offer.pages.staff.me import said_moment
from offer.pages.staff.view import StaffPage, me_of, place_name, show
from offer.staff.accounts import accounts
from offer.staff.change import OPEN, Change
from offer.staff.change_checks import Checks
from offer.staff.change_rows import acts_of, change_of, mark_of, writers_of
from offer.staff.roles import may
from offer.staff.scope_settings import settings_of

ROUTE = f"{PATH}/{{change:int}}"
DONE: Mapping[str, str] = MappingProxyType(
    {
        "named": "Saved.",
        "submitted": "It waits for review. An approver sees it on their home page.",
        "back": "It is a draft again.",
        "approved": "Approved. Nobody outside sees it yet: publish it now, or choose a day.",
        "published": "Published. The public page shows it now.",
        "scheduled": "It will be published by itself on that day and hour.",
        "unscheduled": "It will not be published by itself any more.",
        "dropped": "Dropped. It can still be read here.",
        "commented": "Said.",
        "out": "Taken out of this change.",
    }
)
# The same of a change that only takes something away.
GONE: Mapping[str, str] = MappingProxyType(
    {
        "published": "Taken away. The public page is gone.",
        "scheduled": "It will be taken away by itself on that day and hour.",
        "unscheduled": "It will not be taken away by itself any more.",
    }
)


@dataclass(frozen=True, slots=True)
class Said:
    """A comment, or one thing that was done: who, when, what."""

    who: str
    at: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePage(StaffPage):
    """`typed`: what stood in a form that was refused."""

    change: Change
    place: str
    documents: tuple[Document, ...]
    other_faults: tuple[str, ...]
    impact: ImpactView | None
    next: Next
    acts: tuple[Said, ...]
    typed: Mapping[str, str]

    @property
    def href(self) -> str:
        """The page itself, which its buttons go on from."""
        return f"{PATH}/{self.change.id}"

    @property
    def mark(self) -> Mark:
        """How it stands, in a shape and words."""
        return mark_of_change(self.change)

    @property
    def seen(self) -> str:
        """The mark that every button sends along."""
        return mark_of(self.change.changed_at)

    @property
    def comments(self) -> tuple[Said, ...]:
        """What was said about it."""
        return tuple(Said(each.team, said_moment(each.at), each.text) for each in self.change.comments)

    @property
    def is_open(self) -> bool:
        """Whether it is on its way, with something in it."""
        return self.change.state in OPEN and bool(self.change.items)


async def one(request: Request) -> Response:
    """GET /staff/changes/{change}."""
    return await change_page(request, done=request.query_params.get("done", ""))


async def change_page(
    request: Request,
    *,
    done: str = "",
    error: str = "",
    typed: Mapping[str, str] = MappingProxyType({}),
    status: int = 200,
) -> Response:
    """The page of a change, also with what went wrong and all that was typed. `done`: a key of DONE."""
    change = await change_of(live_of(request).database, request.path_params["change"])
    if change is None:
        raise HTTPException(404)
    checks, impact = await _judged(request, change)
    view = ChangePage(
        title=f"Error: {change.title}" if error else change.title,
        me=me_of(request),
        done=(GONE if change.is_withdrawal else {}).get(done) or DONE.get(done, ""),
        error=error,
        change=change,
        place=place_name(request, change.scope),
        documents=tuple([await document_view(request, change, each, checks) for each in change.items]),
        other_faults=_of_others(change, checks),
        impact=impact,
        next=await _next(request, change, checks),
        acts=await _acts(request, change),
        typed=typed,
    )
    return show(request, "change", view, status)


async def _next(request: Request, change: Change, checks: Checks) -> Next:
    """What whoever asks may do with it."""
    connection = live_of(request).database
    four_eyes = (await settings_of(connection, change.scope)).four_eyes
    barred = await writers_of(connection, change.id) if four_eyes else frozenset[int]()
    ready = bool(change.items) and not checks.faults
    lonely = not await _has_approver(request, change, barred)
    return next_of(change, me_of(request), barred=barred, ready=ready, lonely=lonely)


async def _has_approver(request: Request, change: Change, barred: Collection[int]) -> bool:
    """Whether somebody with an account may approve it as it stands."""
    every = await accounts(live_of(request).database)
    return any(
        each.state == "active" and each.id not in barred and may(each.grants, "approver", change.scope)
        for each in every
    )


async def _judged(request: Request, change: Change) -> tuple[Checks, ImpactView | None]:
    """Checks and impact while it is on its way; of what is over nothing is to be said any more."""
    if change.state not in OPEN or not change.items:
        return Checks((), ()), None
    live = live_of(request)
    try:
        checks, found = await live.impacts.of(live.published, change, today())
    except RuleError as fault:  # a rule of the grammar that only some day's terms break
        return Checks((), ()), ImpactView(f"It cannot be worked out: {fault}", "", (), "", (), ())
    titles = {each.slug: str(each.body.get("title", each.slug)) for each in change.items}
    return checks, impact_view(found, live.published.names, titles) if found else None


def _of_others(change: Change, checks: Checks) -> tuple[str, ...]:
    """What is wrong elsewhere because of this change."""
    keys = {(each.kind, each.slug) for each in change.items}
    return tuple(str(each) for each in checks.faults if (each.kind, each.slug) not in keys)


async def _acts(request: Request, change: Change) -> tuple[Said, ...]:
    rows = await acts_of(live_of(request).database, change.id)
    return tuple(
        Said(_who(row.team, row.account), said_moment(row.at), _act(row.act, row.detail)) for row in rows
    )


def _who(team: str, account: int | None) -> str:
    return f"{team}, account {account}" if account else team


def _act(act: str, detail: str) -> str:
    told = {name: str(value) for name, value in json.loads(detail).items() if name != "when"}
    more = ", ".join(_called(value) if name == "about" else value for name, value in told.items())
    words = f"{act[:1].upper()}{act[1:]}"
    return f"{words}: {more}" if more else words


def _called(about: str) -> str:
    """ "entitlement bus-pass" as people call it: "entry bus-pass"."""
    kind, _, slug = about.partition(" ")
    return f"{KIND_NAMES.get(kind, kind)} {slug}"


ROUTES = (Route(ROUTE, one),)
