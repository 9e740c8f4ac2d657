"""Taking a page away: at once, or on a day. One press of an approver, with a reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from offer.catalogue.candidates import Finding
from offer.catalogue.revisions import ChangedMeanwhile
from offer.clock import now
from offer.db.errors import Refused
from offer.live import live_of
from offer.pages.listing import Link
from offer.pages.staff.changes import PATH as CHANGES
from offer.pages.staff.entries import PATH
from offer.pages.staff.view import StaffPage, me_of, place_name, said, show
from offer.published import Published
from offer.staff.change_checks import leading_to
from offer.staff.moment import MOMENT, read_moment
from offer.staff.reading import document
from offer.staff.roles import scope_of
from offer.staff.withdrawal import withdraw, withdrawn_before

_ROUTE = f"{PATH}/{{kind}}/{{slug}}/withdraw"


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawPage(StaffPage):
    """`leading`: what is public and leads to it, so must go before. `opened`: its newest version."""

    href: str
    entry: Link
    opened: int
    leading: tuple[Link, ...]
    typed: Mapping[str, str]


async def ask(request: Request) -> Response:
    """GET …/withdraw."""
    return await _page(request)


async def take(request: Request) -> Response:
    """POST …/withdraw: gone at once, or approved for its day."""
    me, form, live = me_of(request), await request.form(), live_of(request)
    kind, slug = request.path_params["kind"], request.path_params["slug"]
    typed = {name: said(form, name, 400) for name in ("reason", "when", *MOMENT)}
    opened = said(form, "opened", 9)
    number = int(opened) if opened.isascii() and opened.isdigit() else 0
    try:
        later = read_moment(typed, now()) if typed["when"] == "later" else None
        before = await withdrawn_before(live.database, kind, slug, number, typed["reason"], me.by, later)
        change = before or await withdraw(
            live.database, kind, slug, number, typed["reason"], me.by, now(), later
        )
    except Refused as fault:
        status = 409 if isinstance(fault, ChangedMeanwhile) else 422
        return await _page(request, error=str(fault), typed=typed, status=status)
    if later is None and live.watch is not None:
        await live.watch.look()
    return RedirectResponse(f"{CHANGES}/{change}?done={'scheduled' if later else 'published'}", 303)


async def _page(
    request: Request,
    *,
    error: str = "",
    typed: Mapping[str, str] = MappingProxyType({}),
    status: int = 200,
) -> Response:
    live, kind, slug = live_of(request), request.path_params["kind"], request.path_params["slug"]
    held = await document(live.database, kind, slug)
    if held is None:
        raise HTTPException(404)
    view = WithdrawPage(
        title=f"{'Error: ' if error else ''}Take away: {held.title}",
        me=me_of(request),
        error=error,
        href=f"{PATH}/{kind}/{slug}/withdraw",
        entry=Link(f"{PATH}/{kind}/{slug}", held.title),
        opened=held.number,
        leading=_leading(request, kind, slug),
        typed=typed,
    )
    return show(request, "withdraw", view, status)


def _leading(request: Request, kind: str, slug: str) -> tuple[Link, ...]:
    published = live_of(request).published
    return tuple(
        Link(f"{PATH}/{each.kind}/{each.slug}", _named(request, published, each))
        for each in leading_to(published, kind, slug)
    )


def _named(request: Request, published: Published, each: Finding) -> str:
    """An entry by its title and whose it is; a place or team by its short name."""
    entry = published.entries.get(each.slug) if each.kind == "entitlement" else None
    return f"{entry.title} ({place_name(request, scope_of(entry.authority))})" if entry else each.slug


ROUTES = (Route(_ROUTE, ask), Route(_ROUTE, take, methods=["POST"]))
