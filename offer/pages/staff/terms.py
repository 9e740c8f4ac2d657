"""The terms of an entry by place and date, and its amounts by date: one table each, changed from a day."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from offer.catalogue.revisions import ChangedMeanwhile
from offer.clock import now, today
from offer.db.errors import Refused
from offer.eligibility.wording import Names
from offer.live import live_of
from offer.pages.staff.entries import PATH
from offer.pages.staff.part import CHANGES, PartPage, opened, part_of
from offer.pages.staff.rule import words_of
from offer.pages.staff.term_deeds import changed_amounts, changed_terms
from offer.pages.staff.term_fields import (
    GIVEN_AS,
    NOWHERE,
    SURE,
    WHO,
    Typed,
    read_amount,
    read_term,
)
from offer.pages.staff.term_form import DEEDS, TermForm, form_of, opened_form
from offer.pages.staff.terms_view import AmountLine, TermTable, amount_lines, table_of
from offer.pages.staff.view import me_of, said, show
from offer.published import COUNCIL_TAX
from offer.rulebook import is_dated
from offer.staff import terms
from offer.staff.change import canonical, scope_of_body
from offer.staff.own_rows import touched
from offer.staff.part_edit import Draft, keep_part, mark_of
from offer.staff.roles import may, scope_of
from offer.staff.rule_form.place_words import LIVES_IN
from offer.staff.sessions import Person
from offer.staff.terms import TermFault

_ROUTE = f"{PATH}/entitlement/{{slug}}/terms"
MEANWHILE = (
    "Somebody else changed the terms or amounts after you opened this. Nothing of yours is lost: it stands "
    "below, and the table shows theirs. Look at both, then press Save again."
)
NOT_YOURS = "You may change the rows of your own council's districts here, and nothing else."
FIELDS = ("terms", "amount", "more_amounts", "sources")


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsPage(PartPage):
    """`reads`: the entry whose terms this one reads, "" for none. `may_all`: whoever asks may change all of
    it, not only their districts' rows. `form`: None for the tables alone.
    """

    who: ClassVar[Mapping[str, str]] = WHO
    given_as: ClassVar[Mapping[str, str]] = GIVEN_AS
    sure: ClassVar[Mapping[str, str]] = SURE

    table: TermTable
    amounts: tuple[AmountLine, ...]
    may_all: bool
    districts: list[str]
    reads: str
    form: TermForm | None

    @property
    def faults(self) -> tuple[tuple[str, str], ...]:
        """Each fault of the open form as the id of its box and its words."""
        return self.form.faults if self.form else ()


async def shown(request: Request) -> Response:
    """GET …/terms; `place` narrows the table, `do` and `row` open a form."""
    draft = await opened(request)
    deed, row = request.query_params.get("do", ""), request.query_params.get("row", "")[:60]
    form = None
    if deed in DEEDS:
        form = opened_form(draft.body, deed, row, words_of(request), _names(request), today())
        if form is None:
            raise HTTPException(404)
    return await _page(request, draft, _mark(draft), form=form)


async def saved(request: Request) -> Response:
    """POST …/terms: the one form, or taking a row out."""
    form = await request.form()
    draft, deed, row = await opened(request, form), said(form, "do"), said(form, "row", 60)
    if deed not in DEEDS and deed not in ("out", "amount-out"):
        raise HTTPException(404)
    part, typed = _changed(request, draft, form, deed, row)
    filled = form_of(draft.body, deed, row, typed, _names(request)) if deed in DEEDS else None
    if said(form, "was") != _mark(draft):
        typed.faults.clear()
        return await _page(request, draft, _mark(draft), form=filled, error=MEANWHILE, status=409)
    if typed.faults:
        error = "" if filled else next(iter(typed.faults.values()))
        return await _page(request, draft, said(form, "was"), form=filled, error=error, status=422)
    return await _keep(request, draft, part, said(form, "was"), filled)


def _changed(
    request: Request, draft: Draft, form: FormData, deed: str, row: str
) -> tuple[dict[str, Any], Typed]:
    """The fields of the body after the form, and its boxes with their faults."""
    places = words_of(request)
    try:
        if deed.startswith("amount"):
            return changed_amounts(draft.body, form, deed.removeprefix("amount-"), row)
        return changed_terms(draft.body, form, deed, row, places, _names(request))
    except TermFault as fault:
        typed = read_amount(form)[1] if deed.startswith("amount") else read_term(form, places, NOWHERE)[1]
        typed.faults.setdefault("start", str(fault))
        return {}, typed


async def _keep(
    request: Request, draft: Draft, part: Mapping[str, Any], was: str, form: TermForm | None
) -> Response:
    whole = {name: draft.body.get(name) for name in FIELDS} | dict(part)
    live, me = live_of(request), me_of(request)
    try:
        change = await keep_part(live.database, _in_scope(draft, whole, me), whole, was, me.by, now())
    except ChangedMeanwhile:
        return await _page(request, draft, _mark(draft), form=form, error=MEANWHILE, status=409)
    except Refused as fault:
        return await _page(request, draft, was, form=form, error=str(fault), status=409)
    return RedirectResponse(f"{CHANGES}/{change}", 303)


def _in_scope(draft: Draft, part: Mapping[str, Any], me: Person) -> Draft:
    """The draft in the scope whose change is to hold it: a council's, where only its own rows differ."""
    if draft.change:
        return draft
    own = scope_of_body(draft.body)
    rows = touched(draft.body, canonical(draft.kind, draft.with_part(part)))
    scope = next(iter(rows)) if len(rows) == 1 else own
    if not may(me.grants, "editor", scope):
        scope = own
    if not may(me.grants, "editor", scope):
        raise Refused(NOT_YOURS)
    return replace(draft, scope=scope)


def _mine(draft: Draft, me: Person) -> Callable[[str], bool]:
    """Whether somebody may change the rows of an area here."""
    every = may(me.grants, "editor", scope_of_body(draft.body))
    return lambda area: every or may(me.grants, "editor", scope_of(area))


async def _page(
    request: Request,
    draft: Draft,
    was: str,
    *,
    form: TermForm | None = None,
    error: str = "",
    status: int = 200,
) -> Response:
    title = form.title if form else f"Terms and amounts: {draft.title}"
    view = TermsPage(
        title=f"Error: {title}" if status >= 400 else title,
        me=me_of(request),
        error=error,
        part=await part_of(request, draft, "terms", was),
        table=_table(request, draft, form),
        amounts=amount_lines(terms.amounts_of(draft.body), today()),
        may_all=may(me_of(request).grants, "editor", scope_of_body(draft.body)),
        districts=words_of(request).all_of(LIVES_IN) if form and form.deed == "add" else [],
        reads=_reads(draft),
        form=form,
    )
    return show(request, "terms", view, status)


def _table(request: Request, draft: Draft, form: TermForm | None) -> TermTable:
    """The rows whoever asks may change: of the place looked for, or of the one that the form is about."""
    mine = _mine(draft, me_of(request))
    rows = [row for row in draft.body.get("terms", []) if mine(row["area"])]
    place = form.about if form else " ".join(request.query_params.get("place", "").split())[:80]
    return table_of(rows, place, _names(request), today(), shown=form is None or bool(form.about))


def _reads(draft: Draft) -> str:
    """The address of the national entry whose district terms this one's rule reads; "" for none."""
    if draft.slug == COUNCIL_TAX or not is_dated(draft.body.get("rule")):
        return ""
    return f"{PATH}/entitlement/{COUNCIL_TAX}/terms"


def _mark(draft: Draft) -> str:
    return mark_of(draft.body, FIELDS)


def _names(request: Request) -> Names:
    return live_of(request).published.names


ROUTES = (Route(_ROUTE, shown), Route(_ROUTE, saved, methods=["POST"]))
