"""What happens when: what starts and what stops from 16 to 26, for this person or in general."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import HTMLResponse
from starlette.routing import Route

from offer.caching import KEEP_PRIVATE
from offer.clock import today
from offer.eligibility.situation import Situation
from offer.eligibility.stated_dates import ENDINGS
from offer.language import gettext as _
from offer.pages.edition import edition_of
from offer.pages.fields import AnyField
from offer.pages.filling import filled_of
from offer.pages.forms import Filled
from offer.pages.person_form import FieldMaker, Hidden
from offer.pages.rendering import Page, render
from offer.pages.start import start_page
from offer.pages.timeline_parts import Moment, ToDo, to_do
from offer.pages.timeline_view import anybodys_moments, persons_moments
from offer.pages.typed_form import DATES, PLAIN, Typed, check_form, typed_of
from offer.pages.typed_values import PARTS
from offer.person import Person
from offer.published import Published

PATH = "/what-happens-when"
CALENDAR_PATH = f"{PATH}/calendar"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimelinePage(Page):
    """The moments in order. `personal`: worked out from what somebody told us; `dated`: to the day.

    `calendar`: some of them have a day. `plain`: no script runs, so names take the answers along.
    """

    on: date
    moments: tuple[Moment, ...]
    personal: bool = False
    plain: bool = False
    dated: bool = False
    calendar: bool = False
    notes: tuple[str, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    asked: tuple[AnyField, ...] = ()
    to_do: ToDo | None = None


async def in_general(request: Request) -> HTMLResponse:
    """GET: the ages 16 to 26 for anybody who is in care until 18."""
    published, on = edition_of(request), today()
    return render(request, "timeline.html", general_page(published, Filled(Typed({})), on))


def general_page(published: Published, filled: Filled, on: date) -> TimelinePage:
    """The ages for anybody. `filled`: the birthday somebody gave for their calendar, with its faults."""
    birthday = FieldMaker(published, filled, on).date("dob", _("A birthday"), birthday=True)
    return TimelinePage(
        title=_("What happens when, from 16 to 26"),
        path=PATH,
        description=_("What starts and what stops for care leavers in England, birthday by birthday."),
        on=on,
        moments=anybodys_moments(published, on),
        asked=(birthday,),
    )


async def for_one_person(request: Request) -> HTMLResponse:
    """POST: what changes for the person whose facts the form holds; 422 with what to put right."""
    published, on = edition_of(request), today()
    filled = await sent_form(request, published, on)
    if filled.person is None:
        return start_page(request, filled, 422)
    page = own_page(published, filled, filled.person, on)
    return render(request, "timeline.html", page, headers=KEEP_PRIVATE)


async def sent_form(request: Request, published: Published, on: date) -> Filled:
    """The form read, with its place looked up."""
    check_form(request)
    async with request.form() as form:
        typed = typed_of(form)
    return await filled_of(request, published, typed, on)


def own_page(published: Published, filled: Filled, person: Person, on: date) -> TimelinePage:
    """The page for whoever filled in the form; in general where they gave neither birthday nor age."""
    situation = person.situation
    aged = situation.date_of_birth is not None or "age_years" in situation.facts
    asked = _asked(published, filled, situation, on)
    shown = {f"{field.name}-{part}" for field in asked for part in PARTS}
    moments = persons_moments(published, situation, on) if aged else anybodys_moments(published, on)
    return TimelinePage(
        title=_("What happens when for you") if aged else _("What happens when, from 16 to 26"),
        sent_by="answers",
        path=PATH,
        on=on,
        moments=moments,
        personal=True,
        plain=bool(filled.typed.get(PLAIN)),
        dated=situation.date_of_birth is not None,
        calendar=any(moment.when for moment in moments),
        notes=tuple(_notes(situation, aged=aged)),
        hidden=tuple(Hidden(name, value) for name, value in filled.typed.values.items() if name not in shown),
        asked=asked,
        to_do=to_do(moments, on),
    )


def _asked(published: Published, filled: Filled, situation: Situation, on: date) -> tuple[AnyField, ...]:
    """The dates worth giving: the birthday first, then the end of a course, the release from inside."""
    make = FieldMaker(published, filled, on)
    if situation.date_of_birth is None:
        return (make.field("date_of_birth"),)
    return tuple(
        make.field(ending.date_fact)
        for ending in ENDINGS
        if ending.date_fact in DATES and situation.facts.get(ending.state) in ending.during
    )


def _notes(situation: Situation, *, aged: bool) -> Iterator[str]:
    """What the dates rest on."""
    if not aged:
        yield _(
            "You have not told us your birthday or your age. So this is for anybody who is in the care of "
            "a council in England until 18."
        )
        return
    if situation.date_of_birth is None:
        yield _(
            "You gave an age and no birthday, so we can name the age at which things change, but not the "
            "day. We do name the days on which a rule or an amount changes for everybody."
        )
    open_spell = any(spell.end is None and spell.is_council_care for spell in situation.care or ())
    if open_spell or situation.facts.get("care_when") == "still_in_care":
        yield _("We take it that you stay in care until you turn 18. If you leave before, ask us again.")
    yield _(
        "We take it that everything else stays as you told us, and that the rules stay as they are today "
        "but for changes whose day we know."
    )


ROUTES = (
    Route(PATH, in_general),
    Route(PATH, for_one_person, methods=["POST"]),
)
