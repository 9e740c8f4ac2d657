"""The results: everything somebody can get, might get, and cannot get now, from one posted form."""

import json
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from directory.phrase import together
from offer.answer_parts import Answer
from offer.caching import KEEP_PRIVATE
from offer.clock import today
from offer.common_ground import answer_in_all
from offer.language import gettext as _
from offer.pages.asking import QuestionCard, open_districts, open_questions, question_card
from offer.pages.beforehand import Beforehand, beforehand
from offer.pages.blocks import Groups, groups_of
from offer.pages.edition import edition_of
from offer.pages.filling import filled_of
from offer.pages.forms import Filled
from offer.pages.person_form import FieldMaker, Hidden, Spell
from offer.pages.rendering import Page, render
from offer.pages.searching_mine import LOOK, search_mine
from offer.pages.seen import Changed, changed, page_mark, read_seen
from offer.pages.start import start_page
from offer.pages.told import Teller, Told
from offer.pages.typed_form import EDIT, EVERY, LAW, PLAIN, SEEN, check_form, typed_of
from offer.pages.who_to_ask import WhoToAsk, council_of, who_to_ask
from offer.person import facts_told
from offer.place_reading import credit
from offer.published import Published


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultsPage(Page):
    """One answer as a page: what was told, what changed, the next question, three groups, whom to ask.

    `law`: an adviser asked for every reason with its law, which makes a long page.
    `plain`: no script runs, so the names of things are buttons that take the answers along.
    """

    on: date
    told: tuple[Told, ...]
    others: tuple[Told, ...]
    spells: tuple[Spell, ...]
    hidden: tuple[Hidden, ...]
    facts: str  # as JSON, for the phone to keep while the tab is open
    place_note: str
    changed: Changed | None
    question: QuestionCard | None
    status: tuple[str, ...]
    status_law: str
    law: bool
    plain: bool
    before: Beforehand
    groups: Groups
    who: WhoToAsk


async def results(request: Request) -> Response:
    """POST /results: the answer; or the form, to change everything (200) or to put faults right (422)."""
    check_form(request)
    async with request.form() as form:
        if form.get(LOOK):  # Enter in the search box: words looked for among these answers
            return await search_mine(request, form)
        typed = typed_of(form)
    published, on = edition_of(request), today()
    filled = await filled_of(request, published, typed, on)
    if filled.person is None:
        return start_page(request, filled, 422)
    law = bool(typed.get(LAW))
    answer = answer_in_all(published, filled.person, open_districts(filled), explain_open=law)
    if typed.get(EDIT):
        return start_page(request, filled, unasked=_unasked(filled, answer, on))
    return render(
        request,
        "results.html",
        _page(published, filled, answer, on, law=law),
        headers=KEEP_PRIVATE,
    )


def _page(published: Published, filled: Filled, answer: Answer, on: date, *, law: bool) -> ResultsPage:
    assert filled.person is not None
    situation = filled.person.situation
    teller, make = Teller(published, filled, on), FieldMaker(published, filled, on, compact=True)
    question = question_card(published, filled, answer, on)
    groups = groups_of(published, answer.outcomes, situation.date_of_birth)
    seen = read_seen(filled.typed.get(SEEN), on)
    return ResultsPage(
        title=_("What you can get"),
        sent_by="answers",
        on=on,
        told=teller.four(),
        others=teller.others(),
        spells=make.spells(most=teller.spells + 1) if teller.spells else (),
        hidden=(
            *make.hidden(council=True),
            *_carried(filled),
            Hidden(SEEN, page_mark(published, groups, on)),
        ),
        facts=json.dumps(facts_told(situation), separators=(",", ":")),
        place_note=_place_note(filled, question),
        changed=changed(seen, published, groups, on, asked=bool(filled.typed.asked)),
        question=question,
        status=answer.care_status.because,
        status_law=answer.care_status.cite or "",
        law=law,
        plain=bool(filled.typed.get(PLAIN)),
        before=beforehand(published, filled, answer),
        groups=groups,
        who=who_to_ask(published, council_of(published, situation)),
    )


def _unasked(filled: Filled, answer: Answer, on: date) -> tuple[str, ...]:
    """The questions that are open, where somebody wants them all on one page."""
    if filled.person is None or filled.typed.get(EDIT) != EVERY:
        return ()
    return open_questions(filled.person, filled.typed, answer, on)


def _carried(filled: Filled) -> tuple[Hidden, ...]:
    """That no script runs, for the pages that this form leads to."""
    return (Hidden(PLAIN, "1"),) if filled.typed.get(PLAIN) else ()


def _place_note(filled: Filled, question: QuestionCard | None) -> str:
    """How a place was read. A question that offers its districts says it itself."""
    place = filled.place
    asked = question is not None and question.fact == "lives_in"
    if place is None or (asked and place.online != "failed"):
        return ""
    return together(place.note or "", credit(place))


async def again(request: Request) -> RedirectResponse:
    """GET /results: nothing about a person stands in an address, so there is nothing to show."""
    return RedirectResponse("/", 303)


ROUTES = (Route("/results", results, methods=["POST"]), Route("/results", again))
