"""The sheet at the end of a visit: what was found, and what to do by when and by whom.

Made from the answers in the form and never kept, in the language of whoever makes it. Nobody's name is
in it: a name is typed into the paper itself, by a script on the phone (templates/js/paper).
"""

from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from directory.phrase import together
from offer.answer_parts import Answer, Outcome
from offer.caching import KEEP_PRIVATE
from offer.clock import today
from offer.common_ground import answer_in_all
from offer.deciding import decision
from offer.language import gettext as _
from offer.pages.asking import open_districts
from offer.pages.blocks import Block, Group, groups_of
from offer.pages.edition import edition_of
from offer.pages.filling import filled_of
from offer.pages.forms import Filled
from offer.pages.items import Item
from offer.pages.person_form import Hidden
from offer.pages.plan_tasks import Tasks, tasks_of
from offer.pages.rendering import Page, render
from offer.pages.sheet import carried, told_of
from offer.pages.start import start_page
from offer.pages.told import Told
from offer.pages.typed_form import check_form, typed_of
from offer.pages.who_to_ask import council_of
from offer.pages.written_out import Contacts, contacts_of
from offer.person import Person
from offer.published import Published

PATH = "/print/plan"


@dataclass(frozen=True, slots=True)
class FoundItem:
    """One thing that was found. `hinge`: what a "might" turns on; the last three are the adviser's line."""

    title: str
    whose: str
    amount: str
    when: str
    hinge: str
    decides: str
    duty: str
    law: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanPage(Page):
    """The sheet. `told`: what was said, as lines; `open`: how many things depend on more and are not listed.

    `dated`: there are days ahead for a calendar.
    """

    on: date
    told: tuple[Told, ...]
    tasks: tuple[Tasks, ...]
    found: tuple[FoundItem, ...]
    might: tuple[FoundItem, ...]
    open: int
    contacts: Contacts
    hidden: tuple[Hidden, ...]
    dated: bool


async def of_a_visit(request: Request) -> Response:
    """POST /print/plan: from the fields of the visit or of the results; 422 with what to put right."""
    check_form(request)
    async with request.form() as form:
        typed = typed_of(form)
    published, on = edition_of(request), today()
    filled = await filled_of(request, published, typed, on)
    if filled.person is None:
        return start_page(request, filled, 422)
    page = plan_page(published, filled, filled.person, on)
    return render(request, "plan.html", page, headers=KEEP_PRIVATE)


def plan_page(published: Published, filled: Filled, person: Person, on: date) -> PlanPage:
    """The sheet for one person on a day."""
    situation = person.situation
    answer = answer_in_all(published, person, open_districts(filled))
    groups = groups_of(published, answer.outcomes, situation.date_of_birth)
    district = situation.facts.get("lives_in")
    return PlanPage(
        title=_("What we found, and what to do"),
        sent_by="answers",
        on=on,
        told=told_of(published, filled, on),
        tasks=tasks_of(published, answer, groups),
        found=_found(published, answer, groups.yes),
        might=_found(published, answer, groups.likely),
        open=sum(len(group.blocks) for group in groups.might),
        contacts=contacts_of(
            published, council_of(published, situation), district if isinstance(district, str) else None
        ),
        hidden=carried(filled),
        dated=situation.date_of_birth is not None,
    )


def _found(published: Published, answer: Answer, groups: tuple[Group, ...]) -> tuple[FoundItem, ...]:
    outcomes = {outcome.slug: outcome for outcome in answer.outcomes}
    blocks = [block for group in groups for block in group.blocks if not block.item.words.background]
    return tuple(_item(published, block, outcomes[block.item.words.slug], answer.on) for block in blocks)


def _item(published: Published, block: Block, outcome: Outcome, on: date) -> FoundItem:
    """A right, with its own council's figure where the council tells one."""
    item = block.item
    best: Item = next(
        (term for term in block.terms if term.outcome == item.outcome and term.words.amount), item
    )
    decided = decision(published.entries[best.words.slug], on)
    cites = dict.fromkeys(law.cite for law in published.entries[item.words.slug].legal_basis)
    return FoundItem(
        title=item.words.title,
        whose=best.words.whose,
        amount=best.words.amount or item.words.amount,
        when=item.when,
        hinge=together(*item.hinges),
        decides=decided.who,
        duty=decided.words,
        law="; ".join(cites),
    )


ROUTES = (Route(PATH, of_a_visit, methods=["POST"]),)
