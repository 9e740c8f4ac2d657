"""The days as a file for a calendar: without a personal word, unless somebody wants the names in it."""

from collections.abc import Mapping, Sequence
from datetime import date

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from offer.caching import KEEP_PRIVATE
from offer.calendars import DayWords, calendar_of
from offer.clock import now, today
from offer.eligibility.situation import Situation
from offer.language import gettext as _
from offer.pages.edition import edition_of
from offer.pages.faults import FormFault
from offer.pages.forms import Filled, fill
from offer.pages.rendering import render
from offer.pages.start import start_page
from offer.pages.timeline import CALENDAR_PATH, general_page, own_page, sent_form
from offer.pages.timeline_view import anybody_born
from offer.pages.timeline_words import moment_title
from offer.pages.typed_form import Typed, typed_of
from offer.published import Published
from offer.timeline import AmountChange, Change, amount_changes, last_day, timeline

NAMES, ANYBODY = "names", "anybody"
MOST_LINES = 30  # of one event
AnyChange = Change | AmountChange


async def calendar(request: Request) -> Response:
    """POST: the days ahead as a file; without a day ahead, or with a fault, the page again (422).

    `anybody`: from a birthday alone, for anybody in care until 18. `names`: with the names of things.
    """
    published, on = edition_of(request), today()
    form = await request.form()
    if form.get(ANYBODY):
        return _anybodys(request, published, form, on)
    filled = await sent_form(request, published, on)
    if filled.person is None:
        return start_page(request, filled, 422)
    situation = filled.person.situation
    reply = _file(published, situation, on, named=bool(form.get(NAMES)))
    page = own_page(published, filled, filled.person, on)
    return reply or render(request, "timeline.html", page, 422, KEEP_PRIVATE)


def _anybodys(request: Request, published: Published, form: FormData, on: date) -> Response:
    typed = Typed({name: value for name, value in typed_of(form).values.items() if name.startswith("dob-")})
    filled = fill(typed, published, on)
    born = filled.person.situation.date_of_birth if filled.person else None
    if born is None:
        needed = FormFault("dob-day", _("Give a birthday: day, month and year."))
        filled = Filled(typed, faults=filled.faults or (needed,))
    reply = _file(published, anybody_born(born, on), on, named=bool(form.get(NAMES))) if born else None
    return reply or render(request, "timeline.html", general_page(published, filled, on), 422, KEEP_PRIVATE)


def _file(published: Published, situation: Situation, on: date, *, named: bool) -> Response | None:
    """The file; None where no day is ahead."""
    end = last_day(situation, on)
    turns = timeline(published, situation, on, end, explain=False)
    changes: list[AnyChange] = [*turns, *amount_changes(published, situation, on, end)]
    if not changes:
        return None
    words = _words(published, situation, changes) if named else None
    headers = {**KEEP_PRIVATE, "Content-Disposition": 'attachment; filename="dates.ics"'}
    return Response(calendar_of(changes, now(), words), headers=headers, media_type="text/calendar")


def _words(
    published: Published, situation: Situation, changes: Sequence[AnyChange]
) -> Mapping[date, DayWords]:
    """For each day what it is in a life, and a line for each thing that turns, what stops first."""
    by_day: dict[date, list[AnyChange]] = {}
    for change in sorted(changes, key=_stops_last, reverse=True):
        by_day.setdefault(change.date, []).append(change)
    return {
        day: DayWords(
            moment_title(published, situation, day),
            "\n".join(_line(published, change) for change in found[:MOST_LINES]),
        )
        for day, found in by_day.items()
    }


def _stops_last(change: AnyChange) -> bool:
    return isinstance(change, Change) and change.after == "no"


def _line(published: Published, change: AnyChange) -> str:
    steps = published.entries[change.slug].steps
    if isinstance(change, AmountChange):
        return _("New amount: %(title)s") % {"title": change.title}
    if change.after == "no":
        words = _("Stops: %(title)s. Before then: %(step)s")
    elif change.before == "no":
        words = _("Starts: %(title)s. First: %(step)s")
    else:
        words = _("Changes: %(title)s. Ask: %(step)s")
    return words % {"title": change.title, "step": steps[0] if steps else ""}


ROUTES = (Route(CALENDAR_PATH, calendar, methods=["POST"]),)
