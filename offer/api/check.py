"""POST /check and POST /timeline: what a person can get, and what changes when."""

from dataclasses import asdict

from starlette.responses import Response

from offer.api.answer_json import answer_json
from offer.api.bodies import cannot_be_used
from offer.api.calls import Call, written
from offer.api.given import CheckGiven, FactsGiven, TimelineGiven
from offer.api.shapes.timeline import (
    AgeChangeShape,
    AmountChangeShape,
    ChangeShape,
    StatusChangeShape,
    TimelineReply,
)
from offer.caching import PRIVATE
from offer.calendars import calendar_of
from offer.clock import now
from offer.errors import FieldFault
from offer.person import Person, PersonFaults, read_person
from offer.timeline import (
    amount_changes,
    last_day,
    status_changes,
    status_changes_by_age,
    timeline,
    timeline_by_age,
)

CALENDAR = "text/calendar"


async def check(call: Call, given: CheckGiven) -> Response:
    """The Answer to a person's facts."""
    answer = person_of(call, given).answer(call.published, explain=given.explain)
    body = answer_json(answer, explain=given.explain)
    return Response(body, headers=PRIVATE, media_type="application/json")


async def changes(call: Call, given: TimelineGiven) -> Response:
    """What changes when, as JSON or, where asked for, as a calendar without a personal word."""
    person = person_of(call, given)
    start, end = person.on, given.to or last_day(person.situation, person.on)
    figures = amount_changes(call.published, person.situation, start, end)
    as_calendar = wants_calendar(call.request.headers.get("accept", ""))
    found = timeline(call.published, person.situation, start, end, explain=not as_calendar)
    if as_calendar:
        headers = {**PRIVATE, "Content-Disposition": 'attachment; filename="dates.ics"'}
        return Response(calendar_of([*found, *figures], now()), headers=headers, media_type=CALENDAR)
    reply = TimelineReply(
        from_=start,
        to=end,
        missing=["date_of_birth"] if person.situation.date_of_birth is None else [],
        changes=[ChangeShape.of(change) for change in found],
        by_age=[
            AgeChangeShape.model_validate(change)
            for change in timeline_by_age(call.published, person.situation, start)
        ],
        amounts=[AmountChangeShape.model_validate(change) for change in figures],
        care_status=[
            StatusChangeShape.model_validate(change)
            for change in (
                *status_changes(call.published, person.situation, start, end),
                *status_changes_by_age(call.published, person.situation, start),
            )
        ],
    )
    return written(call, reply, private=True)


def person_of(call: Call, given: FactsGiven) -> Person:
    """The person whom the facts describe. Raises Problem 422 naming every fault."""
    try:
        return read_person(call.published, given.facts, given.day or call.today)
    except PersonFaults as faults:
        raise cannot_be_used([FieldFault(**asdict(fault)) for fault in faults.faults]) from None


def wants_calendar(accept: str) -> bool:
    """Whether an Accept header prefers text/calendar to JSON; */* is happy with JSON."""
    weights = dict(_weighed(part) for part in accept.lower().split(","))
    calendar = weights.get(CALENDAR, 0.0)
    return calendar > 0 and calendar >= weights.get("application/json", 0.0)


def _weighed(part: str) -> tuple[str, float]:
    """A media range and its q: one that cannot be read counts as 1."""
    kind, *parameters = (piece.strip() for piece in part.split(";"))
    q = next((each[2:] for each in parameters if each.startswith("q=")), "1")
    return kind, float(q) if q.isascii() and q.replace(".", "", 1).isdigit() else 1.0
