"""The start page: four questions, each of which may be skipped."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from directory.topics import TOPICS, Topic
from offer.caching import KEEP_PRIVATE
from offer.clock import today
from offer.language import gettext as _
from offer.language import later
from offer.pages.edition import edition_of
from offer.pages.faults import FormFault
from offer.pages.fields import AnyField
from offer.pages.forms import Filled
from offer.pages.person_form import FieldMaker, Hidden, Spell, other_facts
from offer.pages.rendering import Page, render
from offer.pages.typed_form import Typed

TITLE = later("What can you get as a care leaver?")


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPage(Page):
    """The form, fresh or with what to put right. `others` are answers given on a later page."""

    faults: tuple[FormFault, ...]
    fresh: bool
    birthday: AnyField
    age: AnyField
    place: AnyField
    council: AnyField
    care_when: AnyField
    care_13_weeks: AnyField
    spells: tuple[Spell, ...]
    spells_open: bool
    others: tuple[AnyField, ...]
    hidden: tuple[Hidden, ...]
    topics: tuple[Topic, ...]


async def start(request: Request) -> HTMLResponse:
    """GET /: the form, empty."""
    return start_page(request, Filled(Typed({})))


def start_page(request: Request, filled: Filled, status: int = 200) -> HTMLResponse:
    """The form with what was typed and, above it, what to put right."""
    published = edition_of(request)
    make = FieldMaker(published, filled, today())
    dates = any(name.startswith("care-") for name in filled.typed.values)
    title = _("Your answers") if filled.typed.values else _(TITLE)
    page = StartPage(
        title=_("Error: %(title)s") % {"title": title} if filled.faults else title,
        path="/",
        sent_by="answers",
        description=_("Find out what a care leaver in England can get, from whom, and how to ask for it."),
        edition=published.places.edition,
        faults=filled.faults,
        fresh=not filled.typed.values,
        birthday=make.field("date_of_birth"),
        age=make.field("age_years"),
        place=make.field("lives_in"),
        council=make.field("responsible_authority"),
        care_when=make.field("care_when"),
        care_13_weeks=make.field("care_13_weeks"),
        spells=make.spells(),
        spells_open=dates,
        others=tuple(make.field(name) for name in other_facts(filled.typed)),
        hidden=make.hidden(),
        topics=tuple(TOPICS.values()),
    )
    headers = KEEP_PRIVATE if filled.typed.values else None
    return render(request, "start.html", page, status, headers)


ROUTES = (Route("/", start),)
