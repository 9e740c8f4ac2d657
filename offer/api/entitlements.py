"""GET /entitlements and GET /entitlements/{slug}: the catalogue, entry by entry."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

from starlette.responses import Response

from offer.api.calls import Call, written
from offer.api.given import EntitlementGiven, EntitlementsGiven
from offer.api.history import history_of
from offer.api.pages import cut
from offer.api.shapes.common import AreaShape
from offer.api.shapes.entitlements import EntitlementReply, EntitlementRow, EntitlementsReply
from offer.catalogue.reading import NotPublished, as_published_on
from offer.council_tax import shown
from offer.db.connections import AWAY
from offer.deciding import decision
from offer.documents import ages_of
from offer.eligibility.english import rule_lines
from offer.eligibility.terms import Terms
from offer.entitlements.amounts import worth_on
from offer.entitlements.in_force import standing
from offer.entitlements.schema import Entitlement
from offer.errors import WORDS, Problem
from offer.live import live_of
from offer.rulebook import compile_rule
from offer.saying import what_to_say

NOT_FOUND = "We hold no entitlement of that name."


async def listed(call: Call, given: EntitlementsGiven) -> Response:
    """One page of the entitlements that fit, by title."""
    codes = call.codes({"responsible_authority": given.responsible_authority, "lives_in": given.lives_in})
    entries: Iterable[Entitlement] = call.published.entries.values()
    if any(codes.values()):
        entries = call.published.entries_for(codes["responsible_authority"], codes["lives_in"], call.today)
    fits = [entry for entry in entries if _has_topic(entry, given.topic) and _takes_age(entry, given.age)]
    fits.sort(key=lambda entry: (entry.title.casefold(), entry.id))
    shown, numbers = cut(fits, given.page, given.per_page)
    return written(call, EntitlementsReply(**numbers, entitlements=[row(call, entry) for entry in shown]))


def row(call: Call, entry: Entitlement) -> EntitlementRow:
    """An entitlement in a list."""
    held = entry.model_dump(include=set(EntitlementRow.model_fields))
    authority = AreaShape.of(call.area(entry.authority))
    return EntitlementRow.model_validate(
        {**held, **_of_day(entry, call.today), "slug": entry.id, "authority": authority}
    )


def _of_day(entry: Entitlement, on: date) -> dict[str, object]:
    """What the dates of an entry make of it on the day."""
    return {"standing": standing(entry, on), "worth": worth_on(entry, on)}


def _has_topic(entry: Entitlement, topic: str | None) -> bool:
    return topic is None or topic == entry.topic or topic in entry.more_topics


def _takes_age(entry: Entitlement, age: int | None) -> bool:
    """Whether some way to get it is open at that age; what the rule does not say is open."""
    start, before = ages_of(entry.rule)
    return age is None or ((start is None or start <= age) and (before is None or age < before))


async def one(call: Call, given: EntitlementGiven) -> Response:
    """One entitlement, as it is or as the public saw it on an earlier day."""
    on = given.on or call.today
    if given.as_published_on is not None:
        return await _earlier(call, on, given.as_published_on)
    entry = call.published.entries.get(call.slug)
    if entry is None:
        raise Problem(404, NOT_FOUND)
    return written(call, full(call, entry, on))


async def _earlier(call: Call, on: date, day: date) -> Response:
    """Raises Problem 404 where it was not public on that day, 503 while the database is away."""
    connection = live_of(call.request).connection
    try:
        if connection is None:
            raise OSError
        found = await as_published_on(connection, "entitlement", call.slug, day)
    except NotPublished as fault:
        raise Problem(404, fault.message) from None
    except AWAY:
        raise Problem(503, WORDS[503]) from None
    assert isinstance(found.document, Entitlement)
    return written(call, full(call, found.document, on, as_of=day))


def full(call: Call, entry: Entitlement, on: date, as_of: date | None = None) -> EntitlementReply:
    """The entry as it is kept, without what is for staff alone."""
    is_now = call.published.entries.get(entry.id) is entry
    rule = (
        call.published.rules_on(on)[entry.id]
        if is_now
        else compile_rule(entry.rule, Terms(on, call.published.council_tax))
    )
    lines = [asdict(line) for line in rule_lines(rule.node, call.published.names)]
    return EntitlementReply.model_validate(
        {
            **entry.model_dump(exclude={"staff_note"}),
            **_of_day(entry, on),
            "decision": decision(entry, on),
            "what_to_say": what_to_say(entry, on),
            "slug": entry.id,
            "terms": [shown(row).model_dump() for row in entry.terms],
            "on": on,
            "authority_name": call.area(entry.authority).name,
            "rule_in_words": lines,
            "published_as_of": as_of,
            "history": history_of(call.published, "entitlement", entry.id),
        }
    )
