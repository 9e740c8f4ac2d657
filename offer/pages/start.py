"""The start page: four questions, each of which may be skipped; and starting again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from directory.topics import TOPICS, Topic
from offer.caching import FORGET, KEEP_PRIVATE
from offer.clock import today
from offer.language import gettext as _
from offer.language import later
from offer.pages.edition import edition_of
from offer.pages.faults import FormFault
from offer.pages.fields import AnyField, Choice
from offer.pages.for_all import render_for_all
from offer.pages.forms import Filled
from offer.pages.person_form import FieldMaker, Hidden, Spell, other_facts
from offer.pages.rendering import Page, render
from offer.pages.seen import form_mark
from offer.pages.typed_form import SEEN, Typed
from offer.published import Published

TITLE = later("What can you get as a care leaver?")
TEMPLATE = "start.html"


@dataclass(frozen=True, slots=True, kw_only=True)
class StartForm:
    """The four questions. `others` were answered on a later page, `unasked` are open still."""

    birthday: AnyField
    birthday_asides: tuple[Choice, ...]
    age: AnyField
    place: AnyField
    place_asides: tuple[Choice, ...]
    council: AnyField
    care_when: AnyField
    care_13_weeks: AnyField
    spells: tuple[Spell, ...]
    spells_open: bool
    others: tuple[AnyField, ...]
    unasked: tuple[AnyField, ...]
    hidden: tuple[Hidden, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPage(Page):
    """The form, fresh or with what to put right. `again`: somebody has just started again."""

    faults: tuple[FormFault, ...]
    fresh: bool
    again: bool
    form: StartForm
    topics: tuple[Topic, ...]


async def start(request: Request) -> HTMLResponse:
    """GET /: the form, empty."""
    return render_for_all(request, TEMPLATE, lambda: _page(request, Filled(Typed({}))))


async def start_again(request: Request) -> HTMLResponse:
    """GET /start-again: the form, empty; the browser is told to drop the pages it kept of ours."""
    return start_page(request, Filled(Typed({})), headers=FORGET, again=True)


def start_page(
    request: Request,
    filled: Filled,
    status: int = 200,
    *,
    unasked: Sequence[str] = (),
    headers: Mapping[str, str] | None = None,
    again: bool = False,
) -> HTMLResponse:
    """The form with what was typed and, above it, what to put right. `unasked`: facts to ask for too."""
    page = _page(request, filled, unasked, again=again)
    return render(request, TEMPLATE, page, status, headers if page.fresh else KEEP_PRIVATE)


def _page(request: Request, filled: Filled, unasked: Sequence[str] = (), *, again: bool = False) -> StartPage:
    typed = filled.typed.values
    title = _("Your answers") if typed else _(TITLE)
    return StartPage(
        title=_("Error: %(title)s") % {"title": title} if filled.faults else title,
        path="/",
        sent_by="answers",
        description=_("Find out what a care leaver in England can get, from whom, and how to ask for it."),
        faults=filled.faults,
        fresh=not typed,
        again=again,
        form=_form(edition_of(request), filled, unasked),
        topics=tuple(TOPICS.values()),
    )


def _form(published: Published, filled: Filled, unasked: Sequence[str]) -> StartForm:
    on, typed = today(), filled.typed
    make = FieldMaker(published, filled, on)
    small = FieldMaker(published, filled, on, compact=True)
    own_asides = ("date_of_birth", "lives_in")
    return StartForm(
        birthday=make.field("date_of_birth"),
        birthday_asides=make.asides("date_of_birth"),
        age=make.field("age_years"),
        place=make.field("lives_in"),
        place_asides=make.asides("lives_in"),
        council=make.field("responsible_authority"),
        care_when=make.field("care_when"),
        care_13_weeks=make.field("care_13_weeks"),
        spells=make.spells(),
        spells_open=any(name.startswith("care-") for name in typed.values),
        others=tuple(make.field(name) for name in other_facts(typed)),
        unasked=tuple(small.field(name) for name in unasked),
        hidden=(*make.hidden(shown=own_asides), Hidden(SEEN, typed.get(SEEN) or form_mark(published, on))),
    )


ROUTES = (Route("/", start), Route("/start-again", start_again))
