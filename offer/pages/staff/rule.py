"""The rule of an entry as a form in plain words, with the English that the public reads beside it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from offer.catalogue.revisions import ChangedMeanwhile
from offer.clock import now, today
from offer.council_names import council_name, plain_name
from offer.db.errors import Refused
from offer.eligibility.english import RuleLine
from offer.eligibility.terms import Terms
from offer.live import live_of
from offer.pages.staff.again import carried
from offer.pages.staff.entries import PATH
from offer.pages.staff.part import CHANGES, PartPage, opened, part_of
from offer.pages.staff.rule_view import ADD_WORDS, KIND_WORDS, LineView, view_of
from offer.pages.staff.view import me_of, said, show
from offer.rulebook import held_by
from offer.staff.part_edit import Draft, keep_part, mark_of
from offer.staff.rule_form.fact_words import FACT_GROUPS, FactGroup
from offer.staff.rule_form.fields import FormFault, read
from offer.staff.rule_form.from_tree import root_of
from offer.staff.rule_form.judged import Judged, judged
from offer.staff.rule_form.lines import Line
from offer.staff.rule_form.moves import moved
from offer.staff.rule_form.place_words import LIVES_IN, LOOKED_AFTER, PlaceWords, place_words
from offer.staff.rule_form.shared import SHARED

_ROUTE = f"{PATH}/entitlement/{{slug}}/rule"
RULE = ("rule",)


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePage(PartPage):
    """`root`: the whole rule. `faults`: (id on the page, words). `theirs`: the English of what somebody else
    saved meanwhile; empty without a conflict."""

    root: LineView
    faults: tuple[tuple[str, str], ...]
    warned: int
    english: tuple[RuleLine, ...]
    theirs: tuple[RuleLine, ...]
    groups: tuple[FactGroup, ...]
    kinds: Mapping[str, str]
    adds: Mapping[str, str]
    shared: tuple[tuple[str, str], ...]
    places: Mapping[str, list[str]]


async def shown(request: Request) -> Response:
    """GET …/rule."""
    draft = await opened(request)
    root = root_of(draft.body.get("rule"), words_of(request))
    return await _page(request, draft, root, mark_of(draft.body, RULE))


async def pressed(request: Request) -> Response:
    """POST …/rule: a button of the form, or saving it. `do` says which."""
    form = await request.form()
    draft, deed, was = await opened(request, form), said(form, "do", 400), said(form, "was")
    try:
        root = read(carried(form))
    except FormFault as fault:
        return await _unreadable(request, draft, str(fault))
    if deed in ("save", "over"):
        return await _save(request, draft, root, was)
    root, look_at = moved(root, deed, lambda key: said(form, f"{key}.add"))
    return await _page(request, draft, root, was, look_at=look_at if ":" in deed else "")


async def _save(request: Request, draft: Draft, root: Line, was: str) -> Response:
    found = _judged(request, draft, root)
    if found.tree is None:
        return await _page(request, draft, root, was, wrong=True, status=422)
    live = live_of(request)
    try:
        change = await keep_part(live.database, draft, {"rule": found.tree}, was, me_of(request).by, now())
    except ChangedMeanwhile:
        theirs = _english(request, draft)
        return await _page(request, draft, root, mark_of(draft.body, RULE), theirs=theirs, status=409)
    except Refused as fault:
        return await _page(request, draft, root, was, error=str(fault), status=409)
    return RedirectResponse(f"{CHANGES}/{change}", 303)


async def _unreadable(request: Request, draft: Draft, error: str) -> Response:
    root = root_of(draft.body.get("rule"), words_of(request))
    return await _page(request, draft, root, mark_of(draft.body, RULE), error=error, status=422)


async def _page(
    request: Request,
    draft: Draft,
    root: Line,
    was: str,
    *,
    look_at: str = "",
    wrong: bool = False,
    theirs: tuple[RuleLine, ...] = (),
    error: str = "",
    status: int = 200,
) -> Response:
    places, found = words_of(request), _judged(request, draft, root)
    told = (
        {words: f"{key}-box" for key, words in found.faults.items()} if wrong else {}
    )  # two may share words
    title = f"Who can get it: {draft.title}"
    view = RulePage(
        title=f"Error: {title}" if status >= 400 else title,
        me=me_of(request),
        error=error,
        part=await part_of(request, draft, "rule", was),
        root=view_of(root, found, places, _names(request), wrong=wrong, look_at=look_at),
        faults=tuple((id_, words) for words, id_ in told.items()),
        warned=len(found.warnings),
        english=found.english,
        theirs=theirs,
        groups=FACT_GROUPS,
        kinds=KIND_WORDS,
        adds=ADD_WORDS,
        shared=tuple((name, piece.words) for name, piece in SHARED.items()),
        places={"districts": places.all_of(LIVES_IN), "councils": places.all_of(LOOKED_AFTER)},
    )
    return show(request, "rule", view, status)


def words_of(request: Request) -> PlaceWords:
    """The districts and councils of England as the form names them, and the names people use besides."""
    places, on = live_of(request).published.places, today()
    areas = (places.districts(on), places.authorities(on))
    districts, councils = ([(each.gss, each.name) for each in kind] for kind in areas)
    others = [
        (each.gss, said)
        for kind in areas
        for each in kind
        for said in (plain_name(each.name), council_name(each))
    ]
    return place_words(districts, councils, others)


def _names(request: Request) -> Mapping[str, str]:
    return live_of(request).published.names


def _terms(request: Request, draft: Draft) -> Terms:
    """The district rows that this entry's rule reads."""
    body: Mapping[str, Any] = draft.body
    rows = live_of(request).published.council_tax
    return Terms(today(), held_by(str(body.get("authority", "")), body.get("areas", ()), rows))


def _judged(request: Request, draft: Draft, root: Line) -> Judged:
    return judged(root, words_of(request), _terms(request, draft), _names(request))


def _english(request: Request, draft: Draft) -> tuple[RuleLine, ...]:
    return _judged(request, draft, root_of(draft.body.get("rule"), words_of(request))).english


ROUTES = (Route(_ROUTE, shown), Route(_ROUTE, pressed, methods=["POST"]))
