"""Sources that are gone or say something else now, until somebody has looked. Nothing of theirs is shown."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from offer.clock import now
from offer.live import live_of
from offer.pages.listing import Link
from offer.pages.staff.entries import PATH as ENTRIES
from offer.pages.staff.entries import Mark
from offer.pages.staff.me import said_moment
from offer.pages.staff.view import StaffPage, me_of, show
from offer.published import Published
from offer.sources_cited import sources_of
from offer.staff.links.rows import Cited, Queued, looked_at, queue, url_of
from offer.staff.roles import Role, scope_of, scopes_with

PATH = "/staff/links"
BROKEN, CHANGED = Mark("✕", "Cannot be read"), Mark("≠", "Says something else now")


@dataclass(frozen=True, slots=True)
class LinkLine:
    """One source, what is the matter, and the pages of ours that rest on it."""

    id: int
    url: str
    mark: Mark
    words: str
    used_by: tuple[Link, ...]
    can_settle: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LinksPage(StaffPage):
    """Those of this person's places. `on`: whether the service asks by itself."""

    lines: tuple[LinkLine, ...]
    on: bool


async def listed(request: Request) -> Response:
    """GET /staff/links."""
    live = live_of(request)
    waiting = await queue(live.database)
    view = LinksPage(
        title="Sources",
        path=PATH,
        me=me_of(request),
        done="It is out of the list until something new is found." if "seen" in request.query_params else "",
        lines=tuple(_lines(request, waiting)),
        on=request.app.state.settings.link_checks,
    )
    return show(request, "links", view)


async def settle(request: Request) -> Response:
    """POST /staff/links/{link}/looked-at: by an editor of a page that rests on it."""
    live, link = live_of(request), request.path_params["link"]
    url = await url_of(live.database, link)
    cited = sources_of(live.published)
    if url is None or not _mine(request, cited.get(url, ()), "editor"):
        raise HTTPException(404)
    await looked_at(live.database, link, me_of(request).by, now())
    return RedirectResponse(f"{PATH}?seen", 303)


def _lines(request: Request, waiting: Iterable[Queued]) -> Iterator[LinkLine]:
    cited: Cited = sources_of(live_of(request).published)
    for each in waiting:
        slugs = cited.get(each.url, ())
        if seen := _mine(request, slugs, "viewer"):
            yield LinkLine(
                id=each.id,
                url=each.url,
                mark=BROKEN if each.problem else CHANGED,
                words=_words(each),
                used_by=tuple(seen),
                can_settle=bool(_mine(request, slugs, "editor")),
            )


def _words(each: Queued) -> str:
    if each.problem:
        when = f" Last tried on {said_moment(each.checked_at)}." if each.checked_at else ""
        return f"{each.problem}.{when}"
    since = f" Noticed on {said_moment(each.changed_at)}." if each.changed_at else ""
    return f"Its words are not those we read before.{since}"


def _mine(request: Request, slugs: Iterable[str], role: Role) -> list[Link]:
    """Those of the documents that lie where this person has the role."""
    published, scopes = live_of(request).published, scopes_with(me_of(request).grants, role)
    found = ((slug, *_named(published, slug)) for slug in slugs)
    mine = (each for each in found if each[1] and each[3] in scopes)
    return [Link(f"{ENTRIES}/{kind}/{slug}", name) for slug, kind, name, _ in mine]


def _named(published: Published, slug: str) -> tuple[str, str, str]:
    """Kind, title and scope of a public document; "" where there is none."""
    if entry := published.entries.get(slug):
        return "entitlement", entry.title, scope_of(entry.authority)
    if service := published.services.get(slug):
        return "service", service.name, scope_of(service.record.authority)
    if organisation := published.organisations.get(slug):
        return "organisation", organisation.name, scope_of(organisation.authority)
    if location := published.locations.get(slug):
        return "location", location.name, scope_of(location.authority)
    return "", "", ""


ROUTES = (Route(PATH, listed), Route(f"{PATH}/{{link:int}}/looked-at", settle, methods=["POST"]))
