"""For advisers: every question on one page, the answer with its law on each line, and what-ifs beside it."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.answer_parts import Answer
from offer.caching import KEEP_PRIVATE
from offer.clock import today
from offer.common_ground import answer_in_all
from offer.eligibility.dates import birthday
from offer.eligibility.facts import FACTS
from offer.language import gettext as _
from offer.languages.dates import said_day
from offer.pages.adviser_columns import columns_of
from offer.pages.adviser_earlier import EarlierView, earlier_view
from offer.pages.adviser_questions import Questions, changes_of, questions_of
from offer.pages.adviser_variants import BIRTHDAYS, COURSE, ON_BIRTHDAY, WhatIf, whats_if
from offer.pages.adviser_view import Column, Lists, lists_of
from offer.pages.asking import QuestionCard, open_districts, question_card
from offer.pages.beforehand import Beforehand, beforehand
from offer.pages.edition import edition_of
from offer.pages.faults import FormFault
from offer.pages.fields import Choice
from offer.pages.filling import filled_of
from offer.pages.forms import Filled
from offer.pages.person_form import Hidden, answers_to
from offer.pages.rendering import Page, render
from offer.pages.told import Teller
from offer.pages.typed_form import EDIT, Typed, check_form, typed_of
from offer.person import facts_told
from offer.published import Published

PATH = "/adviser"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviserPage(Page):
    """Every question, empty or as it was answered."""

    fresh: bool
    faults: tuple[FormFault, ...]
    questions: Questions


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviserAnswerPage(Page):
    """The answer, the what-ifs beside it, and what we said on an earlier day.

    `birthdays`: those ahead, by age, for a what-if at one press. `every_answer`: what a what-if may
    change, in words. `hidden` carries the answers on.
    """

    on: date
    version: int
    gist: tuple[str, ...]
    question: QuestionCard | None
    lists: Lists
    columns: tuple[Column, ...]
    whats_if: tuple[WhatIf, ...]
    courses: tuple[Choice, ...]
    birthdays: tuple[Choice, ...]
    every_answer: tuple[str, ...]
    earlier: EarlierView
    status: tuple[str, ...]
    status_law: str
    before: Beforehand
    place_note: str
    facts: str
    hidden: tuple[Hidden, ...]


async def blank(request: Request) -> Response:
    """GET /adviser: every question."""
    return _questions_page(request, Filled(Typed({})))


async def answered(request: Request) -> Response:
    """POST /adviser: the answer; or the questions, to change them (200) or to put faults right (422)."""
    check_form(request)
    async with request.form() as form:
        typed, asked = typed_of(form), whats_if(form)
        sent = {name: value.strip()[:12] for name, value in form.items() if isinstance(value, str)}
    published, on = edition_of(request), today()
    filled = await filled_of(request, published, typed, on)
    if filled.person is None or typed.get(EDIT):
        return _questions_page(request, filled, 422 if filled.faults else 200)
    found = answer_in_all(published, filled.person, open_districts(filled))
    columns = await columns_of(request, published, filled, found, asked)
    earlier = await earlier_view(request, published, filled, sent, on)
    page = _answer_page(published, filled, found, asked, columns, earlier)
    return render(request, "adviser-answer.html", page, headers=KEEP_PRIVATE)


def _questions_page(request: Request, filled: Filled, status: int = 200) -> Response:
    title, typed = _("For advisers"), filled.typed.values
    page = AdviserPage(
        title=_("Error: %(title)s") % {"title": title} if filled.faults else title,
        path=PATH,
        sent_by="answers" if typed else "",
        description=_("Every question on one page, the law beside each answer, and what-ifs side by side."),
        fresh=not typed,
        faults=filled.faults,
        questions=questions_of(edition_of(request), filled, today()),
    )
    return render(request, "adviser.html", page, status, KEEP_PRIVATE if typed else None)


def _answer_page(
    published: Published,
    filled: Filled,
    found: Answer,
    asked: tuple[WhatIf, ...],
    columns: tuple[Column, ...],
    earlier: EarlierView,
) -> AdviserAnswerPage:
    assert filled.person is not None
    situation, on = filled.person.situation, found.on
    born = situation.date_of_birth
    return AdviserAnswerPage(
        title=_("What they can get"),
        path=PATH,
        sent_by="answers",
        on=on,
        version=published.version,
        gist=Teller(published, filled, on).gist(),
        question=question_card(published, filled, found, on),
        lists=lists_of(published, found, born),
        columns=columns,
        whats_if=asked,
        courses=tuple(Choice(f"{COURSE}:{value}", label) for value, label in answers_to(FACTS[COURSE])[:-2]),
        birthdays=tuple(_birthdays(born, on)) if born else (),
        every_answer=tuple(changes_of(filled, on)),
        earlier=earlier,
        status=found.care_status.because,
        status_law=found.care_status.cite or "",
        before=beforehand(published, filled, found),
        place_note=filled.place.note or "" if filled.place else "",
        facts=json.dumps(facts_told(situation), separators=(",", ":")),
        hidden=tuple(Hidden(name, value) for name, value in filled.typed.values.items()),
    )


def _birthdays(born: date, on: date) -> Iterator[Choice]:
    days = ((age, birthday(born, age)) for age in BIRTHDAYS)
    return (Choice(str(age), _(ON_BIRTHDAY[age]) % {"day": said_day(day)}) for age, day in days if day > on)


ROUTES = (Route(PATH, blank), Route(PATH, answered, methods=["POST"]))
