"""You said, we did: what people told and what was done about it, written by staff in their own words.

It stands on a public page, so nothing that somebody told is taken over as it was written: whoever
wrote it, or whoever knows them, might see it there.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime

from tortoise.backends.base.client import BaseDBAsyncClient
from tortoise.transactions import in_transaction

from offer.clock import LONDON
from offer.db.change_models import YouSaid
from offer.db.errors import Refused
from offer.db.models import Feedback
from offer.db.staff_models import AuditRow
from offer.feedback.told import blanked
from offer.staff import audit
from offer.staff.audit import By
from offer.staff.reading import WAITING

LONGEST = 400  # signs of each half
RUN = 6  # words in a row that count as somebody's own words
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Said:
    """One of them. `about`: the key of an entry or service, or "". `report`: the one it answers, or None."""

    id: int
    scope: str
    about: str
    you_said: str
    we_did: str
    on: date
    report: int | None


@dataclass(frozen=True, slots=True)
class Draft:
    """What staff wrote."""

    scope: str
    about: str
    you_said: str
    we_did: str
    report: int | None = None


def fault_of(you_said: str, told: str = "") -> str:
    """What is wrong with "you said", in a sentence; "" for nothing. `told`: the words of the report."""
    if not you_said:
        return "Write what people told us."
    if len(you_said) > LONGEST:
        return f"That is {len(you_said) - LONGEST} letters too many. Keep it to {LONGEST}."
    if blanked(you_said) != you_said:
        return "Leave out numbers to ring, postcodes and email addresses."
    if _copies(you_said, told):
        return "These are the words of whoever wrote it. Say it in your own words, so that nobody knows them."
    return ""


def fault_of_deed(we_did: str) -> str:
    """What is wrong with "we did"; "" for nothing."""
    if not we_did:
        return "Write what you did about it. Nothing yet? Then wait with this."
    return (
        f"That is {len(we_did) - LONGEST} letters too many. Keep it to {LONGEST}."
        if len(we_did) > LONGEST
        else ""
    )


def _copies(words: str, told: str) -> bool:
    """Whether six words in a row, or a whole report of three or more, stand in it as they were told."""
    ours, theirs = _words(words), _words(told)
    run = min(RUN, len(theirs))
    if run < 3:
        return False
    runs = {theirs[at : at + run] for at in range(len(theirs) - run + 1)}
    return any(ours[at : at + run] in runs for at in range(len(ours) - run + 1))


def _words(text: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(text.casefold()))


class DeedFault(Refused):
    """What is wrong is "we did", not "you said"."""


async def write(connection: BaseDBAsyncClient, draft: Draft, by: By, at: datetime) -> int:
    """Puts one on the public page; its number. One report is answered by one: written again, it is changed.

    A report that still waited stands as "changed" from then on.

    Raises `Refused` with a sentence for what must not stand there.
    """
    async with in_transaction(connection.connection_name) as transaction:
        await _refuse(transaction, draft)
        held = await _held(transaction, draft.report)
        row = held or YouSaid(report=draft.report, on=at.astimezone(LONDON).date())
        row.scope, row.slug = draft.scope, draft.about
        row.you_said, row.we_did = draft.you_said, draft.we_did
        await row.save(using_db=transaction)
        if draft.report is not None:  # it waits no more: its writer must not read that nobody has read it
            waiting = Feedback.filter(id=draft.report, state__in=WAITING)
            await waiting.using_db(transaction).update(state="changed")
        detail = {"scope": draft.scope} | ({"report": str(draft.report)} if draft.report else {})
        act = "changed you said" if held else "wrote you said"
        await audit.append(transaction, by, act, f"you said {row.id}", at, detail)
    return row.id


async def _refuse(transaction: BaseDBAsyncClient, draft: Draft) -> None:
    report = (
        await Feedback.get_or_none(id=draft.report, using_db=transaction)
        if draft.report is not None
        else None
    )
    if fault := fault_of(draft.you_said, report.text if report else ""):
        raise Refused(fault)
    if fault := fault_of_deed(draft.we_did):
        raise DeedFault(fault)


async def _held(transaction: BaseDBAsyncClient, report: int | None) -> YouSaid | None:
    return await YouSaid.filter(report=report).using_db(transaction).first() if report is not None else None


async def take_down(connection: BaseDBAsyncClient, said: int, by: By, at: datetime) -> bool:
    """Takes one off the public page; whether it was there."""
    async with in_transaction(connection.connection_name) as transaction:
        if not await YouSaid.filter(id=said).using_db(transaction).delete():
            return False
        await audit.append(transaction, by, "took down you said", f"you said {said}", at)
    return True


async def everything_said(connection: BaseDBAsyncClient) -> tuple[Said, ...]:
    """All of them, the newest first."""
    return tuple(_said(row) for row in await YouSaid.all().using_db(connection).order_by("-on", "-id"))


async def said_of(connection: BaseDBAsyncClient, said: int) -> Said | None:
    """One of them."""
    row = await YouSaid.get_or_none(id=said, using_db=connection)
    return _said(row) if row else None


async def said_about(connection: BaseDBAsyncClient, report: int) -> Said | None:
    """The one that answers a report."""
    row = await _held(connection, report)
    return _said(row) if row else None


async def acts_so_far(connection: BaseDBAsyncClient) -> int:
    """The number of the newest row of the audit log: nothing here changes without another."""
    newest = await AuditRow.all().using_db(connection).order_by("-id").only("id").first()
    return newest.id if newest else 0


def _said(row: YouSaid) -> Said:
    return Said(row.id, row.scope, row.slug, row.you_said, row.we_did, row.on, row.report)
