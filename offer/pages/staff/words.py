"""Advice on words: about one document as it stands, and about what is being typed, which is kept nowhere."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from offer.caching import PRIVATE
from offer.live import live_of
from offer.pages.listing import Link
from offer.pages.staff.entries import PATH
from offer.pages.staff.view import StaffPage, me_of, said, show
from offer.staff.reading import document
from offer.staff.roles import may, scope_of
from offer.staff.versions import body_of_version
from offer.staff.words.council import terms_of
from offer.staff.words.fields import typed_texts
from offer.staff.words.kinder import Term
from offer.staff.words.remarks import Remark, remarks_of, remarks_on

SHOWN = 40  # remarks while typing: more are not read


@dataclass(frozen=True, slots=True, kw_only=True)
class WordsPage(StaffPage):
    """What might be written better. `number`: the version that was read."""

    entry: Link
    number: int
    remarks: tuple[Remark, ...]


async def one(request: Request) -> Response:
    """GET /staff/entries/{kind}/{slug}/words: the newest version, public or not."""
    connection, named = live_of(request).database, request.path_params
    kind, slug = named["kind"], named["slug"]
    held = await document(connection, kind, slug)
    body = await body_of_version(connection, kind, slug, held.number) if held else None
    if held is None or body is None:
        raise HTTPException(404)
    terms = await terms_of(connection, scope_of(held.authority))
    view = WordsPage(
        title=f"Words of {held.title}",
        me=me_of(request),
        entry=Link(f"{PATH}/{kind}/{slug}", held.title),
        number=held.number,
        remarks=remarks_of(kind, body, terms),
    )
    return show(request, "words", view)


async def typed(request: Request) -> Response:
    """POST /staff/words: advice on the fields of a form of `kind`, as JSON. Nothing is kept or logged."""
    form = await request.form()
    pairs = ((name, value) for name, value in form.multi_items() if isinstance(value, str))
    texts = typed_texts(said(form, "kind", 20), pairs)
    found = remarks_on(texts, await _terms(request, said(form, "scope", 9)))
    return JSONResponse({"remarks": [asdict(each) for each in found[:SHOWN]]}, headers=PRIVATE)


async def _terms(request: Request, scope: str) -> Iterable[Term]:
    """The words of a scope of one's own; of any other, ours."""
    mine = scope if may(me_of(request).grants, "viewer", scope) else ""
    return await terms_of(live_of(request).database, mine)


ROUTES = (
    Route(f"{PATH}/{{kind}}/{{slug}}/words", one),
    Route("/staff/words", typed, methods=["POST"]),
)
