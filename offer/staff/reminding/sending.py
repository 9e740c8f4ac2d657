"""Sends the reminders of a day: one letter for each address, each reminder once, whatever goes wrong between.

A letter is noted when the server has taken it in. Where it is away nothing is noted, and all of it is sent
at the next try. Only a process that dies in the moment between the two can send a letter twice; it has the
same Message-ID then, so that the mail system can tell.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from hashlib import sha256
from itertools import groupby

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.expressions import Q
from tortoise.transactions import in_transaction

from offer.catalogue.reading import read_published
from offer.db.change_models import StaffReminder
from offer.db.staff_models import StaffRole
from offer.logs import log
from offer.mail.letter import Letter, is_address
from offer.mail.post import PostAway, PostRefused, Server
from offer.staff.change import ScopeSettings
from offer.staff.due import Held
from offer.staff.money import figures_to_look_at, is_march
from offer.staff.reading import documents
from offer.staff.reminding.letters import MOST, Digest, is_late, letter_of
from offer.staff.reminding.steps import Reminder, Sent, reminders
from offer.staff.roles import scope_of
from offer.staff.scope_settings import settings_of
from offer.staff.turn import give_turn_back, take_turn

TURN, LASTS = "mail", timedelta(minutes=15)
_LETTER, _APRIL = "letter", "april"


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did. `silent`: scopes with something to tell and nobody to tell it to."""

    sent: tuple[Digest, ...] = ()
    refused: tuple[Digest, ...] = ()
    silent: tuple[str, ...] = ()
    away: str = ""  # what the mail server said, where it could not be used


@dataclass(frozen=True, slots=True)
class Desk:
    """What a round needs. `place`: a scope in words; `site`: where staff find the service."""

    connection: BaseDBAsyncClient
    place: Callable[[str], str]
    site: str
    count: Callable[[str], object] = lambda outcome: None  # told what came of each letter


async def send_due(desk: Desk, server: Server, at: datetime, on: date) -> Round | None:
    """Sends what is due on a civil day; None while another process does."""
    if not await take_turn(desk.connection, TURN, at, LASTS):
        return None
    try:
        return await _round(desk, server, at, on)
    finally:
        await give_turn_back(desk.connection, TURN, at)


async def _round(desk: Desk, server: Server, at: datetime, on: date) -> Round:
    digests, silent = await due(desk, on)
    sent: list[Digest] = []
    refused: list[Digest] = []
    for digest in digests:
        try:
            await server.send(letter_of(digest, desk.site, on))
        except PostAway as fault:
            log().warning(
                "mail server away", kind=str(fault), waiting=len(digests) - len(sent) - len(refused)
            )
            desk.count("away")
            return Round(tuple(sent), tuple(refused), silent, str(fault))
        except PostRefused as fault:
            log().warning("reminder refused", scope=digest.scope, kind=str(fault))
            desk.count("refused")
            refused.append(digest)
            await _note(desk.connection, replace(digest, reminders=(), figures=0), at, on)
        else:
            desk.count("sent")
            sent.append(digest)
            await _note(desk.connection, digest, at, on)
    if sent:
        log().info("reminders sent", letters=len(sent), pages=sum(len(each.reminders) for each in sent))
    return Round(tuple(sent), tuple(refused), silent)


async def due(desk: Desk, on: date) -> tuple[list[Digest], tuple[str, ...]]:
    """The letters of a day that are not sent yet, and the scopes that have nobody to tell."""
    sent = await _sent(desk.connection, on)
    held = await documents(desk.connection)
    april = await _april(desk.connection, sent, on)
    digests: list[Digest] = []
    silent: list[str] = []
    for scope, told in _by_scope(held, sent, april, on):
        made = await _of_scope(desk, scope, told, april.get(scope, 0))
        digests += [each for each in made if _letter_key(each, on) not in sent]
        silent += [] if made else [scope]
    return digests, tuple(silent)


async def _sent(connection: BaseDBAsyncClient, on: date) -> set[Sent]:
    """What was told before, without the letters of earlier days."""
    told_today = Q(review_by__gte=on)
    rows = StaffReminder.filter(told_today | ~Q(kind=_LETTER)).using_db(connection)
    return {(row.kind, row.slug, row.review_by, row.step) for row in await rows}


def _by_scope(
    held: Iterable[Held], sent: set[Sent], april: dict[str, int], on: date
) -> list[tuple[str, list[Reminder]]]:
    found = sorted(reminders(held, sent, on), key=lambda each: scope_of(each.held.authority))
    grouped = {
        scope: list(told) for scope, told in groupby(found, lambda each: scope_of(each.held.authority))
    }
    return [(scope, grouped.get(scope, [])) for scope in sorted({*grouped, *april})]


async def _of_scope(desk: Desk, scope: str, told: Sequence[Reminder], figures: int) -> list[Digest]:
    """One letter for its team, and where the team did not answer one for each of those above it."""
    settings = await settings_of(desk.connection, scope)
    late = tuple(each for each in told if is_late(each))
    in_time = tuple(each for each in told if not is_late(each))
    base = Digest(
        scope, desk.place(scope), settings.team, settings.mail, late=False, reminders=in_time[:MOST]
    )
    found = [replace(base, figures=figures)] if (in_time or figures) and is_address(settings.mail) else []
    if late:
        above = await _above(desk.connection, settings)
        found += [replace(base, to=to, late=True, reminders=late[:MOST]) for to in above]
    return found


async def _above(connection: BaseDBAsyncClient, settings: ScopeSettings) -> list[str]:
    """Where an overdue check is told: the address for it, else the admins of the scope."""
    if is_address(settings.escalate_mail):
        return [settings.escalate_mail]
    rows = StaffRole.filter(scope=settings.scope, role="admin", account__closed_at=None).using_db(connection)
    emails: list[str | None] = [email async for (email,) in rows.values_list("account__email")]
    return sorted({email for email in emails if email and is_address(email)})


async def _april(connection: BaseDBAsyncClient, sent: set[Sent], on: date) -> dict[str, int]:
    """How many figures of each scope may change this April: told once, in March."""
    if not is_march(on):
        return {}
    published = await read_published(connection)
    counts: dict[str, int] = {}
    for figure in figures_to_look_at(published.entitlements, on):
        scope = scope_of(figure.authority)
        if _april_key(scope, on) not in sent:
            counts[scope] = counts.get(scope, 0) + 1
    return counts


async def _note(connection: BaseDBAsyncClient, digest: Digest, at: datetime, on: date) -> None:
    """Keeps that a letter is sent, all of it or nothing."""
    keys = [_letter_key(digest, on), *(each.sent for each in digest.reminders)]
    keys += [_april_key(digest.scope, on)] if digest.figures else []
    async with in_transaction(connection.connection_name) as transaction:
        for kind, slug, day, step in keys:
            await StaffReminder.get_or_create(
                {"at": at}, transaction, kind=kind, slug=slug, review_by=day, step=step
            )


def _letter_key(digest: Digest, on: date) -> Sent:
    """One letter a day for each address: what else comes up waits until tomorrow."""
    return _LETTER, f"{digest.scope} {sha256(digest.to.encode()).hexdigest()[:16]}", on, int(digest.late)


def _april_key(scope: str, on: date) -> Sent:
    return _APRIL, scope, date(on.year, 4, 1), 31


def example(digest: Digest, desk: Desk, on: date) -> Letter:
    """The letter as it would be sent, for who wants to see it first."""
    return letter_of(digest, desk.site, on)
